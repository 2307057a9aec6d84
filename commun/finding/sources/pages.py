"""Pages of the library and of the agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, time
from hashlib import blake2b
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing

from commun.agenda.api import EventPage, NewsPage
from commun.cms.api import on_line
from commun.finding.analysis import Obstacle, audiences_in, named_in, said_in, stage_in
from commun.finding.types import Document, Named, Source
from commun.library.api import (
    ArticlePage,
    ConceptPage,
    ExperiencePage,
    GuidePage,
    KitPage,
    ResourceKind,
    ResourcePage,
    ResourceText,
    SheetPage,
    ThemePage,
    resource_texts,
    stream_text,
)
from commun.territories.api import Organisation

_RESOURCES = (ExperiencePage, ArticlePage, GuidePage, KitPage, ConceptPage)
# Types that share a table.
_FAMILIES: Mapping[Any, Collection[type[Page]]] = {
    ResourcePage: _RESOURCES,
    EventPage: (EventPage,),
    NewsPage: (NewsPage,),
}
_PARENTS = ("departement", "region", "successor__departement", "successor__region")


class Pages(Source):
    name = "pages"
    kinds: ClassVar[Mapping[str, str]] = {
        **dict(ResourceKind.choices),
        "sheet": "Fiche",
        "theme": "Thématique",
        "event": "Événement",
        "news": "Actualité",
    }
    page_models: ClassVar[tuple[type[Page], ...]] = (*_RESOURCES, SheetPage, ThemePage, EventPage, NewsPage)

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        """What a page says changes with its version, its address, the version of its themes, the sheets of a kit, the
        names of the bodies it names."""
        types = ContentType.objects.get_for_models(*self.page_models)
        pages = Page.objects.filter(live=True, content_type__in=[one.pk for one in types.values()])
        wanted = None if keys is None else [int(key) for key in keys]
        if wanted is not None:
            pages = pages.filter(pk__in=wanted)
        own: dict[int, list[Any]] = {}
        paths: dict[str, int] = {}
        kit, sheet = types[KitPage].pk, types[SheetPage].pk
        sheets: dict[str, list[Any]] = defaultdict(list)
        columns = ("pk", "path", "content_type", "url_path", "live_revision", "last_published_at")
        for pk, path, content_type, *rest in pages.order_by("pk").values_list(*columns):
            own[pk] = [content_type, *rest]
            if content_type == kit:
                paths[path] = pk
            elif content_type == sheet:
                sheets[path[: -Page.steplen]].append((pk, path, *rest))
        if wanted is not None and paths:
            sheets = self._sheets_of(paths, sheet=sheet)
        for path, pk in paths.items():
            own[pk] += sorted(sheets[path])
        asked: _Asked = dict.fromkeys(_FAMILIES) if wanted is None else _by_family(own, types=types)
        for pk, *theme in _theme_marks(asked):
            if pk in own:
                own[pk].append(theme)
        for pk, name in _named(asked):
            if pk in own:
                own[pk].append(name)
        return {str(pk): blake2b(repr(mark).encode(), digest_size=16).hexdigest() for pk, mark in own.items()}

    def _sheets_of(self, paths: Mapping[str, int], *, sheet: int) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for path in paths:
            rows = Page.objects.filter(live=True, content_type=sheet, path__startswith=path)
            columns = ("pk", "path", "url_path", "live_revision", "last_published_at")
            found[path] = list(rows.values_list(*columns))
        return found

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        pks = [int(key) for key in keys]
        root = _root_path()
        types = ContentType.objects.get_for_models(*self.page_models)
        asked = set(Page.objects.filter(pk__in=pks).values_list("content_type", flat=True))
        for models, read in _READERS:
            if not asked.isdisjoint(types[model].pk for model in models):
                yield from read(pks, root=root)

    def touched_by(self, *, page: Page) -> Collection[str]:
        """A kit shows its sheets, and they stand under its address."""
        model = page.specific_class
        found = [page.pk]
        if model is KitPage:
            found += SheetPage.objects.filter(path__startswith=page.path).values_list("pk", flat=True)
        elif model is SheetPage:
            found += KitPage.objects.filter(path=page.path[: -Page.steplen]).values_list("pk", flat=True)
        return [str(pk) for pk in found]


# For each family, of which pages something is asked; None: of all there are.
_Asked = Mapping[Any, list[int] | None]


def _by_family(own: Mapping[int, list[Any]], *, types: Mapping[Any, ContentType]) -> _Asked:
    kinds = {family: {types[model].pk for model in models} for family, models in _FAMILIES.items()}
    return {family: [pk for pk, mark in own.items() if mark[0] in kinds[family]] for family in _FAMILIES}


def _theme_marks(asked: _Asked) -> Iterator[tuple[int, int, Any, bool]]:
    """(page, its theme, when that was last published, whether it is on line), for all that have one."""
    for model, pks in asked.items():
        if pks == []:
            continue
        through = model.themes.through
        column = model.themes.field.m2m_field_name()
        rows = through.objects.order_by(column, "themepage")
        if pks is not None:
            rows = rows.filter(**{f"{column}__in": pks})
        yield from rows.values_list(f"{column}_id", "themepage_id", "themepage__last_published_at", "themepage__live")


# Where pages name a body: their family, the table that holds it, its columns for the page and for the body.
_NAMING: tuple[tuple[Any, Any, str, str], ...] = (
    (ResourcePage, ResourcePage.organisations.through, "resourcepage", "organisation"),
    (ResourcePage, ResourcePage, "pk", "contributor"),
    (EventPage, EventPage, "pk", "organiser"),
    (NewsPage, NewsPage, "pk", "partner"),
)


def _named(asked: _Asked) -> Iterator[tuple[int, str]]:
    """(page, name of a body it names), all or of these pages."""
    for family, table, page, body in _NAMING:
        pks = asked[family]
        if pks == []:
            continue
        rows = table.objects.filter(**{f"{body}__isnull": False}).order_by(page, body)
        if pks is not None:
            rows = rows.filter(**{f"{page}__in": pks})
        yield from rows.values_list(page, f"{body}__name")


def naming(*, organisation: int, most: int) -> list[int]:
    """Pages that name this body, `most` of each kind at most."""
    found: set[int] = set()
    for _family, table, page, body in _NAMING:
        found.update(table.objects.filter(**{body: organisation}).order_by().values_list(page, flat=True)[:most])
    return sorted(found)


def _root_path() -> str:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    return site.root_page.url_path if site is not None else "/"


def _page(page: Any, *, root: str, kind: str, **more: Any) -> Document:
    return Document(
        **{
            "key": str(page.pk),
            "kind": kind,
            "title": page.title,
            "summary": page.summary,
            "address": f"/{page.url_path.removeprefix(root)}",
            "at": page.first_published_at,
            "fresh_at": page.last_published_at,
            **more,
        }
    )


def _resources(pks: list[int], *, root: str) -> Iterator[Document]:
    for text in resource_texts(pks=pks):
        yield _resource(text, root=root)


def _resource(text: ResourceText, *, root: str) -> Document:
    page = text.page
    told = (text.story, text.body, text.what_failed, text.means)
    reviewed = _morning(page.reviewed_on)
    checked = max(filter(None, (page.last_published_at, reviewed)), default=None)
    chosen = {"audience": page.audiences, "obstacle": page.obstacles, "stage": [page.stage] if page.stage else []}
    facets: dict[str, Collection[str]] = {
        "theme": [theme.slug for theme in on_line(page.themes.all())],
        "licence": (page.licence,),
        "year": _year(page.first_published_at),
        **{name: chosen[name] or values for name, values in read_in(text).items()},
    }
    return _page(
        page,
        root=root,
        kind=text.kind.value,
        body="\n".join(part for part in told if part.strip()),
        parts=[Named(f"Fiche « {one.title} »", f"{one.title}\n{one.summary}\n{one.body}") for one in text.sheets],
        names=[*themes_named(on_line(page.themes.all())), *_bodies(*page.organisations.all(), page.contributor)],
        facets=facets,
        places=text.territories,
        fresh_at=checked,
    )


def read_in(text: ResourceText) -> dict[str, list[str]]:
    """What the text says of facets for which the editor has chosen nothing; each may be empty.

    Obstacles are named in what did not work; elsewhere, said to be ones. Of a stage, a title says more than the rest.
    """
    short = "\n".join(f"{sheet.title}\n{sheet.summary}" for sheet in text.sheets)
    obstacles = named_in(text.what_failed) | said_in("\n".join((text.title, text.summary, text.means, short)))
    stage = stage_in("\n".join((text.title, text.title, text.summary, short)))
    return {
        "audience": audiences_in(f"{text.title}\n{text.summary}"),
        "obstacle": [one.value for one in Obstacle if one in obstacles],
        "stage": [stage] if stage else [],
    }


def themes_named(themes: Iterable[ThemePage]) -> list[Named]:
    """What tells a theme: its title, and the words that it is known by."""
    return [named for theme in themes for named in (Named("Thématique", theme.title), *_vocabulary(theme))]


def _vocabulary(theme: ThemePage) -> list[Named]:
    return [Named(f"Thématique « {theme.title} »", ", ".join(theme.keywords))] if theme.keywords else []


def _bodies(*organisations: Organisation | None) -> list[Named]:
    return [Named("Organisation", one.name) for one in organisations if one is not None]


def _sheets(pks: list[int], *, root: str) -> Iterator[Document]:
    for sheet in SheetPage.objects.live().filter(pk__in=pks):
        yield _page(sheet, root=root, kind="sheet", body=stream_text(sheet.body))


def _own_themes(pks: list[int], *, root: str) -> Iterator[Document]:
    for theme in ThemePage.objects.live().filter(pk__in=pks):
        body = get_text_for_indexing(theme.introduction)
        facets = {"theme": (theme.slug,)}
        yield _page(theme, root=root, kind="theme", body=body, names=_vocabulary(theme), facets=facets)


def _events(pks: list[int], *, root: str) -> Iterator[Document]:
    near = [f"territory__{name}" for name in _PARENTS]
    events = EventPage.objects.live().filter(pk__in=pks).select_related("organiser", *near)
    for event in events.prefetch_related("themes"):
        yield _page(
            event,
            root=root,
            kind="event",
            body=f"{event.place}\n{stream_text(event.body)}",
            names=[*themes_named(on_line(event.themes.all())), Named("Organisation", event.organiser_label)],
            facets={
                "theme": [theme.slug for theme in on_line(event.themes.all())],
                "year": _year(event.start),
                "state": ("cancelled",) if event.is_cancelled else (),
            },
            places=[event.territory] if event.territory is not None else [],
            at=event.start,
            until=event.end,
        )


def _news(pks: list[int], *, root: str) -> Iterator[Document]:
    for news in NewsPage.objects.live().filter(pk__in=pks).select_related("partner").prefetch_related("themes"):
        at = _morning(news.date)
        yield _page(
            news,
            root=root,
            kind="news",
            body=f"{news.when}\n{stream_text(news.body)}",
            names=[*themes_named(on_line(news.themes.all())), *_bodies(news.partner)],
            facets={"theme": [theme.slug for theme in on_line(news.themes.all())], "year": _year(at)},
            at=at,
            until=_midnight(news.until),
        )


def _morning(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(9))) if day else None


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def _year(moment: datetime | None) -> tuple[str, ...]:
    return (str(timezone.localtime(moment).year),) if moment else ()


# Which tables are read for which types: a page that is published asks for its own alone.
_READERS: tuple[tuple[Collection[type[Page]], Any], ...] = (
    (_RESOURCES, _resources),
    ((SheetPage,), _sheets),
    ((ThemePage,), _own_themes),
    ((EventPage,), _events),
    ((NewsPage,), _news),
)
