"""When something happens: each day with the hours written beside it, on the clock of its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from commun.contributions.understanding import days, hours
from commun.contributions.understanding.days import Days
from commun.contributions.understanding.hours import Hours
from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where, Writing
from commun.contributions.understanding.text import fold

MOST_READ = 20_000
MOST_SESSIONS = 20
_NEAR = 90  # characters between a day and its hours
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_DEADLINE = re.compile(
    r"(?:avant (?:le|midi le)|jusqu'au|au plus tard|date limite|cloture|dernier delai|d'ici (?:le|au)|limite[^.\n]{0,30}"
    r"|reponse[^.\n]{0,20}avant|inscri[a-z]*[^.\n]{0,40}(?:avant|jusqu'au))[ a-z:,']{0,16}$"
)
_TOLD = re.compile(r"\b(?:depuis|date du|publiee? le|mis a jour le|version du|arrete du|decret(?: n[^ ]*)? du|loi(?: n[^ ]*)? du"
                   r"|deliberation du|en date du|ne le|numero du|lettre du|mail du|message du|courrier du) *(?:le +)?$")  # fmt: skip


def read(writing: Writing, *, time_zone: str) -> Iterator[Suggestion]:
    """Sessions to come first, then deadlines, then what is past. `writing.received_at` gives the year."""
    zone = ZoneInfo(time_zone)
    today = writing.received_at.astimezone(zone).date()
    seen: set[tuple[object, ...]] = set()
    found: list[Suggestion] = []
    for where, text in ((Where.BODY, writing.body), (Where.SUBJECT, writing.subject)):
        for one in _of_text(fold(text[:MOST_READ]), where=where, today=today, zone=zone):
            value = one.value
            key = (one.field, value) if isinstance(value, str) else (value["start"], value["end"])
            if key not in seen and not _known_day(one, found):
                seen.add(key)
                found.append(one)
    found.sort(key=lambda one: -one.confidence)
    yield from found[:MOST_SESSIONS]


def _known_day(one: Suggestion, found: list[Suggestion]) -> bool:
    """The same day said again, without its hours."""
    if one.field is not Field.SESSION or not one.value["all_day"]:
        return False
    return any(
        other.field is Field.SESSION and other.value["start"][:10] <= one.value["start"][:10] <= other.value["end"][:10]
        for other in found
    )


# « 2027-01-15T18:30:00+01:00 », as programs write it; a second one just behind is its end.
_ISO = r"(?<![\d-])20\d\d-(?:1[0-2]|0[1-9])-(?:[0-2]\d|3[01])[t ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?: ?(?:z|[+-]\d\d:?\d\d))?(?!\d)"
_ISO_MOMENT = re.compile(rf"(?P<first>{_ISO})(?: *(?:/|-|au?|jusqu'au?) *(?P<last>{_ISO}))?")


def _of_text(text: str, *, where: Where, today: date, zone: ZoneInfo) -> Iterator[Suggestion]:
    for found in islice(_ISO_MOMENT.finditer(text), MOST_SESSIONS):
        moment = _moment(found, where=where, today=today, zone=zone)
        if moment is not None:
            yield moment
    text = _ISO_MOMENT.sub(lambda found: "_" * len(found[0]), text)
    written = days.read(text, today=today)[: 3 * MOST_SESSIONS]
    clock = _attach(text, written, hours.read(text)[: 6 * MOST_SESSIONS])
    sessions = [(one, clock[at]) for at, one in enumerate(written) if not _is_deadline(text, one)]
    timed = {one.first for one, mine in sessions if mine}
    for one in written:
        if _is_deadline(text, one):
            yield _deadline(one, where=where, today=today)
    for one, mine in sessions:
        if (not mine and one.first in timed) or _TOLD.search(text[max(0, one.start - 40) : one.start]):
            continue
        yield _session(one, mine, where=where, today=today, zone=zone)


def _moment(found: re.Match[str], *, where: Where, today: date, zone: ZoneInfo) -> Suggestion | None:
    try:
        said = [_written(one) for one in (found["first"], found["last"]) if one]
    except ValueError:
        return None
    start, *rest = [one.astimezone(zone) if one.tzinfo else one.replace(tzinfo=zone) for one in said]
    last = rest[0] if rest and rest[0] > start else None
    one = Days(start.date(), (last or start).date(), *found.span())
    reason, confidence = _sureness(one, today=today, timed=True)
    return Suggestion(
        field=Field.SESSION,
        value={
            "start": start.isoformat(),
            "end": (last or start + timedelta(hours=1)).isoformat(),
            "all_day": False,
            "time_zone": zone.key,
        },
        label=describe(one, start=start, end=last, all_day=False),
        confidence=confidence,
        reason=reason,
        evidence=(Span(where, *found.span()),),
    )


def _written(moment: str) -> datetime:
    return datetime.fromisoformat(moment.upper().replace(" ", "T", 1).replace(" ", ""))


def _is_deadline(text: str, one: Days) -> bool:
    return one.first == one.last and bool(_DEADLINE.search(text[max(0, one.start - 60) : one.start].rsplit(".", 1)[-1]))


def _attach(text: str, written: list[Days], spoken: list[Hours]) -> list[list[Hours]]:
    """Hours belong to the nearest day before them in the same paragraph, else to the day just after them."""
    groups: list[list[Hours]] = [[] for _ in written]
    waiting: list[Hours] = []
    for hour in spoken:
        before = [at for at, one in enumerate(written) if one.end <= hour.start]
        if before:
            last = written[before[-1]]
            reach = max([last.end, *(mine.end for mine in groups[before[-1]])])
            between = text[reach : hour.start]
            if len(between) <= _NEAR and "\n\n" not in between.replace(" ", "") and not _ends_sentence(between):
                for at in before:
                    if written[at].start == last.start:  # the days of one list share their hours
                        groups[at].append(hour)
                continue
        waiting.append(hour)
    for hour in waiting:
        after = [at for at, one in enumerate(written) if one.start >= hour.end and not groups[at]]
        if after and written[after[0]].start - hour.end <= 25 and "\n" not in text[hour.end : written[after[0]].start]:
            groups[after[0]].append(hour)
    return groups


def _ends_sentence(between: str) -> bool:
    return bool(re.search(r"[a-z)]{3}[.!?;] +(?!h)[a-z]", between)) and not re.search(r"horaires?|heure", between)


def _session(one: Days, mine: list[Hours], *, where: Where, today: date, zone: ZoneInfo) -> Suggestion:
    if mine:
        first = min(hour.first for hour in mine)
        lasts = [hour.last for hour in mine if hour.last is not None]
        start = datetime.combine(one.first, first, zone)
        # What ends at midnight or in the night ends on the next day.
        night = [last for last in lasts if last <= first]
        last = max(night or lasts, default=None)
        end_day = one.last + timedelta(days=1) if (night and one.first == one.last) or last == time(0) else one.last
        end = datetime.combine(end_day, last, zone) if last is not None else None
        if end is None or end < start:
            end = datetime.combine(one.last, max(hour.first for hour in mine), zone)
            end = start + timedelta(hours=1) if end <= start else end
    else:
        start = datetime.combine(one.first, time(0), zone)
        end = datetime.combine(one.last, time(23, 59), zone)
    reason, confidence = _sureness(one, today=today, timed=bool(mine))
    spans = [Span(where, one.start, one.end), *(Span(where, hour.start, hour.end) for hour in mine)]
    return Suggestion(
        field=Field.SESSION,
        value={
            "start": start.isoformat(),
            "end": end.isoformat(),
            "all_day": not mine,
            "time_zone": zone.key,
        },
        label=describe(one, start=start, end=end if any(hour.last for hour in mine) else None, all_day=not mine),
        confidence=confidence,
        reason=reason,
        evidence=tuple(spans),
    )


def _sureness(one: Days, *, today: date, timed: bool) -> tuple[Reason, float]:
    if one.last < today:
        return Reason.PAST, 0.3
    if one.odd:
        return Reason.WEEKDAY_DIFFERS, 0.5
    bonus = 0.1 if timed else 0.0
    return (Reason.YEAR_GUESSED, 0.75 + bonus) if one.guessed else (Reason.WRITTEN_DATE, 0.85 + bonus)


def _deadline(one: Days, *, where: Where, today: date) -> Suggestion:
    return Suggestion(
        field=Field.DEADLINE,
        value=one.first.isoformat(),
        label=_say(one.first),
        confidence=0.8 if one.first >= today else 0.3,
        reason=Reason.WRITTEN_DATE if not one.guessed else Reason.YEAR_GUESSED,
        evidence=(Span(where, one.start, one.end),),
    )


def describe(one: Days, *, start: datetime, end: datetime | None, all_day: bool) -> str:
    """« mardi 29 novembre 2026, de 15h à 17h »; `end` None where it was not said."""
    day = _say(one.first) if one.first == one.last else f"du {_say(one.first)} au {_say(one.last)}"
    if all_day:
        return day
    if end is None:
        return f"{day}, à {_clock(start)}"
    return f"{day}, de {_clock(start)} à {_clock(end)}"


def _say(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_WEEKDAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}h{moment.minute:02}" if moment.minute else f"{moment.hour}h"
