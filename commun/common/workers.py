"""The worker process: queued tasks, periodic sweeps, and the loops that rooms register.

Each runs in a thread of its own; SIGTERM sets `stop`, and every loop returns once what it holds is
safe. The process beats in the database so that others know it lives.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from commun.common import clock, periodic

logger = logging.getLogger("commun.worker")

BEAT_EVERY = timedelta(seconds=5)
POLL_SECONDS = 1.0
DATABASE_LOST = (OperationalError, InterfaceError)  # it is away, or sent us away

Loop = Callable[[threading.Event, str], None]
_loops: dict[str, Loop] = {}


def register_loop(name: str, loop: Loop) -> None:
    """`loop(stop, worker_name)` runs in a thread until `stop` is set; it owns its claims."""
    _loops[name] = loop


class Worker:
    """One process. `once=True`: run what is due until nothing is left, then return (tests, demonstration)."""

    def __init__(self, *, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.stop = threading.Event()
        self.failed: list[str] = []

    def run(self) -> None:
        self._beat(started=True)
        threads = [
            threading.Thread(target=self._guarded, args=(name, target), name=name, daemon=True)
            for name, target in {"tasks": self._tasks, "sweeps": self._sweeps, **_loops_of(self)}.items()
        ]
        for thread in threads:
            thread.start()
        while not self.stop.wait(BEAT_EVERY.total_seconds()):
            self._go_on_beating()
        for thread in threads:
            thread.join()
        self._go_on_beating(stopped=True)
        connections.close_all()

    def _go_on_beating(self, *, stopped: bool = False) -> None:
        try:
            self._beat(stopped=stopped)
        except DATABASE_LOST:
            connections.close_all()

    def _guarded(self, name: str, target: Callable[[], None]) -> None:
        """A loop that dies takes the process down: a supervisor restarts a whole worker, never half of one. One that
        lost the database begins again: a server that restarts is no fault of this process."""
        try:
            while self._lost_the_database(name, target):
                self.stop.wait(POLL_SECONDS)
        except Exception:
            logger.exception("worker loop died name=%s", name)
            self.failed.append(name)
            self.stop.set()
        finally:
            connections.close_all()

    def _lost_the_database(self, name: str, target: Callable[[], None]) -> bool:
        try:
            target()
        except DATABASE_LOST as error:
            logger.warning("worker loop lost the database name=%s error=%s", name, type(error).__name__)
            connections.close_all()
            return not self.stop.is_set()
        return False

    def _tasks(self) -> None:
        from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

        tasks = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )

        def finish_current() -> None:
            self.stop.wait()
            tasks.running = False

        threading.Thread(target=finish_current, daemon=True).start()
        while not self.stop.is_set():
            tasks.run()
            close_old_connections()
            self.stop.wait(POLL_SECONDS)

    def _sweeps(self) -> None:
        while not self.stop.is_set():
            periodic.run_due(now=clock.now(), leaving=self.stop.is_set)
            close_old_connections()
            self.stop.wait(POLL_SECONDS)

    def _beat(self, *, started: bool = False, stopped: bool = False) -> None:
        from commun.common.models import WorkerBeat

        now = clock.now()
        values: dict[str, object] = {"beat_at": now, "host": socket.gethostname()[:255], "pid": os.getpid()}
        if stopped:
            values["stopped_at"] = now
        WorkerBeat.objects.update_or_create(
            worker=self.name, defaults=values, create_defaults={**values, "started_at": now}
        )
        close_old_connections()


def _loops_of(worker: Worker) -> dict[str, Callable[[], None]]:
    def bind(loop: Loop) -> Callable[[], None]:
        return lambda: loop(worker.stop, worker.name)

    return {name: bind(loop) for name, loop in _loops.items()}


def fail_overdue_tasks(*, now: datetime) -> int:
    """A task RUNNING past its limit belonged to a worker that died: fail it, so that it is seen."""
    from django_tasks_db.models import DBTaskResult

    return (
        DBTaskResult.objects.running()
        .filter(started_at__lt=now - settings.TASK_RUNNING_LIMIT)
        .update(status="FAILED", finished_at=now, exception_class_path="commun.common.workers.Overdue", traceback="")
    )


def forget_finished_tasks(*, now: datetime) -> None:
    """Rows of finished tasks serve for two weeks to see what happened, failed ones for six (periodic)."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=14, failed_min_age_days=42, verbosity=0)


def forget_dead_workers(*, now: datetime) -> int:
    from commun.common.models import WorkerBeat

    return WorkerBeat.objects.filter(beat_at__lt=now - timedelta(days=30)).delete()[0]
