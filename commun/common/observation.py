"""What there is to see of the machinery: workers, tasks, sweeps, disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min

from commun.common import periodic
from commun.common.models import PeriodicRun, WorkerBeat

ALIVE_FOR = timedelta(seconds=30)  # workers beat every five seconds
SHOWN_FOR = timedelta(days=1)
SWEEP_LATE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class WorkerSeen:
    name: str
    host: str
    started_at: datetime
    beat_at: datetime
    stopped: bool
    alive: bool


@dataclass(frozen=True, kw_only=True)
class TasksSeen:
    """`oldest`: when the task that has waited longest could have run; `failed`: in the last day."""

    counts: dict[str, int]
    oldest: datetime | None
    failed: int


@dataclass(frozen=True, kw_only=True)
class SweepSeen:
    name: str
    title: str
    every: timedelta
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class DiskSeen:
    name: str
    free: int
    total: int

    @property
    def share(self) -> float:
        return self.free / self.total if self.total else 0.0


def workers(*, now: datetime) -> list[WorkerSeen]:
    """Those that gave a sign of life within a day, the latest first."""
    beats = WorkerBeat.objects.filter(beat_at__gte=now - SHOWN_FOR).order_by("-beat_at")[:50]
    return [
        WorkerSeen(
            name=beat.worker,
            host=beat.host,
            started_at=beat.started_at,
            beat_at=beat.beat_at,
            stopped=beat.stopped_at is not None,
            alive=beat.stopped_at is None and now - beat.beat_at <= ALIVE_FOR,
        )
        for beat in beats
    ]


def tasks(*, now: datetime) -> TasksSeen:
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.values_list("status").annotate(count=Count("*")).order_by()
    due = DBTaskResult.objects.filter(status="READY", run_after__lte=now)
    return TasksSeen(
        counts={status.lower(): count for status, count in rows},
        oldest=due.aggregate(oldest=Min("run_after"))["oldest"],
        failed=DBTaskResult.objects.filter(status="FAILED", finished_at__gte=now - SHOWN_FOR).count(),
    )


def sweeps(*, now: datetime) -> list[SweepSeen]:
    """Every registered sweep, ever run or not."""
    runs = {run.name: run for run in PeriodicRun.objects.all()}
    return [_sweep(sweep, runs.get(sweep.name), now=now) for sweep in periodic.sweeps()]


def _sweep(sweep: periodic.Sweep, run: PeriodicRun | None, *, now: datetime) -> SweepSeen:
    return SweepSeen(
        name=sweep.name,
        title=sweep.title,
        every=sweep.every,
        succeeded_at=run.succeeded_at if run else None,
        failed_at=run.failed_at if run else None,
        error=run.last_error if run else "",
        late=run is None or run.next_at < now - SWEEP_LATE,
    )


def disks() -> list[DiskSeen]:
    """Of this machine alone: workers elsewhere have their own."""
    places = {
        "données": settings.VAR_DIR,
        "journaux d’envoi": settings.JOURNAL_DIR,
        **({} if settings.MEDIA_BUCKET else {"médias": settings.MEDIA_ROOT}),
        **({} if settings.PRIVATE_BUCKET else {"fichiers privés": settings.PRIVATE_ROOT}),
    }
    seen: dict[int, DiskSeen] = {}
    for name, place in places.items():
        path = _existing(Path(place))
        usage, device = shutil.disk_usage(path), path.stat().st_dev
        before = seen.get(device)
        seen[device] = DiskSeen(name=f"{before.name}, {name}" if before else name, free=usage.free, total=usage.total)
    return list(seen.values())


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
