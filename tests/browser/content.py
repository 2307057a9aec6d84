"""A small site with something of everything, for the browser to look at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from commun.agenda.api import NewsKind, TimeZone
from commun.cms.api import NetworkSettings
from commun.library.api import ExperienceFigure
from commun.website.api import HomePage
from tests.agenda.factories import EventFactory, NewsFactory
from tests.cms.factories import DocumentFactory, ImageFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)

_LONG_AGO = datetime(2022, 11, 29, 14, tzinfo=UTC)


def make_site() -> dict[str, str]:
    """Every kind of page, filled. Returns the address of one of each, by template."""
    NetworkSettings.objects.create(
        site=HomePage.objects.get().get_site(),
        baseline="Le réseau des collectivités d’Exemple",
        contact_email="contact@example.org",
        postal_address="1 place de la Mairie\n12345 Exemple",
        publisher_name="Association d’Exemple",
    )
    image, document, place = ImageFactory(), DocumentFactory(), TerritoryFactory()
    partner = OrganisationFactory(is_partner=True, website="https://partenaire.example.org/", logo=ImageFactory())
    OrganisationFactory(is_partner=True)
    theme = ThemeFactory(
        introduction="<p>Passer de la parole aux actes.</p>",
        question="De quoi avez-vous besoin pour commencer ?",
        planned_month=timezone.localdate().replace(day=1),
        call_until=timezone.localdate(),
        cover_image=image,
    )
    told = {
        "themes": [theme],
        "territories": [place],
        "organisations": [partner],
        "contributor": partner,
        "cover_image": image,
        "body": _body(image=image, document=document),
        "source_url": "https://www.example.org/dossier",
        "reviewed_on": date(2026, 1, 15),
    }
    experience = ExperienceFactory(**told, **_story())
    experience.figures = [
        ExperienceFigure(value="120 foyers", label="ont répondu", date=date(2026, 3, 1), source="Ville d’Exemple")
    ]
    experience.save()
    kit = KitFactory(**told)
    sheets = [SheetFactory(parent=kit, body=_body(image=image, document=document)) for _ in range(3)]
    soon = timezone.now() + timedelta(days=10)
    event = EventFactory(
        themes=[theme],
        start=soon,
        end=soon + timedelta(hours=2),
        organiser=partner,
        is_online=True,
        time_zone=TimeZone.REUNION,
        registration_url="https://www.example.org/inscription",
        body=_body(image=image, document=document),
    )
    EventFactory(themes=[theme], is_cancelled=True, start=soon)
    EventFactory(themes=[theme], start=_LONG_AGO)
    news = NewsFactory(
        themes=[theme],
        partner=partner,
        kind=NewsKind.RECRUTEMENT,
        cover_image=image,
        when="Mardi 29 novembre",
        link_url="https://www.example.org/poste",
        link_label="Lire la fiche de poste",
    )
    pages = {
        "theme": theme,
        "experience": experience,
        "article": ArticleFactory(**told),
        "guide": GuideFactory(**told),
        "kit": kit,
        "sheet": sheets[1],
        "concept": ConceptFactory(**told),
        "event": event,
        "news": news,
    }
    return {name: page.url for name, page in pages.items()}


def _story() -> dict[str, Any]:
    return {
        "steps": [
            ("step", {"title": "Réunir les voisins", "when": "Mars 2026", "text": "<p>Autour d’une table.</p>"}),
            ("step", {"title": "Décider", "when": "", "text": "<p>À voix égales.</p>"}),
        ],
        "means_cost": "12 000 €",
        "means_time": "Six mois",
        "means_people": "Deux agentes",
        "what_failed": "<p>La première réunion était vide.</p>",
        "testifies_until": timezone.localdate() + timedelta(days=90),
    }


def _body(*, image: Any, document: Any) -> list[tuple[str, Any]]:
    figure = {
        "value": "38 %",
        "label": "des inscrits sont venus",
        "date": date(2026, 3, 1),
        "source": "Ville d’Exemple",
        "source_url": "https://www.example.org/chiffres",
    }
    return [
        ("heading", {"text": "Comment s’y prendre", "level": "h2"}),
        ("paragraph", '<p>Un paragraphe, avec un <a href="https://www.example.org/">lien vers un dossier</a>.</p>'),
        ("heading", {"text": "Dans le détail", "level": "h3"}),
        ("quote", {"words": "On a cessé d’attendre.", "author": "Une habitante", "role": "du quartier"}),
        ("callout", {"title": "À retenir", "text": "<p>Commencer petit.</p>"}),
        ("image", {"image": image, "caption": "Le chantier"}),
        (
            "video",
            {
                "title": "Le chantier en images",
                "url": "https://video.example.org/1",
                "image": image,
                "duration": "4 minutes",
                "transcript": "<p>On voit un banc.</p>",
            },
        ),
        ("figures", {"title": "Chiffres clés", "items": [figure]}),
        ("documents", {"title": "À télécharger", "items": [{"document": document, "note": "Pour signer"}]}),
        ("links", {"title": "Pour aller plus loin", "items": [{"text": "Le dossier", "url": "https://example.org/"}]}),
    ]
