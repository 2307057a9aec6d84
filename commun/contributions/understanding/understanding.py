"""`understand`: from what somebody wrote to what an editor would fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from commun.contributions.understanding import (
    calendars,
    kinds,
    links,
    organisations,
    places,
    sessions,
    themes,
    titles,
    venues,
)
from commun.contributions.understanding.result import (
    LIKELY,
    Directory,
    Field,
    Gazetteer,
    Place,
    Suggestion,
    ThemeWords,
    Understanding,
    Writing,
)
from commun.contributions.understanding.text import readable

MOST_CALENDARS = 3
MOST_TEXT = 100_000
MOST_SUBJECT = 1000
MOST_SIGNATURE = 5000


def understand(
    writing: Writing, *, gazetteer: Gazetteer, directory: Directory, themes_known: Sequence[ThemeWords] = ()
) -> Understanding:
    """Suggestions on one message or form, the surest first in each field. Asks the two ports once each.

    Its time grows with what is read, which is bounded, and with nothing else: so many characters, words and gaps no
    longer than those of a language (`readable`). Addresses of the web, which have no words, are read as they are.
    """
    addresses = replace(writing, body=writing.body[:MOST_TEXT])
    writing = replace(
        writing,
        subject=readable(writing.subject[:MOST_SUBJECT]),
        body=readable(writing.body[:MOST_TEXT]),
        signature=readable(writing.signature[:MOST_SIGNATURE]),
    )
    seen: dict[str, Place] = {}

    def remember(names: Sequence[str], /) -> dict[str, Sequence[Place]]:
        known = dict(gazetteer(names))
        seen.update({place.key: place for found in known.values() for place in found})
        return known

    named, organisation = organisations.read(writing, directory=directory)
    home = organisation.place if organisation is not None else None
    where = list(places.read(writing, gazetteer=remember, sender=home))
    zone = _time_zone(where, seen, home) or writing.time_zone
    found = [*titles.read(writing), *links.read(addresses), *where, *named, *venues.read(writing)]
    found += sessions.read(writing, time_zone=zone)
    for data in islice(writing.calendars, MOST_CALENDARS):
        found += calendars.read(data, received_at=writing.received_at, time_zone=zone)
    found = _calendar_wins(found)
    found += themes.read(writing, themes=themes_known)
    to_come = sum(one.field is Field.SESSION and one.confidence >= LIKELY for one in found)
    found += kinds.read(writing, sessions=to_come)
    order = {field: at for at, field in enumerate(Field)}
    return Understanding(tuple(sorted(found, key=lambda one: (order[one.field], -one.confidence))))


def _time_zone(where: Sequence[Suggestion], seen: dict[str, Place], home: Place | None) -> str:
    """The clock of the surest place, else that of the organisation."""
    for one in where:
        if one.confidence >= LIKELY and one.value in seen:
            return seen[one.value].time_zone
    return home.time_zone if home is not None else ""


def _calendar_wins(found: list[Suggestion]) -> list[Suggestion]:
    """What an invitation says of a moment is not suggested again from the words that say it."""
    moments = {one.value["start"][:10] for one in found if _is_calendar_session(one)}
    return [
        one
        for one in found
        if one.field is not Field.SESSION or _is_calendar_session(one) or one.value["start"][:10] not in moments
    ]


def _is_calendar_session(one: Suggestion) -> bool:
    return one.field is Field.SESSION and any(span.where.value == "calendar" for span in one.evidence)
