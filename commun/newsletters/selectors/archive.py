"""The archive of the letter: by year, by theme; what comes before and after an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as Paged
from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear

from commun.common.selects import Select
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import published_issues

PER_PAGE = 12


@dataclass(frozen=True, kw_only=True)
class Archive:
    """`years`, the latest first; `themes`: (slug, title) of those that have an issue."""

    issues: Paged[Any]
    years: Sequence[str]
    themes: Sequence[tuple[str, str]]
    year: str
    theme: str

    @property
    def selects(self) -> Sequence[Select]:
        years = [(year, year) for year in self.years]
        return (
            Select(name="annee", label="Année", every="Toutes", choices=years, chosen=self.year),
            Select(name="thematique", label="Thématique", every="Toutes", choices=self.themes, chosen=self.theme),
        )


@dataclass(frozen=True, kw_only=True)
class Place:
    before: IssuePage | None
    after: IssuePage | None


def read_archive(*, query: Mapping[str, str]) -> Archive:
    """What the address does not know is ignored. Three queries, and pictures."""
    found = published_issues().prefetch_related("theme__cover_image__renditions")
    bare = found.order_by().select_related(None).prefetch_related(None)
    told = bare.values_list(ExtractYear("date"), "theme__slug", "theme__title").distinct()
    kept = [(str(year), (slug, title)) for year, slug, title in told]
    years = sorted({year for year, _ in kept}, reverse=True)
    themes = sorted({theme for _, theme in kept}, key=lambda theme: theme[1])
    year = query.get("annee", "") if query.get("annee") in years else ""
    theme = query.get("thematique", "") if query.get("thematique") in dict(themes) else ""
    if year:
        found = found.filter(date__year=int(year))
    if theme:
        found = found.filter(theme__slug=theme)
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    return Archive(issues=page, years=years, themes=themes, year=year, theme=theme)


def place_of_issue(*, issue: IssuePage) -> Place:
    others = published_issues()
    return Place(
        before=others.filter(number__lt=issue.number).first(),
        after=others.filter(number__gt=issue.number).order_by("number").first(),
    )
