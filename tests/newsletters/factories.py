"""A theme with all it takes for an issue, made for a test."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Site

from commun.accounts.api import create_member
from commun.cms.api import NetworkSettings
from commun.library.api import ThemePage
from commun.newsletters import api
from tests.agenda.factories import EventFactory, NewsFactory
from tests.cms.factories import home
from tests.library import factories as library

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def member(name: str, *groups: str) -> Any:
    return create_member(email=f"{name}@example.org", first_name=name.capitalize(), groups=groups)


def network(**changes: str) -> NetworkSettings:
    values = {
        "postal_address": "Territoires en Commun\n1 place de la Mairie\n75000 Paris",
        "baseline": "Participer, coopérer : ce qui se fait près de chez vous",
        "contact_email": "redaction@example.org",
        "contribution_email": "ressources@example.org",
        "agenda_email": "agenda@example.org",
    }
    site = Site.objects.get(is_default_site=True)
    row, _ = NetworkSettings.objects.update_or_create(site=site, defaults=values | changes)
    return row


def picture() -> Any:
    """As large as the letter shows it."""
    return library.ImageFactory(file__width=1200, file__height=800)


def filled_theme(**changes: Any) -> ThemePage:
    """A theme with two experiences, a kit, a concept, an event, a piece of news; the network and the archive exist."""
    network()
    api.ensure_sections(home=home())
    values = {
        "title": "Le passage à l’action",
        "introduction": "<p>Place au <b>concret</b>.</p>",
        "question": "De quoi avez-vous besoin pour agir ?",
        "planned_month": date(2026, 11, 1),
        "cover_image": picture(),
    }
    theme = library.ThemeFactory(**values | changes)
    isere = library.TerritoryFactory(kind="departement", code="38", name="Isère")
    grenoble = library.TerritoryFactory(name="Grenoble", code="38185", departement=isere)
    partner = library.OrganisationFactory(name="Partenaire d’Exemple", is_partner=True)
    library.ExperienceFactory(
        title="À Grenoble, les voisins refont la rue",
        themes=[theme],
        territories=[grenoble],
        cover_image=picture(),
        first_published_at=NOW,
    )
    library.ExperienceFactory(title="Une caisse commune", themes=[theme], first_published_at=NOW - timedelta(days=3))
    library.KitFactory(title="Dix fiches", themes=[theme], contributor=partner)
    library.ConceptFactory(title="La coopération", themes=[theme])
    EventFactory(title="Rencontre de Grenoble", themes=[theme], territory=grenoble)
    NewsFactory(title="Un partenaire recrute", themes=[theme], partner=partner)
    return theme


def composed(user: Any, **changes: Any) -> api.IssuePage:
    return api.compose_issue(theme=filled_theme(**changes), user=user, now=NOW)


def text_file(name: str) -> ContentFile[bytes]:
    return ContentFile(b"x", name=name)
