"""Invitations joined as iCalendar files. What they hold is bounded before it is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from commun.contributions.understanding.days import Days
from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where
from commun.contributions.understanding.sessions import describe

MOST_BYTES = 1_000_000
MOST_EVENTS = 20
MOST_SESSIONS = 20
MOST_LINES = 300  # of one event; ten thousand exception dates are nobody's
LONGEST_RULE = timedelta(days=730)
LONGEST_LINE = 4000  # a description is folded every 75 bytes
_EDGE = re.compile(rb"(BEGIN|END):(VEVENT|VTIMEZONE)\s{0,9}", re.IGNORECASE)
_RULES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))  # a rule of seconds would not end


def read(data: bytes, *, received_at: datetime, time_zone: str) -> Iterator[Suggestion]:
    """Title, sessions and place of each event; nothing where the file cannot be read."""
    zone = ZoneInfo(time_zone)
    given = 0
    for event in _events(data):
        try:
            suggestions = list(_of_event(event, received_at=received_at, zone=zone))
        except Exception:  # noqa: S112 (icalendar parses late: whatever a property raises, the event is unreadable)
            continue
        for one in suggestions:
            given += one.field is Field.SESSION
            if given > MOST_SESSIONS:
                return
            yield one


def _events(data: bytes) -> Iterator[Any]:
    blocks = list(islice(_blocks(data[:MOST_BYTES]), MOST_EVENTS + 5))
    from icalendar import Calendar  # loaded by the first invitation, not by every process

    source = b"\r\n".join([b"BEGIN:VCALENDAR", b"VERSION:2.0", *blocks, b"END:VCALENDAR", b""])
    try:
        calendar = Calendar.from_ical(source)
    except Exception:  # hostile bytes: what the library raises, the file is not a calendar
        return
    yield from islice(calendar.walk("VEVENT"), MOST_EVENTS)


def _blocks(data: bytes) -> Iterator[bytes]:
    """Events and time zones that begin and end, each with so many lines and no more; one reading of the bytes."""
    lines: list[bytes] = []
    kind = b""
    for line in data.splitlines():
        edge = _EDGE.fullmatch(line)
        if edge is not None and edge[1].upper() == b"BEGIN":
            kind, lines = edge[2].upper(), []  # neither holds the other: what did not end is left
        elif edge is not None and edge[2].upper() == kind:
            yield b"\r\n".join([b"BEGIN:" + kind, *lines, b"END:" + kind])
            kind = b""
        elif kind and len(lines) < MOST_LINES:
            lines.append(line[:LONGEST_LINE])


def _of_event(event: Any, *, received_at: datetime, zone: ZoneInfo) -> Iterator[Suggestion]:
    title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
    if title:
        yield _suggestion(Field.TITLE, title, title, 0.85)
    start = event["DTSTART"].dt
    end = _end(event, start)
    zone = _zone_of(start) or zone
    for at, first in enumerate(_starts(event, start)):
        if at >= MOST_SESSIONS:
            break
        yield _session(first, first + (end - start), zone=zone, today=received_at.astimezone(zone).date())
    if place := " ".join(str(event.get("LOCATION", "")).split())[:250]:
        if "://" in place:
            yield _suggestion(Field.VIDEO, place[place.find("http") :].split()[0].rstrip(";,"), "", 0.8)
        else:
            yield _suggestion(Field.PLACE, place, place, 0.85)
    if str(event.get("URL", "")).startswith("http"):
        yield _suggestion(Field.LINK, str(event["URL"])[:1000], title, 0.7)


def _end(event: Any, start: date) -> date:
    if "DTEND" in event:
        return max(event["DTEND"].dt, start)
    if "DURATION" in event:
        return start + event["DURATION"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _starts(event: Any, start: date) -> Iterator[date]:
    """The event's own date, then those of its rule, at most two years on."""
    yield start
    rule = event.get("RRULE")
    if rule is None or isinstance(rule, list) or str(rule.get("FREQ", [""])[0]).upper() not in _RULES:
        return
    begin = start if isinstance(start, datetime) else datetime.combine(start, time(0))
    naive = begin.replace(tzinfo=None)
    text = re.sub(r"UNTIL=[^;]*;?", "", rule.to_ical().decode()).rstrip(";")
    until = naive + LONGEST_RULE
    for day in rule.get("UNTIL", []):
        said = day if isinstance(day, datetime) else datetime.combine(day, time(23, 59))
        until = min(until, said.astimezone(begin.tzinfo).replace(tzinfo=None) if said.tzinfo else said)
    if "COUNT" in rule:
        text = re.sub(r"COUNT=(\d+)", lambda m: f"COUNT={min(int(m[1]), 1000)}", text)
        dates = _bounded(rrulestr(text, dtstart=naive), until)
    else:
        dates = iter(rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=naive))
    for one in islice(dates, MOST_SESSIONS):
        if one != naive:
            yield one.replace(tzinfo=begin.tzinfo) if isinstance(start, datetime) else one.date()


def _bounded(dates: Any, until: datetime) -> Iterator[datetime]:
    for one in dates:
        if one > until:
            return
        yield one


def _zone_of(moment: date) -> ZoneInfo | None:
    zone = getattr(moment, "tzinfo", None)
    return zone if isinstance(zone, ZoneInfo) and zone.key != "UTC" else None


def _session(start: date, end: date, *, zone: ZoneInfo, today: date) -> Suggestion:
    all_day = not isinstance(start, datetime)
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = (
            moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (start, end)
        )
    else:
        first = datetime.combine(start, time(0), zone)
        last = datetime.combine(max(start, end - timedelta(days=1)), time(23, 59), zone)
    label = describe(Days(first.date(), last.date(), 0, 0), start=first, end=last, all_day=all_day)
    past = last.date() < today
    return Suggestion(
        field=Field.SESSION,
        value={
            "start": first.isoformat(),
            "end": last.isoformat(),
            "all_day": all_day,
            "time_zone": zone.key,
        },
        label=label,
        confidence=0.3 if past else 0.97,
        reason=Reason.PAST if past else Reason.CALENDAR,
        evidence=(Span(Where.CALENDAR),),
    )


def _suggestion(field: Field, value: str, label: str, confidence: float) -> Suggestion:
    return Suggestion(
        field=field,
        value=value,
        label=label,
        confidence=confidence,
        reason=Reason.CALENDAR,
        evidence=(Span(Where.CALENDAR),),
    )
