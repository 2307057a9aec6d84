"""While an event is typed in the administration: those that look alike on the same days."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, REDACTION, create_member
from tests.agenda.factories import EventFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/gestion/agenda/semblables/"
BEGINS = datetime(2026, 12, 5, 17, tzinfo=ZoneInfo("Europe/Paris"))
TYPED = {"titre": "Marche exploratoire", "debut": "05/12/2026 18:00", "fin": "", "fuseau": "Europe/Paris", "page": ""}


def browser(*groups: str) -> Client:
    client = Client()
    client.force_login(create_member(email="dominique@example.org", groups=groups))
    return client


def shown(client: Client, **changes: str) -> str:
    answer = client.get(ADDRESS, {**TYPED, **changes})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def marches():
    return [
        EventFactory(title=title, start=at, end=at + timedelta(hours=2), live=live)
        for title, at, live in (
            ("Marche exploratoire au Bourg", BEGINS, True),
            ("Marches exploratoires du port", BEGINS + timedelta(days=1), False),
            ("Marche exploratoire de mai", BEGINS + timedelta(days=120), True),
            ("Conseil municipal", BEGINS, True),
        )
    ]


def test_published_ones_and_drafts_of_the_same_days_are_shown_and_lead_to_their_form(marches):
    told = shown(browser(REDACTION))
    assert "Marche exploratoire au Bourg" in told
    assert "brouillon" in told
    for page in marches[:2]:
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in told
    assert "de mai" not in told
    assert "Conseil municipal" not in told


def test_whoever_edits_no_page_sees_what_everybody_sees(marches):
    told = shown(browser(EXPLOITATION))
    assert f'href="{marches[0].url}"' in told
    assert "du port" not in told


def test_an_event_is_not_alike_itself(marches):
    assert "au Bourg" not in shown(browser(REDACTION), page=str(marches[0].pk))


@pytest.mark.parametrize(
    "changes",
    [
        {"titre": ""},
        {"titre": "la de le"},
        {"titre": "x" * 5000},
        {"titre": "\x00"},
        {"debut": ""},
        {"debut": "05/12/20"},
        {"debut": "01/01/0001 00:00"},
        {"debut": "31/12/9999 23:59"},
        {"fin": "99/99/9999 99:99"},
        {"fuseau": "Mars/Olympus"},
        {"page": "9" * 40},
        {"page": "x"},
    ],
)
@pytest.mark.usefixtures("marches")
def test_what_is_half_typed_or_cannot_be_shows_nothing_or_what_it_can(changes):
    assert "de mai" not in shown(browser(REDACTION), **changes)


@pytest.mark.usefixtures("marches")
def test_whoever_is_not_of_the_team_is_told_nothing():
    assert browser().get(ADDRESS, TYPED).status_code == 302
    assert Client().get(ADDRESS, TYPED).status_code == 302
