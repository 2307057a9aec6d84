"""What whoever stated a need may do from her page: add something, say where she stands, be left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.cooperation.exceptions import WrongState
from commun.cooperation.models import Need, NeedAnswer
from commun.cooperation.services.lifecycle import OPEN, lock, move
from commun.cooperation.types import NeedAct, NeedEnd, NeedState

# A page sent twice by an impatient hand is one message.
_TWICE = timedelta(minutes=2)
MOST_MESSAGES = 50


@transaction.atomic
def precise(*, need_id: int, text: str, now: datetime) -> NeedAnswer:
    """She adds something, on her page or by mail: what was answered or closed is looked at again.

    Raises `WrongState` where the conversation is longer than anybody reads.
    """
    row = lock(need_id=need_id)
    text = text.strip()
    recent = row.answers.filter(from_team=False, at__gt=now - _TWICE, text=text).first()
    if recent is not None:
        return recent
    if row.answers.filter(from_team=False).count() >= MOST_MESSAGES or not text:
        raise WrongState(row.state)
    made = NeedAnswer.objects.create(need=row, text=text, from_team=False, at=now)
    to = NeedState.NEW if row.state == NeedState.NEW else NeedState.LOOKED_AT
    move(need_id=row.pk, act=NeedAct.PRECISE, to=to, among=tuple(NeedState), now=now, closed_at=None, end="")
    return made


@transaction.atomic
def finish(*, need_id: int, end: NeedEnd, now: datetime) -> Need:
    """It helped, or is no longer needed: closed. Asked twice, it is closed once, for the last reason given."""
    row = lock(need_id=need_id)
    if row.state == NeedState.CLOSED and row.end == end:
        return row
    return move(
        need_id=row.pk,
        act=NeedAct.CLOSE,
        to=NeedState.CLOSED,
        among=tuple(NeedState),
        now=now,
        words=end.label,
        closed_at=row.closed_at or now,
        end=end,
    )


@transaction.atomic
def refuse_reminders(*, need_id: int, now: datetime) -> Need:
    """Never asked again, whatever is answered later. Idempotent."""
    row = lock(need_id=need_id)
    if row.events.filter(act=NeedAct.REFUSE).exists():
        return row
    return move(need_id=row.pk, act=NeedAct.REFUSE, among=tuple(NeedState), now=now, remind_at=None)


@transaction.atomic
def show_to_others(*, need_id: int, shown: bool, now: datetime) -> Need:
    """Its title and its collectivité may stand in the letter and the directory, or no longer. Idempotent.

    Raises `WrongState` where it is closed, or was not stated in the name of a collectivité.
    """
    row = lock(need_id=need_id)
    if row.is_shown == shown:
        return row
    if shown and not row.in_its_name:
        raise WrongState(row.state)
    among = OPEN if shown else tuple(NeedState)
    act = NeedAct.SHOW if shown else NeedAct.HIDE
    return move(need_id=row.pk, act=act, among=among, now=now, is_shown=shown, remind_at=row.remind_at)
