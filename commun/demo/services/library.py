"""Themes, resources and concepts of the demonstration, as pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.demo.content.articles import ARTICLES, CONCEPTS, GUIDES
from commun.demo.content.experiences import EXPERIENCES
from commun.demo.content.kit import KITS
from commun.demo.content.markup import to_html, to_text
from commun.demo.content.shapes import Article, Concept, Entry, Experience, Guide, Kit, ThemeText
from commun.demo.content.themes import THEMES
from commun.demo.services.freshness import looked_at_on
from commun.demo.services.shelf import Shelf, existing, publish
from commun.demo.services.words import body_of, day_of, morning_of
from commun.library.api import (
    ArticlePage,
    ConceptIndexPage,
    ConceptPage,
    ExperienceFigure,
    ExperiencePage,
    GuidePage,
    KitPage,
    ResourceIndexPage,
    ResourcePage,
    SheetPage,
    ThemeIndexPage,
    ThemePage,
    ensure_sections,
)

_MODELS: dict[type[Entry], type[ResourcePage]] = {
    Experience: ExperiencePage,
    Article: ArticlePage,
    Guide: GuidePage,
    Kit: KitPage,
    Concept: ConceptPage,
}
_WELCOMES = {
    ThemeIndexPage: "Un thème tous les deux mois. Autour de lui se rassemblent les expériences, les méthodes et les "
    "dates que le réseau partage, avant et après la lettre.",
    ResourceIndexPage: "Des expériences racontées avec leurs moyens et leurs ratés, des articles, des guides "
    "et des kits à reprendre chez vous.",
    ConceptIndexPage: "Des notions expliquées simplement, pour se comprendre entre élus, agents et habitants.",
}


def load_library(*, shelf: Shelf, now: datetime) -> None:
    for section in ensure_sections(home=shelf.home):
        _welcome(section)
    themes = ThemeIndexPage.objects.get()
    for text in THEMES:
        page = existing(parent=themes, slug=text.slug) or _theme(text=text, parent=themes, shelf=shelf, now=now)
        shelf.themes[text.slug] = page
    resources, concepts = ResourceIndexPage.objects.get(), ConceptIndexPage.objects.get()
    for entry in sorted([*EXPERIENCES, *ARTICLES, *GUIDES, *KITS, *CONCEPTS], key=lambda entry: entry.published):
        parent = concepts if isinstance(entry, Concept) else resources
        found = existing(parent=parent, slug=entry.slug)
        shelf.pages[entry.slug] = found or _resource(entry=entry, parent=parent, shelf=shelf, now=now)


def _welcome(section: Any) -> None:
    """The sentence under a list's title, where nobody wrote another."""
    if not section.introduction:
        section.introduction = to_text(_WELCOMES[type(section)])
        section.save_revision().publish()


def _theme(*, text: ThemeText, parent: ThemeIndexPage, shelf: Shelf, now: datetime) -> ThemePage:
    planned = day_of(text.planned, now=now).replace(day=1)
    page = ThemePage(
        title=to_text(text.title),
        slug=text.slug,
        summary=to_text(text.summary),
        introduction=to_html(text.body),
        question=to_text(text.question),
        vocabulary="\n".join(to_text(word) for word in text.words),
        cover_image=shelf.pictures[text.picture],
        planned_month=planned,
        call_until=day_of(text.call_until, now=now) if text.call_until else None,
    )
    return publish(page, parent=parent, on=min(morning_of(planned), now))


def _resource(*, entry: Entry, parent: Any, shelf: Shelf, now: datetime) -> ResourcePage:
    page = _MODELS[type(entry)](
        title=to_text(entry.title),
        slug=entry.slug,
        summary=to_text(entry.in_short),
        cover_image=shelf.pictures[entry.picture],
        body=body_of(entry.body),
        contributor=shelf.organisations[entry.contributor],
        licence=entry.licence,
        source_label=to_text(entry.source_label),
        source_url=entry.source_url,
        audiences=list(entry.audiences),
        obstacles=list(entry.obstacles),
        stage=entry.stage,
        reviewed_on=looked_at_on(entry=entry, now=now),
    )
    page.themes = [shelf.themes[slug] for slug in entry.themes]
    page.territories = [shelf.place(key) for key in entry.places]
    page.organisations = [shelf.organisations[key] for key in entry.actors]
    if isinstance(entry, Experience) and isinstance(page, ExperiencePage):
        _tell(page=page, entry=entry, now=now)
    if isinstance(entry, Concept) and entry.further_url:
        item = {"text": to_text(entry.further_label), "page": None, "url": entry.further_url}
        page.body = [*body_of(entry.body), ("links", {"title": "Pour aller plus loin", "items": [item]})]
    publish(page, parent=parent, on=morning_of(entry.published))
    if isinstance(entry, Kit):
        _sheets(kit=page, entry=entry)
    return page


def _tell(*, page: ExperiencePage, entry: Experience, now: datetime) -> None:
    page.context = to_html(entry.context)
    page.steps = [
        ("step", {"title": to_text(step.title), "when": to_text(step.when), "text": to_html(step.text)})
        for step in entry.steps
    ]
    page.means_cost = to_text(entry.means.cost)
    page.means_time = to_text(entry.means.time)
    page.means_people = to_text(entry.means.people)
    page.what_failed = to_html(entry.what_failed)
    page.testifies_until = day_of(entry.testifies_until, now=now) if entry.testifies_until else None
    page.figures = [
        ExperienceFigure(
            value=to_text(result.figure),
            label=to_text(result.label),
            date=result.on,
            source=to_text(result.source),
            source_url=result.url,
            sort_order=order,
        )
        for order, result in enumerate(entry.results)
    ]


def _sheets(*, kit: ResourcePage, entry: Kit) -> None:
    for sheet in entry.sheets:
        page = SheetPage(
            title=to_text(sheet.title), slug=sheet.slug, summary=to_text(sheet.in_short), body=body_of(sheet.body)
        )
        publish(page, parent=kit, on=morning_of(entry.published))
