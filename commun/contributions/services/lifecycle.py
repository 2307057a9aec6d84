"""Moving a contribution from one state to the next, under a lock, with its line in the log; and taking it back.

Every act of the team comes through `move`: it refuses what the declared life does not allow, so that two
editors who decide at once are one decision and one refusal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.contributions.exceptions import NothingToUndo, WrongState
from commun.contributions.lives import CONTRIBUTION
from commun.contributions.models import Contribution, Event
from commun.contributions.types import Act, State

# Acts whose effect outside (a mail, a page that others read) cannot be called back by changing a row.
_FINAL = {Act.RECEIVE, Act.ACKNOWLEDGE, Act.CLAIM, Act.ANSWER, Act.WITHDRAW, Act.PUBLISH, Act.UNDO}


def lock(*, contribution_id: int) -> Contribution:
    """The row, locked until the end of the transaction. Raises `Contribution.DoesNotExist`."""
    return Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)


@transaction.atomic
def move(
    *,
    contribution_id: int,
    act: Act,
    now: datetime,
    to: State | None = None,
    by: User | None = None,
    words: str = "",
    payload: dict[str, Any] | None = None,
    secret: tuple[str, ...] = (),
    **changes: Any,
) -> Event:
    """Change state and columns, and write down who did it. `to=None` leaves the state as it is.

    Raises `WrongState` where its life does not allow it. What `changes` replaced is kept in the event, for `undo`; but
    for columns named in `secret`, which say who somebody is.
    """
    row = lock(contribution_id=contribution_id)
    before = State(row.state)
    if to is not None and to != before and not CONTRIBUTION.allows(before, to):
        raise WrongState(before)
    old = {name: getattr(row, name) for name in changes if name not in secret}
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = to or before
    row.moved_at = now
    row.save(update_fields=[*changes, "state", "moved_at"])
    return Event.objects.create(
        contribution=row,
        act=act,
        by=by,
        at=now,
        before=before,
        after=row.state,
        words=words[:500],
        payload={**(payload or {}), "old": _plain(old)} if old else payload or {},
    )


def hear(*, row: Contribution, now: datetime, words: str = "", **changes: Any) -> Event:
    """Its source says more, or otherwise: what waited for that is to be read again."""
    to = State.IN_REVIEW if row.state == State.WAITING else None
    return move(contribution_id=row.pk, act=Act.ANSWER, to=to, now=now, words=words, **changes)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values of columns as JSON: relations by their key."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}


def last_undoable(*, contribution: Contribution) -> Event | None:
    """The latest decision still in force, if it can be taken back."""
    latest = contribution.events.filter(undone_by=None).exclude(act__in=[Act.UNDO, Act.ACKNOWLEDGE, Act.CLAIM]).last()
    return None if latest is None or latest.act in _FINAL else latest


@transaction.atomic
def undo(*, event_id: int, by: User, now: datetime) -> Event:
    """Put back what the latest decision changed. Raises `NothingToUndo` when something followed it."""
    row = lock(contribution_id=Event.objects.values_list("contribution_id", flat=True).get(pk=event_id))
    event = last_undoable(contribution=row)
    if event is None or event.pk != event_id or row.state != event.after:
        raise NothingToUndo
    CONTRIBUTION.check(event.after, event.before, undo=True)
    names = []
    for name, value in event.payload.get("old", {}).items():
        field = row._meta.get_field(name)
        setattr(row, getattr(field, "attname", name), value)
        names.append(name)
    row.state, row.moved_at = event.before, now
    row.save(update_fields=[*names, "state", "moved_at"])
    undone = Event.objects.create(
        contribution=row, act=Act.UNDO, by=by, at=now, before=event.after, after=event.before, words=event.act
    )
    Event.objects.filter(pk=event.pk).update(undone_by=undone)
    return undone
