"""What follows the call: who is thanked, who is reminded, what the next issue lacks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.contributions.models import Contribution, Event
from commun.contributions.services.conversation import ask
from commun.contributions.services.reminding import remind_waiting
from commun.contributions.types import Act, Kind, State, Trust
from commun.mailing.models import ServiceMail
from tests.contributions.factories import given, moderator
from tests.library.factories import ExperienceFactory, ThemeFactory
from tests.subscribers.pages import read

pytestmark = pytest.mark.django_db


def published(**values):
    row = given(**values)
    Contribution.objects.filter(pk=row.pk).update(state=State.PUBLISHED, issue_number=values.get("number"))
    return row


def test_only_who_agreed_proved_her_address_and_was_published_is_thanked(client, django_assert_max_num_queries):
    published(title="Un guide", name="Camille Exemple", thanks=True)
    published(title="Sans accord", name="Dominique Exemple")
    published(title="Sans preuve", name="Alix Exemple", thanks=True, trust=Trust.UNKNOWN)
    given(title="Pas publiée", name="Sacha Exemple", thanks=True)
    client.get("/robots.txt")  # when the clock next changes something is asked once, whichever page comes first
    with django_assert_max_num_queries(12):
        page = client.get("/merci/")
    shown = page.content.decode()
    assert "Camille Exemple" in shown
    assert not any(name in shown for name in ("Dominique", "Alix", "Sacha", "camille@"))
    read(page).assert_accessible()


def test_nobody_thanked_yet_is_said_kindly(client):
    assert "Personne n’y figure encore" in client.get("/merci/").content.decode()
    assert client.get("/merci/?page=zz").status_code == 200


def test_whoever_does_not_answer_is_reminded_once_after_two_weeks():
    now, row = clock.now(), given()
    ask(contribution_id=row.pk, text="Combien d’habitants ?", by=moderator(), now=now)
    before = ServiceMail.objects.count()
    assert remind_waiting(now=now + timedelta(days=13)) == 0
    assert remind_waiting(now=now + timedelta(days=15)) == 1
    assert remind_waiting(now=now + timedelta(days=40)) == 0
    assert ServiceMail.objects.count() == before + 1
    assert Event.objects.filter(act=Act.REMIND).count() == 1


def test_the_board_says_what_the_next_issue_lacks(client, django_assert_max_num_queries):
    today = clock.today()
    theme = ThemeFactory(title="Aller vers", planned_month=today.replace(day=1) + timedelta(days=62))
    ExperienceFactory(themes=[theme])
    given(kind=Kind.NEED, title="Un besoin", theme=theme)
    client.force_login(moderator())
    with django_assert_max_num_queries(40):
        page = client.get("/gestion/contributions/prochain-numero/")
    shown = page.content.decode()
    assert "Aller vers" in shown
    assert "un article, un guide ou un kit" in shown
    assert "Besoins sans réponse" in shown
    client.logout()
    assert client.get("/gestion/contributions/prochain-numero/").status_code == 302


def test_without_a_planned_theme_the_board_says_what_to_do(client):
    client.force_login(moderator())
    assert "donnez un mois à la prochaine" in client.get("/gestion/contributions/prochain-numero/").content.decode()
