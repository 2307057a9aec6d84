"""Choosing what a letter shows: found as readers find, narrowed as an editor thinks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex

from commun.common import clock
from commun.finding.api import rebuild
from commun.newsletters.models import IssuePage
from tests.agenda.factories import EventFactory
from tests.library.factories import ArticleFactory, ExperienceFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(client, editor, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)

    def _choose(name, **asked):
        return client.get(reverse(f"{name}:choose_results"), asked).content.decode()

    return _choose


def test_resources_are_found_with_typing_errors_by_theme_and_kind(choose):
    water, roads = ThemeFactory(title="Eau"), ThemeFactory(title="Voirie")
    ExperienceFactory(title="Un chantier participatif pour la fontaine", themes=[water])
    ArticleFactory(title="Réparer la rue avec ses habitants", themes=[roads])
    ExperienceFactory(title="Le chantier secret", live=False)
    rebuild(progress=lambda *done: None)
    everything = choose("choisir_ressource")
    for title in ("fontaine", "Réparer la rue", "chantier secret"):
        assert title in everything
    found = choose("choisir_ressource", q="chantié participatif")
    assert "fontaine" in found
    assert "Réparer" not in found
    assert "chantier secret" in choose("choisir_ressource", q="chantier secret")
    assert "Réparer" not in choose("choisir_ressource", theme=water.pk)
    assert "fontaine" not in choose("choisir_ressource", kind="library.ArticlePage")
    assert "fontaine" not in choose("choisir_ressource", picture="on")
    assert "Réparer" not in choose("choisir_experience")


@pytest.mark.parametrize("odd", ["zzzzqqqq", "%", "' OR 1=1 --", "\0", "é" * 3000, "🎉"])
@pytest.mark.parametrize("name", ["choisir_ressource", "choisir_evenement"])
def test_whatever_is_typed_it_answers(choose, name, odd):
    assert choose(name, q=odd)


def test_what_a_letter_showed_says_so_and_can_be_left_out(choose, sent):
    sent.refresh_from_db()
    assert sent.live
    shown = next(section.value["page"] for section in sent.body if section.block_type == "featured")
    page = choose("choisir_ressource")
    assert f"n° {sent.number}" in page
    assert shown.title in page
    assert shown.title not in choose("choisir_ressource", new="on")
    assert ReferenceIndex.objects.filter(to_object_id=str(shown.pk)).exists()


def test_events_to_come_say_their_date_and_past_ones_are_asked_for(choose):
    now = clock.now()
    EventFactory(title="Rencontre à venir", start=now + timedelta(days=9), end=now + timedelta(days=9, hours=2))
    EventFactory(title="Rencontre passée", start=now - timedelta(days=9), end=now - timedelta(days=9, hours=-2))
    page = choose("choisir_evenement")
    assert "Rencontre à venir" in page
    assert "Rencontre passée" not in page
    assert "(passé)" in choose("choisir_evenement", past="on")


def test_a_page_is_found_by_its_region_and_by_its_departement(choose):
    brittany = TerritoryFactory(kind="region", code="53", name="Bretagne")
    finistere = TerritoryFactory(kind="departement", code="29", name="Finistère", region=brittany)
    quimper = TerritoryFactory(name="Quimper", code="29232", departement=finistere, region=brittany)
    brest = TerritoryFactory(name="Brest", code="29019", departement=finistere, region=brittany)
    ExperienceFactory(title="Le marché des deux villes", territories=[quimper, brest])
    ExperienceFactory(title="Une charte régionale", territories=[brittany])
    ExperienceFactory(title="Un jardin ailleurs", territories=[TerritoryFactory(name="Ailleurs")])
    soon = clock.now() + timedelta(days=9)
    EventFactory(title="Forum de Quimper", territory=quimper, start=soon, end=soon + timedelta(hours=2))
    EventFactory(title="Forum d’ailleurs", start=soon, end=soon + timedelta(hours=2))
    region = choose("choisir_ressource", place="region:53")
    assert region.count("Le marché des deux villes") == choose("choisir_ressource").count("Le marché des deux villes")
    assert "Une charte régionale" in region
    assert "Un jardin ailleurs" not in region
    departement = choose("choisir_experience", place="departement:29")
    assert "Le marché des deux villes" in departement
    assert "Une charte régionale" not in departement
    events = choose("choisir_evenement", place="region:53")
    assert "Forum de Quimper" in events
    assert "Forum d’ailleurs" not in events
    assert "Un jardin ailleurs" in choose("choisir_ressource", place="region:nulle-part")  # garbage narrows nothing


def test_the_window_offers_regions_and_departements_but_news_have_no_place(client, editor, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    brittany = TerritoryFactory(kind="region", code="53", name="Bretagne")
    TerritoryFactory(kind="departement", code="29", name="Finistère", region=brittany)
    window = client.get(reverse("choisir_ressource:choose")).json()["html"]
    assert '<option value="region:53">Bretagne</option>' in window
    assert '<option value="departement:29">Finistère (29)</option>' in window
    assert "Territoire" not in client.get(reverse("choisir_actualite:choose")).json()["html"]


def test_an_issue_opens_with_its_choosers(client, editor, issue, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[IssuePage.objects.get().pk])).content.decode()
    for address in ("choisir-ressource", "choisir-evenement", "choisir-actualite", "choisir-concept"):
        assert f"/gestion/{address}/" in page
