"""Moving a need from one state to the next, under a lock, with its line in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.cooperation.exceptions import WrongState
from commun.cooperation.lives import NEED
from commun.cooperation.models import Need, NeedEvent
from commun.cooperation.types import NeedAct, NeedState

OPEN = frozenset({NeedState.NEW, NeedState.LOOKED_AT, NeedState.ANSWERED})


def lock(*, need_id: int) -> Need:
    """The row, locked until the end of the transaction. Raises `Need.DoesNotExist`."""
    return Need.objects.select_for_update(of=("self",)).get(pk=need_id)


@transaction.atomic
def move(
    *,
    need_id: int,
    act: NeedAct,
    now: datetime,
    to: NeedState | None = None,
    among: Collection[NeedState] = OPEN,
    by: User | None = None,
    words: str = "",
    **changes: Any,
) -> Need:
    """Change state and columns, and write down who did it. `to=None` leaves the state as it is.

    Raises `WrongState` where the need is in none of the states of `among`: it moved on meanwhile.
    """
    row = lock(need_id=need_id)
    before = NeedState(row.state)
    if before not in among:
        raise WrongState(before)
    after = to or before
    NEED.check(before, after, undo=act == NeedAct.REOPEN)
    if after != NeedState.ANSWERED:
        changes.setdefault("remind_at", None)
    for name, value in changes.items():
        setattr(row, name, value)
    row.state, row.moved_at = after, now
    row.save(update_fields=[*changes, "state", "moved_at"])
    NeedEvent.objects.create(need=row, act=act, by=by, at=now, before=before, after=after, words=words[:500])
    return row
