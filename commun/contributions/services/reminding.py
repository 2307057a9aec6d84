"""Whoever was asked something and has not answered hears of it once more, and once only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.contributions.models import Contribution, Event
from commun.contributions.services.letters import write
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.types import Act, State

WAITS = timedelta(days=14)
LOT = 100


def remind_waiting(*, now: datetime) -> int:
    """Two weeks after the last movement of what waits for an answer (periodic); how many were written to."""
    silent = Contribution.objects.filter(state=State.WAITING, moved_at__lt=now - WAITS).exclude(address="")
    reminded = Event.objects.filter(act=Act.REMIND).values("contribution")
    ids = silent.exclude(pk__in=reminded).order_by("pk").values_list("pk", flat=True)[:LOT]
    return sum(_remind(contribution_id=pk, now=now) for pk in list(ids))


@transaction.atomic
def _remind(*, contribution_id: int, now: datetime) -> bool:
    row = lock(contribution_id=contribution_id)
    if row.state != State.WAITING or row.events.filter(act=Act.REMIND).exists():
        return False  # answered, or another worker was first
    write(contribution=row, template="reminder", subject=f"Votre réponse nous manque : {row.title}")
    move(contribution_id=row.pk, act=Act.REMIND, now=now)
    return True
