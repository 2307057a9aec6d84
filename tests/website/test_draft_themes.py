"""A theme that is being prepared is told to nobody by the pages that are tied to it already."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse

from commun.common import clock
from commun.finding.services.sweeping import sweep
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ExperienceFactory, ThemeFactory

pytestmark = pytest.mark.django_db
TITLE = "Le grand secret de l’an prochain"


def everything(client, pages) -> str:
    caches["local"].clear()  # a minute later
    addresses = [
        *(page.url for page in pages),
        "/recherche/?q=secret",
        f"/recherche/?q={pages[0].title}",
        reverse("website:resource_feed"),
        reverse("website:news_feed"),
        reverse("agenda:calendar"),
        "/api/v1/resources",
    ]
    return "\n".join(client.get(address).content.decode() for address in addresses)


def test_a_draft_theme_is_named_nowhere_and_is_everywhere_once_on_line(client):
    theme = ThemeFactory(title=TITLE, slug="secret", vocabulary="cachotterie", live=False)
    pages = [
        ExperienceFactory(title="Une expérience", themes=[theme]),
        EventFactory(title="Un rendez-vous", themes=[theme], start=clock.now() + timedelta(days=9)),
        NewsFactory(title="Une nouvelle", themes=[theme]),
    ]
    said = everything(client, pages)
    for hidden in ("grand secret", "cachotterie", "/thematiques/secret/"):
        assert hidden not in said
    theme.save_revision().publish()
    sweep(now=clock.now())
    said = everything(client, pages)
    assert said.count("grand secret") >= 6
    theme.refresh_from_db()
    theme.unpublish()
    sweep(now=clock.now())
    assert "grand secret" not in everything(client, pages)
