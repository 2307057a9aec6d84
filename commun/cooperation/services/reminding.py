"""News of what was answered are asked three times at most; then a silent need is closed, and can be opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.cooperation.models import Need
from commun.cooperation.reminders import DAYS, SILENCE, when_to_ask
from commun.cooperation.services.letters import write_about_need
from commun.cooperation.services.lifecycle import lock, move
from commun.cooperation.types import NeedAct, NeedEnd, NeedState

LOT = 100


def ask_for_news(*, now: datetime) -> int:
    """Write to those whose time has come (periodic); how many were written to."""
    due = Need.objects.filter(state=NeedState.ANSWERED, remind_at__lte=now).order_by("remind_at", "pk")
    return sum(_ask(need_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def _ask(*, need_id: int, now: datetime) -> bool:
    row = lock(need_id=need_id)
    if row.state != NeedState.ANSWERED or row.remind_at is None or row.remind_at > now:
        return False  # she said where she stands, or another worker was first
    asked = row.reminders + 1
    latest = row.answers.filter(from_team=True).order_by("-at", "-pk").first()
    next_at = when_to_ask(answered_at=latest.at, asked=asked, reference=row.reference) if latest else None
    if next_at is not None and next_at <= now:  # after a long outage: never two in a row
        next_at = when_to_ask(answered_at=now, asked=0, reference=f"{row.reference}:{asked}")
    row = move(need_id=row.pk, act=NeedAct.REMIND, now=now, reminders=asked, remind_at=next_at)
    last = next_at is None
    write_about_need(need=row, template="need_reminder", subject=f"Où en êtes-vous ? {row.title}", last=last)
    return True


def close_silent(*, now: datetime) -> int:
    """A month after the last question without a word, it is closed (periodic); how many."""
    silent = Need.objects.filter(
        state=NeedState.ANSWERED, remind_at=None, reminders__gte=len(DAYS), moved_at__lt=now - SILENCE
    )
    return sum(_close(need_id=pk, now=now) for pk in list(silent.order_by("pk").values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def _close(*, need_id: int, now: datetime) -> bool:
    row = lock(need_id=need_id)
    if row.state != NeedState.ANSWERED or row.moved_at >= now - SILENCE:
        return False
    end = NeedEnd.SILENT
    move(need_id=row.pk, act=NeedAct.CLOSE, to=NeedState.CLOSED, now=now, words=end.label, closed_at=now, end=end)
    return True
