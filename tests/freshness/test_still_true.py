"""« Toujours vrai ? »: who is asked, in which order, how often, and what becomes of the answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from commun.accounts.api import create_member
from commun.common import clock, privacy
from commun.contributions.models import Contribution
from commun.contributions.types import State
from commun.freshness.models import Watch
from commun.freshness.services.asking import ask_due
from commun.library.api import ExperienceFigure, ResourcePage, confirm_resource
from tests.contributions.factories import given
from tests.freshness.conftest import filled, path_in
from tests.library.factories import ArticleFactory, ExperienceFactory, OrganisationFactory, TerritoryFactory
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
NOW = next(  # a Tuesday, at work
    day
    for day in (clock.now().replace(hour=10, minute=0) + timedelta(days=more) for more in range(1, 8))
    if day.weekday() == 1
)
OLD = NOW - timedelta(days=600)
MONTH = timedelta(days=35)
LIST = reverse("freshness_team:index")


def old_page(title: str = "Le banc public", address: str = "", **values):
    page = ArticleFactory(title=title, first_published_at=OLD, **values)
    if address:
        row = given(title=title, address=address, name="Camille")
        Contribution.objects.filter(pk=row.pk).update(page=page, state=State.PUBLISHED)
    return page


def to(message) -> str:
    return message.to[0]


def test_whoever_gave_it_is_asked_once_and_says_yes_with_a_button(client):
    page = old_page(address="camille@bourg.example.org")
    confirmed = old_page("Relu hier", reviewed_on=clock.today())
    assert ask_due(now=NOW) == 1
    assert ask_due(now=NOW + timedelta(days=1)) == 0
    (message,) = mail.outbox
    assert to(message) == "camille@bourg.example.org"
    assert page.title in message.subject
    assert confirmed.title not in message.body
    url = path_in(message, "/toujours-vrai/")
    assert client.get(url).status_code == 200
    assert ResourcePage.objects.get(pk=page.pk).reviewed_on is None  # opening a link says nothing
    answer = filled(client, url, etat="true")
    assert "se dit vérifiée" in client.get(answer["Location"]).content.decode()
    assert ResourcePage.objects.get(pk=page.pk).reviewed_on == clock.today()
    assert "Vérifié le" in client.get(page.url).content.decode()
    assert ask_due(now=NOW + MONTH) == 0


def test_who_does_not_answer_leaves_it_to_her_collectivite_then_to_the_team(client, team):
    town = OrganisationFactory(name="Bourg", kind="collectivite", territory=TerritoryFactory(name="Bourg"))
    old_page("Le lavoir", address="camille@bourg.example.org", contributor=town)
    user = create_member(email="agente@bourg.example.org", first_name="Ada")
    make_mandate(user=user, organisation=town, now=NOW)
    ask_due(now=NOW)
    ask_due(now=NOW + MONTH)
    assert [to(one) for one in mail.outbox] == ["camille@bourg.example.org", "agente@bourg.example.org"]
    first, second = (path_in(one, "/toujours-vrai/") for one in mail.outbox)
    assert client.get(first).status_code == 404  # it is asked to another
    assert client.get(second).status_code == 200
    # Her mail may be lost: the same question stands first on her own page, until it is answered.
    client.force_login(user)
    space = client.get(reverse("website:space")).content.decode()
    assert "Dire si c’est toujours vrai" in space
    assert client.get(re.search(r'href="(/toujours-vrai/[^"]+)"', space)[1]).status_code == 200
    client.logout()
    assert "Le lavoir" not in team.get(LIST).content.decode()
    ask_due(now=NOW + 2 * MONTH)
    assert len(mail.outbox) == 2
    assert "Le lavoir" in team.get(LIST).content.decode()


def test_one_mail_a_person_and_a_month_however_many_pages(client):
    for number in range(12):
        old_page(f"Page {number:02}", address="camille@bourg.example.org")
    assert ask_due(now=NOW) == 10
    assert ask_due(now=NOW + timedelta(days=2)) == 0
    (message,) = mail.outbox
    assert "et 9 autres pages" in message.subject
    assert message.body.count("/toujours-vrai/") == 10


def test_nobody_is_asked_at_night_nor_on_a_sunday():
    old_page(address="camille@bourg.example.org")
    for at in (NOW.replace(hour=2), NOW + timedelta(days=5)):
        assert ask_due(now=at) == 0
    assert ask_due(now=NOW + timedelta(days=1)) == 1


def test_what_changed_is_said_and_waits_for_the_team_until_it_confirms(client, team):
    page = old_page(address="camille@bourg.example.org")
    ask_due(now=NOW)
    url = path_in(mail.outbox[0], "/toujours-vrai/")
    assert filled(client, url, etat="changed").status_code == 422  # what changed?
    filled(client, url, etat="changed", precisions="Le budget est de 12 000 €.")
    shown = team.get(reverse("freshness_team:page", args=[page.pk])).content.decode()
    assert "Le budget est de 12 000 €." in shown
    assert "A changé" in team.get(LIST).content.decode()
    team.post(reverse("freshness_team:confirm", args=[page.pk]))
    assert "Le banc public" not in team.get(LIST).content.decode()
    assert ResourcePage.objects.get(pk=page.pk).reviewed_on == clock.today()
    assert Watch.objects.get().words == ""
    assert filled_or_settled(client, url)


def filled_or_settled(client, url) -> bool:
    return "se dit vérifiée" in client.get(url).content.decode()


def test_a_page_confirmed_on_its_own_screen_is_asked_about_no_more(team):
    page = old_page()
    ask_due(now=NOW)
    assert "Le banc public" in team.get(LIST).content.decode()
    confirm_resource(page_id=page.pk, on=clock.today())
    ask_due(now=NOW)
    assert "Le banc public" not in team.get(LIST).content.decode()


def test_a_figure_past_its_rule_is_a_reason_and_one_that_changes_no_more_is_none():
    young = NOW - timedelta(days=30)
    asked = ExperienceFactory(title="Budget", first_published_at=young)
    still = ExperienceFactory(title="Acquis", first_published_at=young)
    for page, rule in ((asked, 12), (still, 0)):
        ExperienceFigure.objects.create(
            page=page, value="12 000 €", label="par an", source="Ville", date=date(2022, 1, 1), review_after=rule
        )
    assert ask_due(now=NOW) == 1
    assert Watch.objects.get().why == "figures"


def test_confirming_touches_no_draft_but_its_date():
    page = old_page()
    page.save_revision().publish()
    page.title = "Un brouillon"
    page.save_revision()
    assert confirm_resource(page_id=page.pk, on=date(2026, 5, 4))
    fresh = ResourcePage.objects.get(pk=page.pk).specific
    assert fresh.title == "Le banc public"
    draft = fresh.get_latest_revision_as_object()
    assert (draft.title, draft.reviewed_on) == ("Un brouillon", date(2026, 5, 4))


def test_what_is_kept_of_whoever_is_asked_is_exported_and_erased(team):
    page = old_page(address="camille@bourg.example.org")
    ask_due(now=NOW)
    assert "freshness" in privacy.export_person(email="camille@bourg.example.org")
    privacy.erase_person(email="camille@bourg.example.org", now=NOW)
    assert "freshness" not in privacy.export_person(email="camille@bourg.example.org")
    assert page.title in team.get(LIST).content.decode()  # nobody else will be asked in her place: the team is
