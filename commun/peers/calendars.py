"""The meeting of an introduction as iCalendar (RFC 5545): what mail clients and telephones import."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from commun.common import french
from commun.peers.models import Introduction
from commun.peers.types import LASTS

PRODUCT = "-//Territoires en Commun//Rencontres//FR"


def to_ical(*, row: Introduction, url: str, now: datetime) -> bytes:
    """One event, in UTC, of an hour. `url` is the personal page of whoever gets it."""
    assert row.meeting_at is not None
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"rencontre-{row.reference}@{urlsplit(url).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", row.meeting_at)
    event.add("dtend", row.meeting_at + LASTS)
    event.add("summary", f"Rencontre : {french.name(row.asking.label)} et {french.name(row.asked.label)}")
    event.add("status", "CONFIRMED")
    event.add("description", "\n".join(part for part in (row.about, "Par téléphone ou en visio : à convenir.") if part))
    calendar.add_component(event)
    return calendar.to_ical()
