"""What breaks while a send runs: each scenario of `make torture` is one function and how the server behaves."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import rig

if TYPE_CHECKING:
    from benchmarks.torture import Arena

LEASE_SECONDS = 3


def kill_one(arena: Arena) -> None:
    arena.wait_for_some()
    arena.kill(arena.random.choice(arena.workers))
    arena.start_worker()


def kill_twice(arena: Arena) -> None:
    kill_one(arena)
    time.sleep(arena.random.uniform(0.0, 2.5))
    if arena.workers:
        arena.kill(arena.random.choice(arena.workers))
        arena.start_worker()


def freeze(arena: Arena) -> None:
    """SIGSTOP beyond the lease: another takes over; the frozen one wakes up believing it still holds its rows."""
    frozen = arena.workers[0]
    arena.wait_for_some()
    frozen.send_signal(signal.SIGSTOP)
    time.sleep(LEASE_SECONDS + 2.5)
    frozen.send_signal(signal.SIGCONT)


def lose_journal(arena: Arena) -> None:
    """As a lost machine: the worker is dead and its journal is gone."""
    arena.wait_for_some()
    victim = arena.workers[0]
    # Gone while it lives, so that no neighbour can read it in between.
    for path in Path(arena.values["JOURNAL_DIR"]).glob("*.journal"):
        path.unlink(missing_ok=True)
    arena.kill(victim)
    # The other one works without a journal now; nobody may be judged by it in a later round.
    arena.wait_for_the_end()
    arena.have_workers(0)


def kill_relay(arena: Arena) -> None:
    arena.wait_for_some()
    port = arena.sink.port
    arena.sink.stop()
    time.sleep(arena.random.uniform(0.2, 1.5))
    arena.sink.port = port
    arena.sink.start()


def end_storm(arena: Arena) -> None:
    """4xx storm: deferred people are tried again; here at once, not after five minutes."""
    from commun.common import clock
    from commun.mailing.models import Delivery

    arena.wait_for_some(at_most=0.4)  # a third of them wait for the end of the storm
    if arena.random.random() < 0.5:
        arena.kill(arena.workers[0])
        arena.start_worker()
    waiting = Delivery.objects.filter(send_id=arena.send_id, state="pending")
    arena.wait(lambda: not waiting.exists(), what="the storm")
    arena.sink.behaviour.defer_every = 0
    Delivery.objects.filter(send_id=arena.send_id, state="deferred").update(not_before=clock.now())


def nothing(arena: Arena) -> None:
    """The server does the harm by itself."""


def terminate(arena: Arena) -> None:
    """SIGTERM is no accident: nothing may be uncertain."""
    arena.wait_for_some()
    worker = arena.workers[0]
    worker.terminate()
    worker.wait(30)
    arena.workers.remove(worker)
    arena.start_worker()


def fill_disk(arena: Arena) -> None:
    """The journal's disk is full for a while."""
    assert arena.disk is not None
    arena.wait_for_some()
    with rig.filled(arena.disk):
        time.sleep(arena.random.uniform(1.0, 3.0))


def restart_database(arena: Arena) -> None:
    from django.db import connections

    assert arena.cluster is not None
    arena.wait_for_some()
    arena.cluster.restart_at_once()
    connections.close_all()


def cut_connections(arena: Arena) -> None:
    """The workers' alone."""
    from django.db import connection

    for _ in range(3):
        arena.wait_for_some(at_most=0.2)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def resolve_late(arena: Arena) -> None:
    """Every connection is cut, and the relay's name is unknown for a while."""
    arena.wait_for_some()
    arena.names.forget()
    port = arena.sink.port
    arena.sink.stop()
    arena.sink.port = port
    arena.sink.start()
    time.sleep(arena.random.uniform(1.0, 3.0))
    arena.names.know()


def unsubscribe(arena: Arena) -> int:
    """Milliseconds until people who left are out of the ledger for good, wherever their rows are."""
    from commun.common import clock
    from commun.mailing.models import Delivery
    from commun.mailing.services.withdrawing import withdraw

    arena.wait_for_some()
    slowest = 0.0
    for life in ("pending", "claimed", "claimed", "pending"):
        row = Delivery.objects.filter(send_id=arena.send_id).with_life().filter(life=life).order_by("-pk").first()
        if row is None:
            continue
        started = time.monotonic()
        withdraw(deliveries=Delivery.objects.filter(pk=row.pk), reason="unsubscribed", now=clock.now())
        arena.wait(
            lambda pk=row.pk: Delivery.objects.filter(pk=pk, state__in=["excluded", "accepted"]).exists(),
            what="leaving",
        )
        slowest = max(slowest, time.monotonic() - started)
    return int(slowest * 1000)


@dataclass(frozen=True)
class Scenario:
    name: str
    act: Callable[[Arena], int | None]
    workers: int = 1
    behaviour: dict[str, Any] = field(default_factory=dict)
    machine_lost: bool = False
    certain: bool = False  # nothing may be uncertain
    cuts: bool = False  # the server itself makes rows uncertain, beyond what a kill may
    needs: str = ""  # of the arena, to be run at all: "cluster", "disk", "names"


SLOW = {"delay": 0.012}
ONE = [
    Scenario("kill", kill_one, behaviour=SLOW),
    Scenario("kill twice", kill_twice, behaviour=SLOW),
    Scenario("kill, no pipelining", kill_one, behaviour={"delay": 0.01, "pipelining": False}),
    Scenario("kill, chunking", kill_one, behaviour={"delay": 0.01, "chunking": True}),
    Scenario("SIGTERM", terminate, behaviour=SLOW, certain=True),
    Scenario("relay killed", kill_relay, behaviour=SLOW),
    Scenario("relay slow, kill", kill_one, behaviour={"delay": 0.06}),
    Scenario("4xx storm", end_storm, behaviour={"delay": 0.005, "defer_every": 3}),
    Scenario("cut after DATA", nothing, behaviour={"delay": 0.005, "cut_after_body_every": 29}, cuts=True),
    Scenario("cut in the body", nothing, behaviour={"delay": 0.005, "cut_before_every": 3}, cuts=True),
    Scenario("unsubscribe", unsubscribe, behaviour={"delay": 0.04}, certain=True),
    Scenario("disk full, then freed", fill_disk, behaviour=SLOW, certain=True, needs="disk"),
    Scenario("relay that resolves late", resolve_late, behaviour=SLOW, needs="names"),
]
TWO = [
    Scenario("PostgreSQL restarted at once", restart_database, behaviour=SLOW, needs="cluster"),
    Scenario("connections to PostgreSQL cut three times", cut_connections, behaviour=SLOW, needs="cluster"),
    Scenario("two workers, PostgreSQL restarted at once", restart_database, 2, behaviour=SLOW, needs="cluster"),
    Scenario("two workers, disk full, then freed", fill_disk, 2, behaviour=SLOW, certain=True, needs="disk"),
    Scenario("two workers, kill", kill_one, workers=2, behaviour=SLOW),
    Scenario("two workers, SIGSTOP beyond the lease", freeze, workers=2, behaviour=SLOW),
    Scenario("two workers, journal deleted", lose_journal, workers=2, behaviour=SLOW, machine_lost=True),
    Scenario("two workers, kill twice", kill_twice, workers=2, behaviour=SLOW),
    Scenario("two workers, 4xx storm and kill", end_storm, workers=2, behaviour={"delay": 0.005, "defer_every": 3}),
]
