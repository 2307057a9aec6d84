"""What an organisation's page says of its dates and of its news."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from commun.common import clock
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def page_of(client, organisation) -> str:
    return client.get(f"/annuaire/{organisation.slug}/").content.decode()


def test_a_partner_that_gave_dates_and_news_alone_has_published_something(client):
    partner = OrganisationFactory(name="Cerema", slug="cerema")
    assert "n’a encore rien publié ici" in page_of(client, partner)
    hers, shared = EventFactory(title="Son atelier", organiser=partner), EventFactory(title="Un atelier à deux")
    shared.partners = [partner]
    shared.save_revision().publish()
    today = timezone.localdate(clock.now())
    told = NewsFactory(title="Elle recrute", partner=partner, date=today)
    NewsFactory(title="Pas encore annoncée", partner=partner, date=today + timedelta(days=2))
    EventFactory(title="D’une autre")

    shown = page_of(client, partner)

    assert "n’a encore rien publié ici" not in shown
    for page in (hers, shared, told):
        assert page.title in shown
        assert f'href="{page.url}"' in shown
    assert "Pas encore annoncée" not in shown
    assert "D’une autre" not in shown


def test_what_is_cancelled_says_so_and_many_dates_cost_as_many_questions_as_few(client, django_assert_max_num_queries):
    partner = OrganisationFactory(name="Cerema", slug="cerema")
    EventFactory(title="Annulée", organiser=partner, is_cancelled=True)
    assert "Annulé." in page_of(client, partner)
    for number in range(20):
        EventFactory(title=f"Atelier {number}", organiser=partner)
    page_of(client, partner)
    with django_assert_max_num_queries(20):
        page_of(client, partner)
