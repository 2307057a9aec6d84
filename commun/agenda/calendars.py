"""Events as iCalendar (RFC 5545): what mail clients and telephones import or subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vText
from icalendar.prop import vUri

from commun.agenda.models import EventPage
from commun.cms.api import on_line

PRODUCT = "-//Territoires en Commun//Agenda//FR"
REFRESH = timedelta(hours=12)


def to_ical(*, events: Iterable[EventPage], address: Callable[[EventPage], str], name: str, now: datetime) -> bytes:
    """A calendar with these events. Times keep the clock of the place: its time zone goes with them. `address`: the
    whole one of a page."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in events:
        calendar.add_component(_component(event=event, url=address(event), now=now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _component(*, event: EventPage, url: str, now: datetime) -> Event:
    component = Event()
    # The page's own key outlives a change of title, address, dates, and of the name of the site (RFC 7986, 5.3: no host
    # in it): the same event is updated, not doubled.
    component.add("uid", str(event.translation_key))
    component.add("sequence", _sequence(event))
    component.add("dtstamp", event.last_published_at or now)
    if event.last_published_at:
        component.add("last-modified", event.last_published_at)
    if event.all_day:
        component.add("dtstart", event.first_day)
        component.add("dtend", event.last_day + timedelta(days=1))  # RFC 5545 3.6.1: the end is not included
        component.add("transp", "TRANSPARENT")
    else:
        component.add("dtstart", event.local_start)
        component.add("dtend", event.local_end)
    component.add("summary", f"Annulé : {event.title}" if event.is_cancelled else event.title)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    details = [
        event.summary,
        _line("Inscription", event.registration_url),
        _line("Visioconférence", event.video_url),
        url,
    ]
    component.add("description", "\n".join(filter(None, details)))
    component.add("url", vUri(url))
    if location := event.place or ("En ligne" if event.is_online else ""):
        component.add("location", location)
    categories = [theme.title for theme in on_line(event.themes.all())]
    if categories:
        component.add("categories", [vText(title) for title in categories])
    return component


def _sequence(event: EventPage) -> int:
    """Grows with each publication (RFC 5545, 3.8.7.4): Google and Outlook ignore a change that does not move it."""
    first, last = event.first_published_at, event.last_published_at
    return max(0, int((last - first).total_seconds())) if first and last else 0


def _line(label: str, url: str) -> str:
    return f"{label} : {url}" if url else ""
