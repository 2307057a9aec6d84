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
from tests.library.factories import ArticleFactory, ExperienceFactory, ThemeFactory

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


def test_an_issue_opens_with_its_choosers(client, editor, issue, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[IssuePage.objects.get().pk])).content.decode()
    for address in ("choisir-ressource", "choisir-evenement", "choisir-actualite", "choisir-concept"):
        assert f"/gestion/{address}/" in page
