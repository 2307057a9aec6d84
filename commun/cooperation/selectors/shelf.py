"""What may be suggested, read once and kept in the memory of each process.

Each call compares one cheap version of the published pages with the one it knows. When it moved, pages are compared
one by one, and only those that changed are read again. Nothing has to be told to this module, in any process.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, QuerySet, Sum
from wagtail.models import Page

from commun.agenda.api import EventPage, events
from commun.cooperation.matching import Candidate, Index, Kind, Place, Text
from commun.library.api import (
    ArticlePage,
    ConceptPage,
    ExperiencePage,
    GuidePage,
    KitPage,
    ResourceText,
    SheetPage,
    resource_texts,
    stream_text,
)
from commun.territories.api import Territory, TerritoryKind

_TITLE, _SUMMARY, _BODY = 3.0, 2.0, 1.0
_LOT = 250
_MODELS = (ArticlePage, ConceptPage, EventPage, ExperiencePage, GuidePage, KitPage, SheetPage)
_Mark = tuple[Any, ...]


class _Shelf:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.index = Index()
        self.version: _Mark = ()
        self.marks: dict[int, _Mark] = {}


_shelf = _Shelf()


@contextmanager
def current_index() -> Iterator[Index]:
    """The index as published now, held for whoever reads it: one query, unless something was published."""
    with _shelf.lock:
        version = _version()
        if version != _shelf.version:
            _refresh()
            _shelf.version = version
        yield _shelf.index


def forget_index() -> None:
    """Read everything again next time. For tests, whose databases come and go under one process."""
    with _shelf.lock:
        _shelf.forget()


def _pages() -> QuerySet[Page]:
    types = ContentType.objects.get_for_models(*_MODELS).values()
    return Page.objects.filter(live=True, content_type__in=[one.pk for one in types])


def _version() -> _Mark:
    """Sums see what maxima do not: two publications that are committed in the other order than they were dated."""
    found = _pages().aggregate(
        n=Count("pk"), at=Max("last_published_at"), pages=Sum("pk"), revisions=Sum("live_revision_id")
    )
    return tuple(found.values())


def _refresh() -> None:
    """A failure on the way leaves the version as it was: the next call goes through everything again."""
    marks = _marks()
    for pk in _shelf.marks.keys() - marks.keys():
        _shelf.index.drop(page_key(pk))
    changed = [pk for pk, mark in marks.items() if _shelf.marks.get(pk) != mark]
    for lot in _lots(sorted(changed)):
        on_the_agenda = events().select_related("territory__successor").filter(pk__in=lot, is_cancelled=False)
        read = [*map(_resource, resource_texts(pks=lot)), *map(_event, on_the_agenda)]
        for pk in lot:
            _shelf.index.drop(page_key(pk))
        for candidate in read:
            _shelf.index.put(candidate)
    _shelf.marks = marks


def _marks() -> dict[int, _Mark]:
    """What changes when a page does, by page; a kit changes with its sheets."""
    sheet = ContentType.objects.get_for_model(SheetPage).pk
    rows = _pages().order_by("pk").values_list("pk", "path", "content_type", "live_revision", "last_published_at")
    own, sheets = {}, dict[str, _Mark]()
    for pk, path, content_type, revision, at in rows:
        if content_type == sheet:
            kit = path[: -Page.steplen]
            sheets[kit] = (*sheets.get(kit, ()), pk, path, revision, at)
        else:
            own[pk] = (path, revision, at)
    return {pk: (*mark, *sheets.get(mark[0], ())) for pk, mark in own.items()}


def page_key(pk: int) -> str:
    return f"page:{pk:010}"


def _resource(text: ResourceText) -> Candidate:
    short = "\n".join(f"{sheet.title}\n{sheet.summary}" for sheet in text.sheets)
    long = "\n".join(sheet.body for sheet in text.sheets)
    rest = (text.body, text.story, text.means, text.what_failed, short, long)
    return Candidate(
        key=page_key(text.pk),
        kind=Kind(text.kind.value),
        texts=(Text(text.title, _TITLE), Text(text.summary, _SUMMARY), *(Text(one, _BODY) for one in rest if one)),
        difficulties=text.what_failed,
        circumstances="\n".join((text.title, text.summary, text.means, short)),
        themes=frozenset(map(str, text.themes)),
        places=tuple(place_of(territory) for territory in text.territories),
    )


def _event(event: EventPage) -> Candidate:
    texts = (Text(event.title, _TITLE), Text(event.summary, _SUMMARY), Text(stream_text(event.body), _BODY))
    return Candidate(
        key=page_key(event.pk),
        kind=Kind.EVENT,
        texts=texts,
        themes=frozenset(str(theme.pk) for theme in event.themes.all()),
        places=(place_of(event.territory),) if event.territory else (),
        until=event.end,
    )


def place_of(territory: Territory, *, named: bool = False) -> Place:
    """A place of the register as it is today; `named` reads the names of its département and région too."""
    today = territory.successor or territory
    departement = today if today.kind == TerritoryKind.DEPARTEMENT else None
    region = today if today.kind == TerritoryKind.REGION else None
    departement_id = departement.pk if departement else today.departement_id
    region_id = region.pk if region else today.region_id
    if named:
        departement, region = departement or today.departement, region or today.region
    return Place(
        kind=today.kind,
        population=today.population,
        departement=str(departement_id or ""),
        departement_name=departement.name if named and departement else "",
        region=str(region_id or ""),
        region_name=region.name if named and region else "",
    )


def _lots(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), _LOT):
        yield pks[start : start + _LOT]
