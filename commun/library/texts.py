"""What resources say, as plain text, for whoever compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Length, Substr
from wagtail.rich_text import get_text_for_indexing

from commun.library.models import ExperiencePage, ResourcePage, SheetPage
from commun.library.types import ResourceKind
from commun.territories.api import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceText:
    """A resource in words. What only an experience has is empty for others; `sheets` are those of a kit.

    `page`: the row, with themes, territories (parents and successors), organisations and contributor at hand.
    """

    pk: int
    page: ResourcePage
    kind: ResourceKind
    title: str
    summary: str
    body: str
    story: str = ""
    means: str = ""
    what_failed: str = ""
    sheets: tuple[SheetText, ...] = ()
    themes: tuple[int, ...] = ()
    territories: tuple[Territory, ...] = ()


_SUCCESSORS = ("successor__departement", "successor__region", "successor__epci")


def resource_texts(*, pks: Collection[int]) -> list[ResourceText]:
    """Those of these resources that are published. Six queries at most, whatever their number; lots stay reasonable."""
    places = Prefetch("territories", queryset=Territory.objects.with_parents().select_related(*_SUCCESSORS))
    found = ResourcePage.objects.live().filter(pk__in=pks).select_related("contributor")
    pages = list(found.prefetch_related("themes", "organisations", places))
    experiences = [page.pk for page in pages if page.kind is ResourceKind.EXPERIENCE]
    told = ExperiencePage.objects.in_bulk(experiences)
    sheets = _sheets(kits=[page.path for page in pages if page.kind is ResourceKind.KIT])
    return [_text(page=page, told=told.get(page.pk), sheets=sheets[page.path]) for page in pages]


def resource_text(*, page: ResourcePage) -> ResourceText:
    """One resource as it stands in memory, a draft too, of its own type; a kit with its published sheets."""
    sheets = _sheets(kits=[page.path])[page.path] if page.kind is ResourceKind.KIT else ()
    return _text(page=page, told=page if isinstance(page, ExperiencePage) else None, sheets=sheets)


def _sheets(*, kits: Collection[str]) -> dict[str, tuple[SheetText, ...]]:
    """Published sheets by the path of their kit. Asks nothing where there is no kit."""
    kit_path = Substr("path", 1, Length("path") - SheetPage.steplen)
    found: dict[str, tuple[SheetText, ...]] = defaultdict(tuple)
    for sheet in SheetPage.objects.live().annotate(kit_path=kit_path).filter(kit_path__in=kits).order_by("path"):
        text = SheetText(title=sheet.title, summary=sheet.summary, body=stream_text(sheet.body))
        found[sheet.kit_path] += (text,)
    return found


def _text(*, page: ResourcePage, told: ExperiencePage | None, sheets: tuple[SheetText, ...]) -> ResourceText:
    return ResourceText(
        pk=page.pk,
        page=page,
        kind=page.kind,
        title=page.title,
        summary=page.summary,
        body=stream_text(page.body),
        story=f"{get_text_for_indexing(told.context)}\n{stream_text(told.steps)}" if told else "",
        means=f"{told.means_cost}\n{told.means_time}\n{told.means_people}" if told else "",
        what_failed=get_text_for_indexing(told.what_failed) if told else "",
        sheets=sheets,
        themes=tuple(theme.pk for theme in page.themes.all()),
        territories=tuple(page.territories.all()),
    )


def stream_text(value: Any) -> str:
    """The words of a stream as stored: building its blocks would fetch each image and page that it shows."""
    return "\n".join(get_text_for_indexing(text) for text in _strings(list(value.raw_data)))


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        if not raw.startswith(("http://", "https://")):
            yield raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in {"id", "type", "level"}:
                yield from _strings(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _strings(value)
