"""Sweeps that run every so often, on whichever worker comes first, and only there.

The queue neither schedules nor reclaims; domain rows hold the truth and sweeps bring it forward.
A sweep must be idempotent: a worker killed inside one leaves it to the next period.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from commun.common.hours import on_a_week_day

logger = logging.getLogger("commun.periodic")
_MORNING, _EVENING = 8, 20
_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Sweep:
    name: str
    title: str  # in French: the state of the site shows it
    every: timedelta
    service: Callable[..., Any]  # called with now=
    by_day: bool


_sweeps: dict[str, Sweep] = {}


def register(name: str, *, title: str, every: timedelta, service: Callable[..., Any], by_day: bool = False) -> None:
    """Called from a room's `AppConfig.ready()`. `service` is called with `now=`. `by_day`: it writes to people, and
    what is late (a worker was down) waits for a week day: nobody is asked anything at three in the morning."""
    _sweeps[name] = Sweep(name, title, every, service, by_day)


def is_day(now: datetime) -> bool:
    """A week day between 8 and 20, in Paris."""
    return on_a_week_day(now, opens=_MORNING, closes=_EVENING)


def sweeps() -> list[Sweep]:
    return [_sweeps[name] for name in sorted(_sweeps)]


def claim(*, sweep: Sweep, now: datetime) -> bool:
    """Take the turn of this sweep: a conditional UPDATE that one worker alone can win."""
    from commun.common.models import PeriodicRun

    PeriodicRun.objects.get_or_create(name=sweep.name, defaults={"next_at": now})
    won = PeriodicRun.objects.filter(name=sweep.name, next_at__lte=now).update(
        next_at=now + sweep.every, started_at=now, runs=F("runs") + 1
    )
    return won == 1


def run_due(*, now: datetime, leaving: Callable[[], bool] = lambda: False) -> list[str]:
    """Run every due sweep this worker wins; names of those that ran. A failing one never stops the others; a worker
    that is `leaving` begins no other: their turn is anybody's."""
    from commun.common.models import PeriodicRun

    ran = []
    for sweep in sweeps():
        if leaving():
            break
        if not claim(sweep=sweep, now=now):
            continue
        if sweep.by_day and not is_day(now):  # looked at again soon: a daily one would else come by night for ever
            PeriodicRun.objects.filter(name=sweep.name).update(next_at=now + min(sweep.every, _AGAIN))
            continue
        try:
            sweep.service(now=now)
        except Exception as error:
            logger.exception("sweep failed name=%s", sweep.name)
            PeriodicRun.objects.filter(name=sweep.name).update(last_error=type(error).__name__, failed_at=now)
        else:
            PeriodicRun.objects.filter(name=sweep.name).update(last_error="", succeeded_at=now)
        ran.append(sweep.name)
    return ran
