"""Killing the engine in every way we know, and counting who received what.

    make torture            200 rounds: PostgreSQL with one and two workers, SQLite with one
    make torture ROUNDS=12  a short one, as in CI

Each round is one send to people of its own, through real worker processes (`manage.py worker`) to a server that records
every acceptance before it answers. Then the ledger is compared with that record, recipient by recipient:

* duplicated: accepted more than once by the server;
* lost: never accepted, although the ledger says accepted, or says nothing final;
* uncertain: the ledger says that nobody can know. Bounded, shown to the operator, never sent again by itself;
* stuck: the send did not end, although what broke was mended.

PostgreSQL is a cluster of this command's own, the journal lies on a small disk of its own.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import rig
from benchmarks.databases import environment, set_up
from benchmarks.scenarios import LEASE_SECONDS, ONE, TWO, Scenario
from benchmarks.sink import Behaviour, Sink, accepted

RECIPIENTS = 240
TIME_LIMIT = 90.0


@dataclass
class Tally:
    rounds: int = 0
    recipients: int = 0
    lost: int = 0
    duplicated: int = 0
    max_uncertain: int = 0
    max_uncertain_machine_lost: int = 0
    unsub_ms: int = 0
    invariant_violations: int = 0
    stuck: int = 0
    scenarios: dict[str, int] = field(default_factory=dict)

    def add(self, other: dict[str, Any]) -> None:
        for name in ("rounds", "recipients", "lost", "duplicated", "invariant_violations", "stuck"):
            setattr(self, name, getattr(self, name) + other[name])
        for name in ("max_uncertain", "max_uncertain_machine_lost", "unsub_ms"):
            setattr(self, name, max(getattr(self, name), other[name]))

    @property
    def line(self) -> str:
        return (
            f"torture: rounds={self.rounds} recipients={self.recipients} lost={self.lost} "
            f"duplicated={self.duplicated} max_uncertain={self.max_uncertain} "
            f"max_uncertain_machine_lost={self.max_uncertain_machine_lost} unsub_ms={self.unsub_ms} "
            f"invariant_violations={self.invariant_violations} stuck={self.stuck}"
        )


class Stuck(AssertionError):
    """A send that did not end."""


class Arena:
    """The server, the worker processes and the send of one round."""

    def __init__(
        self, *, values: dict[str, str], directory: Path, seed: int, cluster: rig.Cluster | None, disk: Path | None
    ) -> None:
        self.values = values
        self.cluster = cluster
        self.disk = disk  # None where the journal has none of its own
        self.names = rig.Names(directory)
        self.directory = directory
        self.random = random.Random(seed)
        self.sink = Sink(directory / "accepted.txt")
        self.sink.start()
        host = rig.RELAY_NAME if self.names.works else "127.0.0.1"
        self.values["SMTP_URL"] = f"smtp://{host}:{self.sink.port}?starttls=never"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.send_id = 0
        self.addresses: list[str] = []

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "worker"]
        worker = subprocess.Popen(
            self.names.command(*command) if self.names.works else command,
            env={**os.environ, **self.values},
            stdout=subprocess.DEVNULL,
            stderr=(self.directory / "workers.log").open("ab"),
        )
        self.workers.append(worker)
        return worker

    def have_workers(self, count: int) -> list[subprocess.Popen[bytes]]:
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) > count:
            worker = self.workers.pop()
            worker.terminate()
            worker.wait(30)
        while len(self.workers) < count:
            self.start_worker()
        self._wait_until_they_work()
        return self.workers

    def _wait_until_they_work(self) -> None:
        from commun.mailing.models import Lease

        pids = {f"-{worker.pid}-" for worker in self.workers}
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            names = Lease.objects.filter(closed_at__isnull=True, revoked_at__isnull=True).values_list(
                "worker", flat=True
            )
            if all(any(pid in name for name in names) for pid in pids):
                return
            time.sleep(0.05)
        raise AssertionError("a worker did not start")

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.kill()
        worker.wait(10)
        self.workers.remove(worker)

    def begin(self, *, number: int, behaviour: Behaviour) -> None:
        from commun.common import clock
        from commun.mailing import api
        from commun.mailing.models import Message
        from commun.mailing.types import Recipient

        self.sink.behaviour = behaviour
        self.addresses = [f"r{number}-{index}@example.org" for index in range(RECIPIENTS)]
        urls = api.personal_urls()
        message = Message.objects.first() or api.seal_message(
            subject="Torture",
            html=f'<p>Bonjour</p><a href="{urls.unsubscribe}">Sortir</a>',
            text=f"Bonjour {urls.unsubscribe}",
            now=clock.now(),
        )
        recipients = [Recipient(address=address, key=api.new_recipient_key()) for address in self.addresses]
        send = api.create_send(
            message=message, kind="torture", idempotency_key=f"round-{number}", recipients=recipients
        )
        self.send_id = send.pk

    def counts(self) -> dict[str, int]:
        from commun.mailing import api

        progress = api.send_progress(send_id=self.send_id)
        if not progress.consistent:
            raise AssertionError(f"the invariant does not hold: {progress}")
        return progress.counts

    def wait(self, condition: Callable[[], object], *, seconds: float = TIME_LIMIT, what: str = "") -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what or 'it'} did not happen in {seconds:.0f} s: {self.counts()}")
            time.sleep(0.02)

    def wait_for_some(self, *, at_most: float = 0.7) -> None:
        """A random moment of the send."""
        share = self.random.uniform(0.02, at_most)
        before = self.sink.bodies
        self.wait(lambda: self.sink.bodies - before >= RECIPIENTS * share, what="the beginning")

    def wait_for_the_end(self) -> None:
        from commun.mailing.models import Send

        try:
            self.wait(lambda: Send.objects.get(pk=self.send_id).state == "finished", what="the end")
        except AssertionError as error:
            raise Stuck(f"{error}; waiting for {Send.objects.get(pk=self.send_id).waiting_for!r}") from None

    def close(self) -> None:
        for worker in self.workers:
            worker.send_signal(signal.SIGCONT)
            worker.terminate()
        for worker in self.workers:
            worker.wait(30)
        self.sink.stop()


def run_round(*, arena: Arena, scenario: Scenario, number: int, tally: Tally) -> None:
    arena.have_workers(scenario.workers)
    arena.begin(number=number, behaviour=Behaviour(**scenario.behaviour))
    took = scenario.act(arena) or 0
    arena.wait_for_the_end()
    counts = arena.counts()
    received = accepted(arena.sink.record)
    tally.rounds += 1
    tally.recipients += RECIPIENTS
    tally.unsub_ms = max(tally.unsub_ms, took)
    tally.scenarios[scenario.name] = tally.scenarios.get(scenario.name, 0) + 1
    tally.duplicated += sum(received[address] > 1 for address in arena.addresses)
    tally.lost += _lost(arena=arena, received=received)
    uncertain = counts["uncertain"]
    if scenario.machine_lost:
        tally.max_uncertain_machine_lost = max(tally.max_uncertain_machine_lost, uncertain)
    elif not scenario.cuts:
        tally.max_uncertain = max(tally.max_uncertain, uncertain)
    if scenario.certain and uncertain:
        tally.lost += uncertain
    print(
        f"  {number:4} {scenario.name}: accepted={counts['accepted']} uncertain={uncertain} {_why(arena)}", flush=True
    )


def _why(arena: Arena) -> dict[str, int]:
    from collections import Counter

    from commun.mailing.models import Delivery

    return Counter(Delivery.objects.filter(send_id=arena.send_id, state="uncertain").values_list("reason", flat=True))


def _lost(*, arena: Arena, received: Any) -> int:
    from commun.mailing.models import Delivery

    final = {"refused", "excluded", "uncertain"}
    rows = Delivery.objects.filter(send_id=arena.send_id).values_list("address", "state")
    return sum(received[address] == 0 and state not in final for address, state in rows)


def torture(*, database: str, rounds: int, seed: int) -> Tally:
    tally = Tally()
    scenarios = ONE + TWO if database == "postgresql" else ONE
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="commun-torture-")))
        cluster = stack.enter_context(rig.postgresql()) if database == "postgresql" else None
        disk = directory / "journal"
        is_small = stack.enter_context(rig.small_disk(disk))
        server = cluster.url if cluster is not None else ""
        more = {"LEASE_SECONDS": str(LEASE_SECONDS), "JOURNAL_DIR": str(disk)}
        values = stack.enter_context(environment(database=database, server=server, **more))
        set_up(values)
        arena = Arena(values=values, directory=directory, seed=seed, cluster=cluster, disk=disk if is_small else None)
        missing = {
            name for name, has in (("cluster", cluster), ("disk", is_small), ("names", arena.names.works)) if not has
        }
        if left_out := [one.name for one in scenarios if one.needs in missing]:
            print(f"torture: left out, for want of {', '.join(sorted(missing))}: {'; '.join(left_out)}", flush=True)
            scenarios = [one for one in scenarios if one.needs not in missing]
        try:
            for number in range(rounds):
                scenario = scenarios[number % len(scenarios)]
                try:
                    run_round(arena=arena, scenario=scenario, number=number, tally=tally)
                except Stuck as error:
                    tally.stuck += 1
                    print(f"  {number:4} {scenario.name}: {error}", flush=True)
                except AssertionError as error:
                    tally.invariant_violations += 1
                    print(f"  {number:4} {scenario.name}: {error}", flush=True)
        finally:
            arena.close()
        errors = (directory / "workers.log").read_text(encoding="utf-8", errors="replace")
        if errors.strip():
            print(f"workers said:\n{errors[-3000:]}", flush=True)
    return tally


def main() -> int:
    if len(sys.argv) > 1:
        database, rounds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        print("tally " + json.dumps(torture(database=database, rounds=rounds, seed=seed).__dict__), flush=True)
        return 0
    rounds = int(os.environ.get("ROUNDS") or 200)
    seed = int(os.environ.get("SEED") or 0) or random.randrange(1, 10**6)
    print(f"torture: seed {seed}")
    shares = {"sqlite": rounds // 4, "postgresql": rounds - rounds // 4}
    if not rig.has_postgresql():
        print("torture: PostgreSQL's own programs are missing; everything on SQLite")
        shares = {"sqlite": rounds}
    total = Tally()
    for database, share in shares.items():
        if not share:
            continue
        print(f"torture: {share} rounds on {database}", flush=True)
        command = [sys.executable, "-m", "benchmarks.torture", database, str(share), str(seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            for line in run.stdout:
                if line.startswith("tally "):
                    total.add(json.loads(line.removeprefix("tally ")))
                else:
                    print(line, end="", flush=True)
        if run.returncode:
            return run.returncode
    print(total.line)
    return 1 if total.lost or total.duplicated or total.invariant_violations or total.stuck else 0


if __name__ == "__main__":
    sys.exit(main())
