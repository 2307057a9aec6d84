"""One session of an event that recurs, called off or moved by an invitation of its own: the others stay as they are.

What is suggested of it keeps, as `occurrence`, the moment by which its calendar names it: moved again, it is known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from commun.contributions.understanding import LIKELY, Field, Reason, Span, Suggestion, Where
from commun.contributions.understanding.calendars import Occurrence

_SESSION = ("start", "end", "all_day", "time_zone")
Suggested = dict[str, Any]  # as `Suggestion.as_json` gives it


def named(suggestions: Sequence[Suggested], *, occurrences: Sequence[Occurrence]) -> list[Suggested]:
    """What a message says, where each of its sessions bears its name."""
    found = []
    for one in suggestions:
        mine = _saying(one, occurrences) if one["field"] == Field.SESSION else None
        found.append(one if mine is None else {**one, "occurrence": mine.original})
    return found


def changed(
    before: Sequence[Suggested], said: Sequence[Suggested], *, occurrences: Sequence[Occurrence]
) -> list[Suggested]:
    """What was suggested, with each of these sessions as it is now said to be."""
    kept = [one for one in before if not (one["field"] == Field.SESSION and _name(one, occurrences))]
    fresh = [one for one in named(said, occurrences=occurrences) if "occurrence" in one]
    sessions = [one for one in (*kept, *fresh) if one["field"] == Field.SESSION]
    # The first to come first, among those that are as sure.
    sessions.sort(key=lambda one: (-one["confidence"], datetime.fromisoformat(one["value"]["start"])))
    return [*(one for one in kept if one["field"] != Field.SESSION), *sessions]


def replayed(before: Sequence[Suggested], then: Sequence[Suggested], *, names: Collection[str]) -> list[Suggested]:
    """What was suggested before, and of the sessions that bear these names what was suggested then."""
    former = [Occurrence(name, name, 0, is_cancelled=False) for name in names]
    fresh = [one for one in then if one["field"] == Field.SESSION and one.get("occurrence") in names]
    return [*changed(before, [], occurrences=former), *fresh]


def are_left(suggestions: Sequence[Suggested]) -> bool:
    return any(one["field"] == Field.SESSION and one["confidence"] >= LIKELY for one in suggestions)


def fields_after(
    fields: dict[str, Any],
    *,
    before: Sequence[Suggested],
    said: Sequence[Suggested],
    occurrences: Sequence[Occurrence],
) -> dict[str, Any] | None:
    """`fields`, where the session they hold is as it is now, or gone where it is called off; None where it is none of
    these. `before`: what was suggested until now."""
    mine = _chosen(str(fields.get("start") or ""), before=before, occurrences=occurrences)
    if mine is None:
        return None
    rest = {name: value for name, value in fields.items() if name not in _SESSION}
    if mine.is_cancelled:
        return rest
    sessions = (one for one in said if one["field"] == Field.SESSION and _is_of_calendar(one))
    now = next((one["value"] for one in sessions if _is_at(_start(one), mine.start)), fields)
    return rest | {name: now[name] for name in _SESSION if now.get(name)}


def _chosen(start: str, *, before: Sequence[Suggested], occurrences: Sequence[Occurrence]) -> Occurrence | None:
    """Which of them begins then, as far as was known; it may have been moved."""
    moved = [one["occurrence"] for one in before if one.get("occurrence") and _is_at(start, _start(one))]
    return next((one for one in occurrences if one.original in moved or (not moved and _covers(one, start))), None)


def called_off() -> Suggested:
    """As an invitation that calls off the whole event is understood."""
    return Suggestion(
        field=Field.CANCELLED,
        value=True,
        label="annulé",
        confidence=0.95,
        reason=Reason.CALENDAR,
        evidence=(Span(Where.CALENDAR),),
    ).as_json()


def _saying(one: Suggested, occurrences: Sequence[Occurrence]) -> Occurrence | None:
    return next((each for each in occurrences if _is_of_calendar(one) and _is_at(_start(one), each.start)), None)


def _name(one: Suggested, occurrences: Sequence[Occurrence]) -> str:
    """By which of their names a session was known; "" where it is none of them."""
    known = one.get("occurrence")
    same = (each.original for each in occurrences if (each.original == known if known else _covers(each, _start(one))))
    return next(same, "")


def _is_of_calendar(one: Suggested) -> bool:
    return any(where == Where.CALENDAR for where, *_ in one["evidence"])


def _start(one: Suggested) -> str:
    return str(one["value"]["start"])


def _covers(one: Occurrence, start: str) -> bool:
    return _is_at(start, one.original, onwards=one.onwards and one.is_cancelled)


def _is_at(start: str, written: str, *, onwards: bool = False) -> bool:
    """Whether a session begins when a calendar wrote, be it a day alone or a moment on no clock."""
    try:
        moment, other = datetime.fromisoformat(start), datetime.fromisoformat(written)
    except ValueError:
        return False
    if len(written) == len("2027-01-14"):
        moment, other = datetime.combine(moment.date(), datetime.min.time()), other.replace(tzinfo=None)
    elif other.tzinfo is None:
        moment = moment.replace(tzinfo=None)
    if (moment.tzinfo is None) != (other.tzinfo is None):
        return False
    return moment == other or (onwards and moment > other)
