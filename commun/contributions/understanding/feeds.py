"""What partners publish for programs to read: calendars (.ics), RSS and Atom, the JSON of public agendas. Pure.

All of it is hostile: so many entries and no more, no entity, no date that cannot be; one entry that cannot be read is
left out, a file that is none of these is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from dateutil.parser import isoparse

from commun.contributions.understanding import calendars
from commun.contributions.understanding.result import Field

MOST_ENTRIES = 2000
MOST_READ = 300  # of those to come, the nearest
AHEAD = timedelta(days=550)
LONGEST_TEXT = 8000
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/li|/h[1-6])\b[^>]{0,200}>")
_BLANKS = re.compile(r"\n\s*\n\s*")
_EV = "{http://purl.org/rss/1.0/modules/event/}"
_CALLED_OFF = 6  # OpenAgenda's status


class Unreadable(Exception):
    """`why`: "unknown" (none of these), "malformed", "many"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event, or a piece of news where it has no `start`. Texts are plain; instants ISO 8601, aware."""

    uid: str
    title: str
    sequence: int = 0
    text: str = ""
    link: str = ""
    start: str = ""
    end: str = ""
    all_day: bool = False
    time_zone: str = ""
    place: str = ""
    registration: str = ""
    is_cancelled: bool = False
    published: datetime | None = None

    @property
    def is_event(self) -> bool:
        return bool(self.start)

    @property
    def digest(self) -> str:
        """Changes with what it says: many calendars never number their versions."""
        said = {name: value for name, value in asdict(self).items() if name not in {"sequence", "published"}}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read_feed(data: bytes, *, received_at: datetime, time_zone: str) -> list[Entry]:
    """Its events to come, the nearest first, and its news, the latest first. Raises `Unreadable`."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        found = _calendar(data, received_at=received_at, time_zone=time_zone)
    elif head[:1] in {b"{", b"["}:
        found = _json(data, received_at=received_at, time_zone=time_zone)
    elif head[:1] == b"<":
        found = _xml(data, time_zone=time_zone)
    else:
        raise Unreadable("unknown")
    kept = {entry.uid: entry for entry in found if entry.title and _may_come(entry, at=received_at)}
    return sorted(kept.values(), key=_rank)[:MOST_READ]


def _rank(entry: Entry) -> tuple[bool, str, float, str]:
    age = -entry.published.timestamp() if entry.published is not None else 0.0
    return (not entry.is_event, entry.start, age, entry.uid)


def _may_come(entry: Entry, *, at: datetime) -> bool:
    if not entry.is_event:
        return True
    return datetime.fromisoformat(entry.end) >= at and datetime.fromisoformat(entry.start) <= at + AHEAD


# --- calendars ----------------------------------------------------------------------------------------


def _calendar(data: bytes, *, received_at: datetime, time_zone: str) -> Iterator[Entry]:
    if data.upper().count(b"BEGIN:VEVENT") > MOST_ENTRIES:
        raise Unreadable("many")
    if b"END:VCALENDAR" not in data[-2000:].upper():
        raise Unreadable("malformed")  # cut on the way
    events = calendars.one_by_one(data, received_at=received_at, most=2 * MOST_READ)
    for uid, block, description in events:
        said: dict[Field, Any] = {}
        for one in calendars.read(block, received_at=received_at, time_zone=time_zone):
            said.setdefault(one.field, one.value)
        versions = calendars.invitations(block, received_at=received_at)
        if Field.SESSION not in said or not versions:
            continue
        yield Entry(
            uid=short_uid(uid),
            title=str(said.get(Field.TITLE, "")),
            sequence=versions[0].sequence,
            text=plain(description),
            link=str(said.get(Field.LINK, ""))[:500],
            place=str(said.get(Field.PLACE, ""))[:200],
            is_cancelled=versions[0].is_cancelled or _all_called_off(versions[0]),
            **said[Field.SESSION],
        )


def _all_called_off(event: calendars.Invitation) -> bool:
    """A feed says all there is: where it holds called off sessions alone, nothing else of the event is left."""
    return bool(event.occurrences) and all(one.is_cancelled for one in event.occurrences)


# --- JSON of public agendas ---------------------------------------------------------------------------


def _json(data: bytes, *, received_at: datetime, time_zone: str) -> Iterator[Entry]:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable("malformed") from None
    events = whole.get("events", whole.get("data")) if isinstance(whole, dict) else whole
    if not isinstance(events, list):
        raise Unreadable("unknown")
    if len(events) > MOST_ENTRIES:
        raise Unreadable("many")
    return _each(events, lambda one: _of_json(one, received_at=received_at, time_zone=time_zone))


def _of_json(event: dict[str, Any], *, received_at: datetime, time_zone: str) -> Entry | None:
    uid = str(event.get("uid") or event.get("id") or event.get("slug") or "")
    when = _timing(event, received_at=received_at)
    if not uid or when is None:
        return None
    zone = _zone(event.get("timezone"), otherwise=time_zone)
    where = event.get("location")
    where = where if isinstance(where, dict) else {"name": where}
    place = ", ".join(dict.fromkeys(filter(None, (_said(where.get(name)) for name in ("name", "address", "city")))))
    texts = (_said(event.get("description")), _said(event.get("longDescription")))
    updated = _instant(event.get("updatedAt"))
    return Entry(
        uid=short_uid(uid),
        title=_line(_said(event.get("title"))),
        sequence=max(0, min(int(updated.timestamp()), 2**31 - 1)) if updated else 0,
        text=plain("\n\n".join(filter(None, texts))),
        link=_address(event.get("canonicalUrl") or event.get("url") or event.get("link")),
        start=when[0].astimezone(zone).isoformat(),
        end=when[1].astimezone(zone).isoformat(),
        time_zone=zone.key,
        place=place[:200],
        registration=next(filter(None, map(_registration, _list(event.get("registration")))), ""),
        is_cancelled=event.get("status") in {_CALLED_OFF, "cancelled"},
    )


def _timing(event: dict[str, Any], *, received_at: datetime) -> tuple[datetime, datetime] | None:
    """Its first time to come; where none is, its last."""
    given = _list(event.get("timings")) or [event.get(name) for name in ("nextTiming", "firstTiming", "lastTiming")]
    times = []
    for one in islice((one for one in given if isinstance(one, dict)), 500):
        begin, end = _instant(one.get("begin") or one.get("start")), _instant(one.get("end"))
        if begin is not None:
            times.append((begin, end if end is not None and end > begin else begin + timedelta(hours=2)))
    times.sort()
    return next((one for one in times if one[1] >= received_at), times[-1] if times else None)


def _registration(one: Any) -> str:
    return _address(one.get("value") if isinstance(one, dict) else one)


# --- RSS and Atom -------------------------------------------------------------------------------------


def _xml(data: bytes, *, time_zone: str) -> Iterator[Entry]:
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data)
    except Exception:  # hostile bytes: whatever the parser raises, it is no feed
        raise Unreadable("malformed") from None
    if _name(root) not in {"rss", "RDF", "feed"}:
        raise Unreadable("unknown")
    entries = [one for one in root.iter() if _name(one) in {"item", "entry"}]
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("many")
    return _each(entries, lambda one: _of_xml(one, time_zone=time_zone))


def _of_xml(item: Any, *, time_zone: str) -> Entry | None:
    said: dict[str, str] = {}
    for child in item:
        name = child.tag if child.tag.startswith(_EV) else _name(child)
        text = "".join(child.itertext()).strip()
        if name == "link" and not text:  # Atom
            text = child.get("href", "") if child.get("rel", "alternate") == "alternate" else ""
        if text:
            said.setdefault(name, text)
    link = _address(said.get("link"))
    uid = said.get("guid") or said.get("id") or link
    if not uid:
        return None
    zone = ZoneInfo(time_zone)
    start, end = _instant(said.get(f"{_EV}startdate"), zone=zone), _instant(said.get(f"{_EV}enddate"), zone=zone)
    when: dict[str, Any] = {}
    if start is not None:
        end = end if end is not None and end > start else start + timedelta(hours=2)
        when = {"start": start.isoformat(), "end": end.isoformat(), "time_zone": time_zone}
    return Entry(
        uid=short_uid(uid),
        title=_line(plain(said.get("title", ""))),
        text=plain(said.get("encoded") or said.get("content") or said.get("description") or said.get("summary") or ""),
        link=link,
        place=_line(said.get(f"{_EV}location", ""))[:200],
        published=_instant(said.get("pubDate") or said.get("published") or said.get("updated") or said.get("date")),
        **when,
    )


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


# --- values -------------------------------------------------------------------------------------------


def _each(rows: Iterable[Any], read: Callable[[Any], Entry | None]) -> Iterator[Entry]:
    for row in rows:
        try:
            entry = read(row)
        except (AttributeError, ArithmeticError, KeyError, LookupError, TypeError, ValueError):
            continue  # of hostile bytes: that one cannot be read
        if entry is not None:
            yield entry


def short_uid(uid: str) -> str:
    uid = " ".join(uid.split())
    return uid if len(uid) <= 255 else hashlib.sha256(uid.encode()).hexdigest()


def plain(html: str) -> str:
    """Words alone, paragraphs kept."""
    text = unescape(nh3.clean(_BREAKS.sub("\n", html[: 4 * LONGEST_TEXT]), tags=set())).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in _BLANKS.sub("\n\n", text).split("\n"))
    return "\n".join(lines).strip()[:LONGEST_TEXT]


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _said(value: Any) -> str:
    """A text, or one per language: French first."""
    if isinstance(value, dict):
        value = value.get("fr") or next(iter(value.values()), "")
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _address(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text[:500] if text.startswith(("http://", "https://")) and not re.search(r"\s", text) else ""


def _zone(value: Any, *, otherwise: str) -> ZoneInfo:
    try:
        return ZoneInfo(value) if isinstance(value, str) and value else ZoneInfo(otherwise)
    except (OSError, ValueError, KeyError):
        return ZoneInfo(otherwise)


def _instant(value: Any, *, zone: ZoneInfo | None = None) -> datetime | None:
    """ISO 8601 or RFC 5322; without a clock, of this zone."""
    if not isinstance(value, str) or not value.strip():
        return None
    found: date
    try:
        found = isoparse(value.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(value.strip())
        except (TypeError, ValueError, IndexError):
            return None
    found = found if isinstance(found, datetime) else datetime.combine(found, time(0))
    return found if found.tzinfo is not None else found.replace(tzinfo=zone or UTC)
