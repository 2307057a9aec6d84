from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from commun.agenda.api import TimeZone
from commun.common import clock
from tests.agenda.factories import EventFactory
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db


def _read(response) -> icalendar.Calendar:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    for line in response.content.split(b"\r\n"):
        assert len(line) <= 75  # RFC 5545, 3.1
        assert b"\n" not in line
    return icalendar.Calendar.from_ical(response.content)


def _only_event(response) -> icalendar.Event:
    (event,) = _read(response).walk("VEVENT")
    return event


def test_an_event_is_imported_with_its_hours_on_the_clock_of_the_place(client):
    page = EventFactory(
        title="Réunion publique ; eau, énergie",
        start=datetime(2026, 12, 1, 6, 0, tzinfo=UTC),
        end=datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        time_zone=TimeZone.REUNION,
    )
    response = client.get(f"/agenda/{page.slug}.ics")
    event = _only_event(response)
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Indian/Reunion"))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2, minutes=30)
    assert str(event["summary"]) == page.title
    assert [str(zone["tzid"]) for zone in _read(response).walk("VTIMEZONE")] == ["Indian/Reunion"]
    assert event["uid"]
    assert str(event["location"]) == page.place
    assert event["url"].endswith(f"/agenda/{page.slug}/")


def test_the_days_of_an_all_day_event_are_all_in_the_calendar(client):
    page = EventFactory(
        all_day=True,
        start=datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/Paris")),
        end=datetime(2026, 11, 23, 18, tzinfo=ZoneInfo("Europe/Paris")),
    )
    event = _only_event(client.get(f"/agenda/{page.slug}.ics"))
    assert event.decoded("dtstart") == date(2026, 11, 22)
    assert event.decoded("dtend") == date(2026, 11, 24)


def test_an_event_keeps_its_identity_when_its_title_and_address_change(client):
    page = EventFactory()
    before = _only_event(client.get(f"/agenda/{page.slug}.ics"))["uid"]
    page.title, page.slug = "Autre titre", "autre-titre"
    page.save()
    assert _only_event(client.get("/agenda/autre-titre.ics"))["uid"] == before


def test_a_cancelled_event_says_so(client):
    page = EventFactory(is_cancelled=True)
    event = _only_event(client.get(f"/agenda/{page.slug}.ics"))
    assert event["status"] == "CANCELLED"


def test_a_draft_has_no_calendar(client):
    page = EventFactory(live=False)
    assert client.get(f"/agenda/{page.slug}.ics").status_code == 404


def test_the_agenda_holds_what_comes_and_the_last_three_months(client):
    now = clock.now()
    EventFactory(title="À venir", start=now + timedelta(days=30))
    EventFactory(title="Le mois dernier", start=now - timedelta(days=30))
    EventFactory(title="L’an dernier", start=now - timedelta(days=365))
    titles = {str(event["summary"]) for event in _read(client.get("/agenda.ics")).walk("VEVENT")}
    assert titles == {"À venir", "Le mois dernier"}


def test_one_may_subscribe_to_the_agenda_of_one_theme(client):
    theme = ThemeFactory(slug="le-passage-a-l-action")
    EventFactory(title="Attaché", start=clock.now() + timedelta(days=3), themes=[theme])
    EventFactory(title="Autre", start=clock.now() + timedelta(days=3))
    response = client.get("/agenda.ics?thematique=le-passage-a-l-action")
    assert str(_only_event(response)["summary"]) == "Attaché"


def test_the_agenda_of_an_unknown_theme_does_not_exist(client):
    assert client.get("/agenda.ics?thematique=inconnue").status_code == 404


def test_calendars_set_no_cookie_and_take_nothing_in(client):
    response = client.get("/agenda.ics")
    assert not response.cookies
    assert client.post("/agenda.ics").status_code == 405


def test_a_text_with_line_breaks_cannot_add_a_line_to_the_calendar(client):
    page = EventFactory(place="Mairie\r\nATTENDEE:mailto:camille@example.org")
    calendar = _read(client.get(f"/agenda/{page.slug}.ics"))
    assert not list(calendar.walk("VEVENT")[0].get("attendee", []))
