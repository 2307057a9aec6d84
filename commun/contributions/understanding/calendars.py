"""Invitations joined as iCalendar files (RFC 5545 and 5546). What they hold is bounded before it is parsed.

Recurrences, their exceptions and the occurrences that were moved are `recurring-ical-events`'s; what is ours is to
believe no file: so many events, lines and dates, and no rule that would not end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from commun.contributions.understanding.days import Days
from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where
from commun.contributions.understanding.sessions import describe
from commun.inbound.parsing.charsets import decode_text

MOST_BYTES = 1_000_000
MOST_SCANNED = 5000
MOST_EVENTS = 20
MOST_SESSIONS = 20
MOST_LINES = 300  # of one event
MOST_LISTED = 20  # lines of dates added or taken out; ten thousand exceptions are nobody's
LONGEST_RULE = timedelta(days=730)
LONGEST_LINE = 4000
_FOLD = re.compile(rb"\r?\n[ \t]")  # between two bytes, be they of one character (RFC 5545 § 3.1)
_EDGE = re.compile(rb"(BEGIN|END):(VEVENT|VTIMEZONE)\s{0,9}", re.IGNORECASE)
_METHOD = re.compile(rb"^METHOD:\s*([A-Z-]{1,20})\s*$", re.IGNORECASE | re.MULTILINE)
_LISTED = re.compile(rb"(?:RDATE|EXDATE)[;:]", re.IGNORECASE)
_STARTS = re.compile(rb"DTSTART[^:]{0,100}:(\d{8})", re.IGNORECASE)
_UID = re.compile(rb"^UID(?:;[^:\r\n]{0,200})?:([^\r\n]{1,1000})", re.IGNORECASE | re.MULTILINE)
_DESCRIPTION = re.compile(
    rb"^DESCRIPTION(?:;(?:[^:\"\r\n]|\"[^\"\r\n]*\"){0,500})?:([^\r\n]*)", re.IGNORECASE | re.MULTILINE
)
_RULES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))  # a rule of seconds would not end
# Answers to an invitation, not one.
_ANSWERS = frozenset(("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session of an event that recurs, sent without the others (RFC 5546 § 3.2.2 and 3.2.5): called off, or as it is now.

    `original`: when it was to begin, which names it for ever. `start`: when it begins now. Both are ISO 8601: a day, a
    moment on no clock, or an instant of UTC, as the calendar wrote them. `onwards`: it and all that follow.
    """

    original: str
    start: str
    sequence: int
    is_cancelled: bool
    onwards: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of a file: what tells whether it is known, and which of two versions is the later.

    `occurrences`: the sessions it is about, where it says nothing of the event itself, which is then not called off.
    """

    uid: str
    sequence: int
    is_cancelled: bool
    occurrences: tuple[Occurrence, ...] = ()


def read(data: bytes, *, received_at: datetime, time_zone: str) -> Iterator[Suggestion]:
    """Title, sessions and place of each event; nothing where the file cannot be read, or answers an invitation."""
    zone = ZoneInfo(time_zone)
    given = 0
    for versions, cancelled in _events(data, received_at=received_at):
        try:
            suggestions = list(_of_event(versions, cancelled=cancelled, received_at=received_at, zone=zone))
        except Exception:  # noqa: S112 (icalendar parses late: whatever a property raises, the event is unreadable)
            continue
        for one in suggestions:
            given += one.field is Field.SESSION
            if given > MOST_SESSIONS:
                return
            yield one


def invitations(data: bytes, *, received_at: datetime) -> list[Invitation]:
    """The events of a file that bear an identity, as `read` reads them; an answer to an invitation has none."""
    found = []
    for versions, cancelled in _events(data, received_at=received_at):
        uid = " ".join(str(versions[0].get("UID", "")).split())
        if uid and len(uid) <= 255:
            try:
                alone = tuple(_occurrence(one, cancelled=cancelled) for one in versions) if _is_alone(versions) else ()
            except Exception:  # noqa: S112 (as in `read`: a moment that cannot be read names no session)
                continue
            found.append(Invitation(uid, max(map(_sequence, versions)), cancelled and not alone, alone))
    return found


def one_by_one(data: bytes, *, received_at: datetime, most: int) -> Iterator[tuple[str, bytes, str]]:
    """(UID, a calendar of that event alone, its description) for the events of a diary that may still come, the nearest
    first, `most` of them; what bears no UID is left out."""
    if b"\0" in data[:8]:
        data = decode_text(data, "utf-16").encode()
    blocks = list(_blocks(_FOLD.sub(b"", data)))
    zones = [block for block in blocks if block.startswith(b"BEGIN:VTIMEZONE")][:MOST_EVENTS]
    begin = f"{received_at.date() - timedelta(days=31):%Y%m%d}".encode()  # what lasts may have begun
    found: dict[bytes, list[bytes]] = {}
    starts: dict[bytes, bytes] = {}
    for block in blocks:
        uid = _UID.search(block) if block.startswith(b"BEGIN:VEVENT") else None
        if uid is None:
            continue
        found.setdefault(uid[1], []).append(block)
        day = _STARTS.search(block)
        repeats = b"RRULE" in block or b"RDATE" in block
        if repeats or (day is not None and day[1] >= begin):
            starts[uid[1]] = min(starts.get(uid[1], b"9"), day[1] if day is not None and not repeats else begin)
    for key in sorted(starts, key=lambda one: (starts[one], one))[:most]:
        source = b"\r\n".join([b"BEGIN:VCALENDAR", b"VERSION:2.0", *zones, *found[key], b"END:VCALENDAR", b""])
        said = _DESCRIPTION.search(found[key][0])
        description = _unescaped(decode_text(said[1], "utf-8")) if said else ""
        yield decode_text(key, "utf-8").strip(), source, description


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


# --- bytes to events ----------------------------------------------------------------------------------


def _events(data: bytes, *, received_at: datetime) -> Iterator[tuple[list[Any], bool]]:
    """(the event and its moved occurrences, whether it is called off), the later version of each. Occurrences may come
    without their event: then each says for itself whether it is called off, unless the whole file calls off."""
    data = data[:MOST_BYTES]
    if b"\0" in data[:8]:
        data = decode_text(data, "utf-16").encode()
    data = _FOLD.sub(b"", data)
    method = found[1].decode().upper() if (found := _METHOD.search(data)) else ""
    if method in _ANSWERS:
        return
    blocks = _chosen(list(islice(_blocks(data), MOST_SCANNED)), today=received_at.date())
    from icalendar import Calendar  # loaded by the first invitation, not by every process

    source = b"\r\n".join([b"BEGIN:VCALENDAR", b"VERSION:2.0", *blocks, b"END:VCALENDAR", b""])
    try:
        components = list(Calendar.from_ical(decode_text(source, "utf-8")).walk("VEVENT"))
    except Exception:  # hostile bytes: what the library raises, the file is not a calendar
        return
    for versions in islice(_by_identity(components), MOST_EVENTS):
        yield versions, method == "CANCEL" or (not _is_alone(versions) and _is_called_off(versions[0]))


def _blocks(data: bytes) -> Iterator[bytes]:
    """Events and time zones that begin and end, each with so many lines and no more; one reading of the bytes."""
    lines: list[bytes] = []
    kind, listed = b"", 0
    for line in data.splitlines():
        edge = _EDGE.fullmatch(line)
        if edge is not None and edge[1].upper() == b"BEGIN":
            kind, lines, listed = edge[2].upper(), [], 0  # neither holds the other: what did not end is left
        elif edge is not None and edge[2].upper() == kind:
            yield b"\r\n".join([b"BEGIN:" + kind, *lines, b"END:" + kind])
            kind = b""
        elif kind and len(lines) < MOST_LINES:
            dates = _LISTED.match(line) is not None
            listed += dates
            if not dates or listed <= MOST_LISTED:
                lines.append(_shortened(line, dates=dates))


def _shortened(line: bytes, *, dates: bool) -> bytes:
    cut = line[:LONGEST_LINE]
    return cut.rpartition(b",")[0] if dates and len(line) > LONGEST_LINE else cut


def _chosen(blocks: list[bytes], *, today: date) -> list[bytes]:
    """Time zones, and of a whole diary the events that may still come; where none may, the first ones."""
    events = [block for block in blocks if block.startswith(b"BEGIN:VEVENT")]
    begin = f"{today - timedelta(days=1):%Y%m%d}".encode()
    coming = [
        block
        for block in events
        if b"RRULE" in block or b"RDATE" in block or (found := _STARTS.search(block)) is None or found[1] >= begin
    ]
    zones = [block for block in blocks if block.startswith(b"BEGIN:VTIMEZONE")]
    return [*zones[:MOST_EVENTS], *(coming or events)[: 5 * MOST_EVENTS]]


def _by_identity(components: list[Any]) -> Iterator[list[Any]]:
    """Events by UID, in order: first the event itself, then the occurrences that were moved; of each the later version."""
    found: dict[str, dict[str, Any]] = {}
    for at, event in enumerate(components):
        uid = str(event.get("UID", "")) or f"\0{at}"
        named = event.get("RECURRENCE-ID")
        which = str(named.to_ical() if hasattr(named, "to_ical") else named or "")
        known = found.setdefault(uid, {})
        if which not in known or _version(event) >= _version(known[which]):
            known[which] = event
    for versions in found.values():
        yield [versions[which] for which in sorted(versions, key=lambda which: which != "")]


def _is_alone(versions: list[Any]) -> bool:
    """Occurrences without the event they are of, which stands as it was known."""
    return "RECURRENCE-ID" in versions[0]


def _is_called_off(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _occurrence(event: Any, *, cancelled: bool) -> Occurrence:
    named = event["RECURRENCE-ID"]
    return Occurrence(
        original=_written(named.dt),
        start=_written(_bounds(event)[0]),
        sequence=_sequence(event),
        is_cancelled=cancelled or _is_called_off(event),
        onwards=str(named.params.get("RANGE", "")).upper() == "THISANDFUTURE",
    )


def _written(moment: date) -> str:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def _version(event: Any) -> tuple[int, str]:
    stamp = event.get("DTSTAMP")
    return _sequence(event), str(stamp.to_ical()) if stamp is not None and hasattr(stamp, "to_ical") else ""


def _sequence(event: Any) -> int:
    try:
        return max(0, min(int(event.get("SEQUENCE", 0)), 2**31 - 1))
    except (TypeError, ValueError):
        return 0


# --- events to suggestions ----------------------------------------------------------------------------


def _of_event(versions: list[Any], *, cancelled: bool, received_at: datetime, zone: ZoneInfo) -> Iterator[Suggestion]:
    event = versions[0]
    title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
    if title:
        yield _suggestion(Field.TITLE, title, title, 0.85)
    zone = _zone_of(_bounds(event)[0]) or zone
    today = received_at.astimezone(zone).date()
    if _is_alone(versions):
        for one in versions:
            yield _session(*_bounds(one), zone=zone, today=today, cancelled=cancelled or _is_called_off(one))
    else:
        if cancelled:
            yield _suggestion(Field.CANCELLED, True, "annulé", 0.95)
        for start, end in _occurrences(versions, received_at=received_at):
            yield _session(start, end, zone=zone, today=today, cancelled=cancelled)
    if place := " ".join(str(event.get("LOCATION", "")).split())[:250]:
        if "://" in place:
            yield _suggestion(Field.VIDEO, place[place.find("http") :].split()[0].rstrip(";,"), "", 0.8)
        else:
            yield _suggestion(Field.PLACE, place, place, 0.85)
    if str(event.get("URL", "")).startswith("http"):
        yield _suggestion(Field.LINK, str(event["URL"])[:1000], title, 0.7)


def _occurrences(versions: list[Any], *, received_at: datetime) -> list[tuple[date, date]]:
    """(start, end) of those to come within two years; where none is, of the event itself."""
    own = _bounds(versions[0])
    if len(versions) == 1 and not any(name in versions[0] for name in ("RRULE", "RDATE")):
        return [own]
    from icalendar import Calendar
    from recurring_ical_events import of

    calendar = Calendar()
    for event in versions:
        if not _ends(event):
            event.pop("RRULE", None)
        calendar.add_component(event)
    begin = min(received_at.astimezone(UTC) - timedelta(days=1), _instant(own[0]))
    begin = max(begin, received_at.astimezone(UTC) - timedelta(days=1)) if _has_rule(versions[0]) else begin
    found = islice(of(calendar).after(begin), MOST_SESSIONS)
    limit = begin + LONGEST_RULE
    dates = [_bounds(one) for one in found if not _is_called_off(one)]
    return [bounds for bounds in dates if _instant(bounds[0]) <= limit] or [own]


def _has_rule(event: Any) -> bool:
    return "RRULE" in event


def _ends(event: Any) -> bool:
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return len(rules) <= 3 and all(str(rule.get("FREQ", [""])[0]).upper() in _RULES for rule in rules)


def _instant(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(0), UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bounds(event: Any) -> tuple[date, date]:
    start = event["DTSTART" if "DTSTART" in event else "RECURRENCE-ID"].dt
    if "DTEND" in event:
        return start, max(event["DTEND"].dt, start)
    if "DURATION" in event:
        return start, start + event["DURATION"].dt
    return start, start if isinstance(start, datetime) else start + timedelta(days=1)


def _zone_of(moment: date) -> ZoneInfo | None:
    zone = getattr(moment, "tzinfo", None)
    return zone if isinstance(zone, ZoneInfo) and zone.key != "UTC" else None


def _session(start: date, end: date, *, zone: ZoneInfo, today: date, cancelled: bool) -> Suggestion:
    all_day = not isinstance(start, datetime)
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = (
            moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (start, end)
        )
        # From midnight to midnight is whole days, as Outlook writes them.
        all_day = first.time() == last.time() == time(0) and last.date() > first.date()
        last -= timedelta(minutes=1) if all_day else timedelta(0)
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
        confidence=0.3 if past or cancelled else 0.97,
        reason=Reason.CANCELLED if cancelled else Reason.PAST if past else Reason.CALENDAR,
        evidence=(Span(Where.CALENDAR),),
    )


def _suggestion(field: Field, value: str | bool, label: str, confidence: float) -> Suggestion:
    return Suggestion(
        field=field,
        value=value,
        label=label,
        confidence=confidence,
        reason=Reason.CALENDAR,
        evidence=(Span(Where.CALENDAR),),
    )
