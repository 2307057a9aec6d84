"""A meeting of a project as iCalendar (RFC 5545): what mail clients and telephones import."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from commun.cooperation.models import ProjectMeeting

PRODUCT = "-//Territoires en Commun//Projets//FR"


def to_ical(*, meeting: ProjectMeeting, url: str, now: datetime) -> bytes:
    """One event, in UTC; asked again after a change it replaces the first (same UID)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"reunion-{meeting.pk}@{urlsplit(url).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", meeting.start)
    event.add("dtend", meeting.end)
    cancelled = meeting.cancelled_at is not None
    event.add("summary", f"Annulée : {meeting.title}" if cancelled else f"{meeting.project.title} : {meeting.title}")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("description", "\n".join(part for part in (meeting.agenda, meeting.video_url, url) if part))
    if meeting.place or meeting.video_url:
        event.add("location", meeting.place or meeting.video_url)
    calendar.add_component(event)
    return calendar.to_ical()
