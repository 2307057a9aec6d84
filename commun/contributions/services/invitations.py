"""An invitation that comes again, moved or called off, is the same event: followed where it is, or changing its page.

Known by the UID its calendar gave it, within its source: whoever sent it first, by her domain or her mailbox. Somebody
else's mail with the same UID changes nothing of hers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commun.agenda.api import entry_of
from commun.contributions.models import Contribution
from commun.contributions.services import kin
from commun.contributions.services.lifecycle import move
from commun.contributions.services.receiving import sender_hash
from commun.contributions.types import Act, State, Trust
from commun.contributions.understanding import Field, Understanding, Where, calendars
from commun.contributions.understanding.mails import all_files
from commun.contributions.understanding.organisations import sender_domain
from commun.inbound.types import Mailbox, ParsedMessage

# What an earlier version said, and a later one says anew.
_SAID = ("start", "end", "all_day", "time_zone", "place", "cancelled")


@dataclass(frozen=True, slots=True)
class Invited:
    """The one event a message is about."""

    source: str
    uid: str
    sequence: int
    is_cancelled: bool
    is_proven: bool

    @property
    def fields(self) -> dict[str, Any]:
        """As `shapes.Fields` says; the first version has no number, for what is nothing is not kept."""
        found = {"calendar_source": self.source, "calendar_uid": self.uid}
        numbered = {"calendar_sequence": self.sequence} if self.sequence else {}
        return found | numbered | ({"cancelled": True} if self.is_cancelled else {})


def read(*, message: ParsedMessage, sender: Mailbox, trust: Trust, now: datetime) -> Invited | None:
    """None where it holds no invitation, several, or comes from somebody our own server doubts."""
    if trust is Trust.FAILING or not sender.address:
        return None
    files = [file.data for file in all_files(message) if file.content_type == "text/calendar"][:3]
    found = {one.uid: one for data in files for one in calendars.invitations(data, received_at=now)}
    if len(found) != 1:
        return None
    (one,) = found.values()
    return Invited(_source(sender), one.uid, one.sequence, one.is_cancelled, trust is Trust.PROVEN)


def _source(sender: Mailbox) -> str:
    return f"mail:{sender_domain(sender.address) or sender_hash(sender.address)}"[:120]


def followed_in(*, invited: Invited) -> Contribution | None:
    """The contribution that still waits for a decision about this event, locked."""
    return kin.open_among(sources=[invited.source, *_feeds(invited)], uid=invited.uid)


def known_page(*, invited: Invited) -> int | None:
    """The page this event already is, where this version is not older than the one it was made of."""
    entry = entry_of(source=invited.source, uid=invited.uid)
    if entry is None:
        return kin.page_among(sources=_feeds(invited), uid=invited.uid)
    return entry.page_id if invited.sequence >= entry.sequence else None


def _feeds(invited: Invited) -> list[str]:
    """Feeds of the same partner: only for whom our own server vouches."""
    return kin.feed_kin(invited.source) if invited.is_proven else []


def is_outdated(*, row: Contribution, invited: Invited) -> bool:
    if row.fields.get("calendar_source") != invited.source:
        return False  # numbers of two calendars do not compare
    return invited.sequence < int(row.fields.get("calendar_sequence") or 0)


def update(*, row: Contribution, invited: Invited, understood: Understanding, now: datetime) -> None:
    """What the later version says replaces what was understood of the earlier; what it replaced stays in the log."""
    fields = {name: value for name, value in row.fields.items() if name not in _SAID} | invited.fields
    move(
        contribution_id=row.pk,
        act=Act.ANSWER,
        to=State.IN_REVIEW if row.state == State.WAITING else None,
        now=now,
        words="called_off" if invited.is_cancelled else "invitation",
        fields=fields,
        suggestions=_later(row.suggestions, understood.as_json()),
    )


def _later(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the calendar says now, beside what was understood of the first message, in which its evidence lies."""
    said = [one for one in after if any(where == Where.CALENDAR for where, *_ in one["evidence"])]
    anew = {one["field"] for one in said} | {Field.SESSION, Field.CANCELLED}
    order = {field.value: at for at, field in enumerate(Field)}
    kept = [one for one in before if one["field"] not in anew]
    return sorted([*kept, *said], key=lambda one: (order[one["field"]], -one["confidence"]))
