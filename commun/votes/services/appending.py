"""Writing in the ballot box. Whoever calls holds the lock on the box's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from commun.common import clock
from commun.votes import chain
from commun.votes.models import Ballot, BallotBox, Entry
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


@dataclass(frozen=True)
class UnderLock:
    """What decides of a ballot, read under the lock of the box: number of the last that its elector cast, whether it is
    struck off, and the ballot that this form already gave."""

    last_number: int | None
    is_struck_off: bool
    sent: int | None


def read_under_lock(*, elector_id: int, submission: str) -> UnderLock:
    """By hand, as `write_cast` writes: every other voter waits meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_number, struck_off_at IS NOT NULL, (SELECT id FROM votes_ballot WHERE submission = %s) "
            "FROM votes_elector WHERE id = %s",
            [submission, elector_id],
        )
        last_number, is_struck_off, sent = cursor.fetchone()
    return UnderLock(last_number=last_number, is_struck_off=bool(is_struck_off), sent=sent)


def write_cast(*, box: BallotBox, entry: Entry, ballot: Ballot) -> None:
    """The event, the ballot, what its elector last cast and the head: four statements, in one round trip where the
    database takes several at once. Each round trip here is time that every other voter waits for the lock."""
    statements = [
        (
            "INSERT INTO votes_entry (vote_id, height, kind, text, hash) VALUES (%s, %s, %s, %s, %s)",
            [box.pk, entry.height, str(entry.kind), entry.text, entry.hash],
        ),
        (
            (
                "INSERT INTO votes_ballot (vote_id, elector_id, number, grades, roles, salt, commitment, submission, "
                "cast_at, cast_by_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            ),
            [
                box.pk,
                ballot.elector_id,
                ballot.number,
                ballot.grades,
                ballot.roles,
                ballot.salt,
                ballot.commitment,
                ballot.submission,
                _instant(ballot.cast_at),
                ballot.cast_by_id,
            ],
        ),
        ("UPDATE votes_elector SET last_number = %s WHERE id = %s", [ballot.number, ballot.elector_id]),
        (
            'UPDATE votes_ballotbox SET height = %s, head = %s, last_at = %s, "cast" = %s WHERE vote_id = %s',
            [box.height, box.head, _instant(box.last_at), box.cast, box.pk],
        ),
    ]
    if connection.vendor == "postgresql":
        values = [value for _, values in statements for value in values]
        statements = [("; ".join(text for text, _ in statements), values)]
    with connection.cursor() as cursor:
        for text, values in statements:
            cursor.execute(text, values)


def _instant(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
