"""An invitation that comes again, moved or called off, is the same event: followed where it is, or changing its page.

Known by the UID its calendar gave it, within its source: whoever sent it first, by her domain or her mailbox. Somebody
else's mail with the same UID changes nothing of hers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commun.agenda.api import EventPage, entry_of
from commun.contributions.models import Contribution
from commun.contributions.services import kin, occurrences
from commun.contributions.services.lifecycle import hear
from commun.contributions.services.receiving import sender_hash
from commun.contributions.types import Trust
from commun.contributions.understanding import Field, Understanding, Where, calendars
from commun.contributions.understanding.calendars import Occurrence
from commun.contributions.understanding.mails import all_files
from commun.contributions.understanding.organisations import sender_domain
from commun.inbound.types import Mailbox, ParsedMessage

_MOST_VERSIONS = 100
# What an earlier version said, and a later one says anew.
_SAID = ("start", "end", "all_day", "time_zone", "place", "cancelled", "calendar_sessions")


@dataclass(frozen=True, slots=True)
class Invited:
    """The one event a message is about."""

    source: str
    uid: str
    sequence: int
    is_cancelled: bool
    is_proven: bool
    occurrences: tuple[Occurrence, ...] = ()  # it is about these sessions alone

    @property
    def fields(self) -> dict[str, Any]:
        """As `shapes.Fields` says; the first version has no number, for what is nothing is not kept."""
        found: dict[str, Any] = {"calendar_source": self.source, "calendar_uid": self.uid}
        if self.occurrences:
            return found | {"calendar_sessions": self.versions}
        numbered = {"calendar_sequence": self.sequence} if self.sequence else {}
        return found | numbered | ({"cancelled": True} if self.is_cancelled else {})

    @property
    def versions(self) -> dict[str, int]:
        return {one.original: one.sequence for one in self.occurrences}

    @property
    def calls_off_sessions(self) -> bool:
        return bool(self.occurrences) and all(one.is_cancelled for one in self.occurrences)


def read(*, message: ParsedMessage, sender: Mailbox, trust: Trust, now: datetime) -> Invited | None:
    """None where it holds no invitation, several, or comes from somebody our own server doubts."""
    if trust is Trust.FAILING or not sender.address:
        return None
    files = [file.data for file in all_files(message) if file.content_type == "text/calendar"][:3]
    found = [one for data in files for one in calendars.invitations(data, received_at=now)]
    if len({one.uid for one in found}) != 1:
        return None
    # The event itself, where one of its files holds it; else the sessions of all of them.
    whole = [one for one in found if not one.occurrences]
    one = (whole or found)[-1]
    sessions = () if whole else tuple({each.original: each for one in found for each in one.occurrences}.values())
    return Invited(_source(sender), one.uid, one.sequence, one.is_cancelled, trust is Trust.PROVEN, sessions)


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


def first_fields(*, invited: Invited, suggestions: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the contribution that an invitation makes: what it is about, and what it changes of a page that it knows."""
    page = EventPage.objects.filter(pk=known_page(invited=invited) or 0).first()
    if page is None:
        return invited.fields | ({"cancelled": True} if invited.calls_off_sessions else {})
    fields = invited.fields | {"known_page": page.pk}
    if not invited.occurrences:
        return fields
    draft = page.get_latest_revision_as_object()
    shown = {
        "start": draft.local_start.isoformat(),
        "end": draft.local_end.isoformat(),
        "all_day": draft.all_day,
        "time_zone": draft.time_zone,
    }
    before = _suggested_of(page, invited)
    after = occurrences.fields_after(shown, before=before, said=suggestions, occurrences=invited.occurrences)
    if after is None:
        return fields | shown | {"place": draft.place}  # a session that the page does not show
    if after:
        return fields | after
    left = occurrences.changed(before, [], occurrences=invited.occurrences)
    return fields | (shown if occurrences.are_left(left) else {"cancelled": True})


def _suggested_of(page: EventPage, invited: Invited) -> list[dict[str, Any]]:
    """What was understood of the event that this page is, one version after the other."""
    found: list[dict[str, Any]] = []
    for row in Contribution.objects.filter(page=page.pk, fields__calendar_uid=invited.uid).order_by("pk")[
        :_MOST_VERSIONS
    ]:
        apart = row.fields.get("calendar_sessions")
        found = occurrences.replayed(found, row.suggestions, names=apart) if apart else row.suggestions
    return found


def _feeds(invited: Invited) -> list[str]:
    """Feeds of the same partner: only for whom our own server vouches."""
    return kin.feed_kin(invited.source) if invited.is_proven else []


def is_outdated(*, row: Contribution, invited: Invited) -> bool:
    if row.fields.get("calendar_source") != invited.source:
        return False  # numbers of two calendars do not compare
    whole = int(row.fields.get("calendar_sequence") or 0)
    if not invited.occurrences:
        return invited.sequence < whole
    known = row.fields.get("calendar_sessions") or {}
    return all(one.sequence < max(whole, int(known.get(one.original) or 0)) for one in invited.occurrences)


def update(*, row: Contribution, invited: Invited, understood: Understanding, now: datetime) -> None:
    """What the later version says replaces what was understood of the earlier; what it replaced stays in the log."""
    if invited.occurrences:
        _update_sessions(row=row, invited=invited, said=understood.as_json(), now=now)
        return
    fields = {name: value for name, value in row.fields.items() if name not in _SAID} | invited.fields
    hear(
        row=row,
        now=now,
        words="called_off" if invited.is_cancelled else "invitation",
        fields=fields,
        suggestions=_later(row.suggestions, understood.as_json()),
    )


def _update_sessions(*, row: Contribution, invited: Invited, said: list[dict[str, Any]], now: datetime) -> None:
    """These sessions alone; where none is left, the event is called off. A feed says itself what it says."""
    fields, suggestions = dict(row.fields), row.suggestions
    suggestions = occurrences.changed(suggestions, said, occurrences=invited.occurrences)
    if fields.get("calendar_source") == invited.source:
        after = occurrences.fields_after(fields, before=row.suggestions, said=said, occurrences=invited.occurrences)
        fields = fields if after is None else after
        fields.pop("cancelled", None)
        suggestions = [one for one in suggestions if one["field"] != Field.CANCELLED]
        if not fields.get("start") and not occurrences.are_left(suggestions):
            fields["cancelled"] = True
            suggestions.append(occurrences.called_off())
    fields["calendar_sessions"] = (fields.get("calendar_sessions") or {}) | invited.versions
    hear(
        row=row,
        now=now,
        words="session_called_off" if invited.calls_off_sessions else "session",
        fields=fields,
        suggestions=_in_order(suggestions),
    )


def _in_order(suggestions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = {field.value: at for at, field in enumerate(Field)}
    return sorted(suggestions, key=lambda one: (order[one["field"]], -one["confidence"]))


def _later(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the calendar says now, beside what was understood of the first message, in which its evidence lies."""
    said = [one for one in after if any(where == Where.CALENDAR for where, *_ in one["evidence"])]
    anew = {one["field"] for one in said} | {Field.SESSION, Field.CANCELLED}
    return _in_order([*(one for one in before if one["field"] not in anew), *said])
