"""What the pages of events, news and resources say of whom they come from, where, and whether they still hold."""

from __future__ import annotations

import pytest

from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ExperienceFactory, OrganisationFactory

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
