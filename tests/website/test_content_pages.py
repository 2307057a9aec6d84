"""What the pages of events, news and resources say of whom they come from, where, and whether they still hold."""

from __future__ import annotations

import pytest

from commun.library import api as library
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ExperienceFactory, OrganisationFactory, TerritoryFactory

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
    told = "Hédé-Bazouges (Ille-et-Vilaine), 2\u202f200 habitants&nbsp;; Vieil-Exemple"
    for address in (page.url, "/ressources/"):
        assert told in client.get(address).content.decode()
    found = library.published_resources()
    with django_assert_num_queries(0):
        assert [one.population for one in found[0].territories.all()] == [2200, None]
