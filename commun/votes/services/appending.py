"""Writing in the ballot box. Whoever calls holds the lock on the box's row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.common import clock
from commun.votes import chain
from commun.votes.models import BallotBox, Entry
from commun.votes.types import EntryKind


def lock_box(*, vote_id: int) -> BallotBox:
    """The box, held until the end of the transaction. Raises `BallotBox.DoesNotExist` before opening."""
    return BallotBox.objects.select_for_update().get(pk=vote_id)


def instant_for(*, box: BallotBox) -> datetime:
    """The database's instant, read under the lock; never before the last event, should a clock be set back."""
    return max(clock.database_now(), box.last_at)


def next_entry(*, box: BallotBox, kind: EntryKind, at: datetime, body: dict[str, Any]) -> Entry:
    """The event that follows the head, which it becomes. The caller saves both."""
    height = box.height + 1
    text = chain.event_text(kind=kind.value, height=height, parent=box.head, at=at, body=body)
    entry = Entry(vote_id=box.pk, height=height, kind=kind, text=text, hash=chain.digest(text))
    box.height, box.head, box.last_at = height, entry.hash, at
    return entry


def append(*, box: BallotBox, kind: EntryKind, at: datetime, body: dict[str, Any]) -> Entry:
    entry = next_entry(box=box, kind=kind, at=at, body=body)
    entry.save(force_insert=True)
    return entry
