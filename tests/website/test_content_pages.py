"""What the pages of events, news and resources say of whom they come from, where, and whether they still hold."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime

import pytest

from commun.accounts.services import INACTIVE_KEPT
from commun.common import clock, french, privacy
from commun.library import api as library
from tests.agenda.factories import EventFactory, NewsFactory
from tests.browser.content import make_site
from tests.library.factories import (
    ArticleFactory,
    ExperienceFactory,
    GuideFactory,
    OrganisationFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.peers.factories import town

pytestmark = pytest.mark.django_db


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_body_is_linked_to_its_page_in_the_directory_where_it_has_one(client):
    known = OrganisationFactory(name="Ville d’Exemple")
    partner = OrganisationFactory(name="Fabrique des liens")
    unknown = OrganisationFactory(name="Collectif du coin", is_checked=False)
    event = EventFactory(organiser=known, partners=[partner, unknown])
    told = f'<a href="/annuaire/{known.slug}/">Ville d’Exemple</a>'
    for page in (event, NewsFactory(partner=known), ExperienceFactory(contributor=known)):
        assert told in shown(client, page.url)
    text = shown(client, event.url)
    assert f'<a href="/annuaire/{partner.slug}/">Fabrique des liens</a>' in text
    assert "Collectif du coin" in text
    assert f"/annuaire/{unknown.slug}/" not in text
    for page in (NewsFactory(partner=unknown), ExperienceFactory(contributor=unknown)):
        text = shown(client, page.url)
        assert "Collectif du coin" in text
        assert f"/annuaire/{unknown.slug}/" not in text


def test_a_resource_says_how_many_live_where_it_happened(client, django_assert_num_queries):
    departement = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")
    place = TerritoryFactory(name="Hédé-Bazouges", departement=departement, population=2200)
    other = TerritoryFactory(name="Vieil-Exemple", population=None)
    page = ExperienceFactory(territories=[place, other])
    told = "Hédé-Bazouges (Ille-et-Vilaine), 2\u202f200\u00a0habitants&nbsp;; Vieil-Exemple"
    for address in (page.url, "/ressources/"):
        assert told in client.get(address).content.decode()
    found = library.published_resources()
    with django_assert_num_queries(0):
        assert [one.population for one in found[0].territories.all()] == [2200, None]


def test_what_is_over_is_said_so_on_its_page_and_in_lists(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 20, 9, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 20))
    theme = ThemeFactory()
    over = NewsFactory(date=date(2026, 1, 5), until=date(2027, 1, 19), themes=[theme])
    for address in (over.url, "/actualites/", theme.url):
        assert "Terminé depuis le 19\u00a0janvier 2027" in client.get(address).content.decode()
    over.delete()
    open_still = NewsFactory(date=date(2026, 1, 5), until=date(2027, 1, 20), themes=[theme])
    for address in (open_still.url, "/actualites/", theme.url):
        text = client.get(address).content.decode()
        assert open_still.title in text
        assert "Terminé" not in text
    assert "d’actualité jusqu’au" in client.get(open_still.url).content.decode()


def test_news_is_listed_from_its_day_on(client, monkeypatch):
    theme = ThemeFactory()
    NewsFactory(title="Demain", date=date(2027, 1, 21), themes=[theme])
    NewsFactory(title="Ce jour", date=date(2027, 1, 20), themes=[theme])
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 20))
    # Paris is an hour ahead: its 20th ends at 23:00 UTC.
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 20, 22, 30, tzinfo=UTC))
    for address in ("/actualites/", theme.url, "/flux/actualites.xml"):
        text = client.get(address).content.decode()
        assert "Ce jour" in text
        assert "Demain" not in text
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 21))
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 20, 23, 30, tzinfo=UTC))
    for address in ("/actualites/", theme.url, "/flux/actualites.xml"):
        assert "Demain" in client.get(address).content.decode()


def test_an_event_says_to_whom_to_put_a_question(client):
    known = OrganisationFactory()
    assert f'Une question&nbsp;? <a href="/annuaire/{known.slug}/">' in shown(client, EventFactory(organiser=known).url)
    for given in ({"organiser": OrganisationFactory(is_checked=False)}, {"organiser_name": "Le collectif"}, {}):
        assert 'Une question&nbsp;? <a href="/contact/">' in shown(client, EventFactory(**given).url)


def test_a_resource_says_whom_to_contact_through_the_network(client):
    able, _ = town("Bourg-le-Bon")
    alone = OrganisationFactory()
    for factory in (GuideFactory, ExperienceFactory):
        met = shown(client, factory(contributor=able).url)
        assert f'<a href="/annuaire/{able.slug}/">Demandez à rencontrer {able.name}</a>' in met
        for other in ({"contributor": alone}, {"credit": "La rédaction"}):
            assert 'Une question&nbsp;? <a href="/contact/">Écrivez-nous</a>' in shown(client, factory(**other).url)


def test_whoever_prepares_a_date_is_led_to_the_form_that_announces_it(client):
    assert 'Vous en préparez une&nbsp;? <a href="/contribuer/evenement/">' in shown(client, "/")


def test_the_page_on_personal_data_tells_all_that_is_kept_with_the_terms_that_are_obeyed(client):
    text = shown(client, "/donnees-personnelles/")
    rows = text[text.index("<tbody>") : text.index("</tbody>")]
    assert rows.count("<tr>") == len(privacy.told()) > 30
    assert text.index("Rien ne vous suit") < text.index("<tbody>")  # under the editor's text
    assert "<li><b>" not in text  # and what it tells is told once
    for told in ("Qui a un compte", "14\u00a0jours au plus", "bulletin", "Lettre signée", "Qui dit un besoin"):
        assert told.replace("\u00a0", " ") in rows.replace("\u00a0", " ")
    assert f"{french.term(INACTIVE_KEPT)} au plus sans connexion" in rows
    assert french.term(INACTIVE_KEPT) == "3 ans"


def test_no_page_skips_a_level_of_heading(client):
    written = ArticleFactory(title="Collé d’ailleurs", body=[("text", "<h4>Fin</h4><p>x</p><h3>Début</h3><p>y</p>")])
    for address in {*make_site().values(), written.url, "/", "/ressources/", "/agenda/", "/annuaire/", "/lettre/"}:
        html = client.get(address).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", main)]
        assert levels[0] == 1, address
        gaps = [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1]
        assert gaps == [], address
