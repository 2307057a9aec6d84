"""What looks like a contribution: pages of the library and the agenda, other contributions. Each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import slugify
from wagtail.models import Page, PageQuerySet

from commun.agenda.api import EventPage, NewsPage
from commun.contributions.models import Contribution, File
from commun.library.api import ResourcePage

MOST = 6
_EMPTY = {"avec", "pour", "dans", "leur", "leurs", "votre", "notre", "entre", "sans", "plus", "cette", "une", "les"}
_ENOUGH = 0.34  # of the words of both titles


@dataclass(frozen=True, kw_only=True)
class Similar:
    """`page` or `contribution`, and why: the same link, the same file, or titles that share words."""

    why: str
    score: float
    page: Page | None = None
    contribution: Contribution | None = None


def similar_to(*, contribution: Contribution) -> list[Similar]:
    found = [*_pages(contribution), *_contributions(contribution)]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def words_of(title: str) -> set[str]:
    return {word for word in slugify(title).split("-") if len(word) > 3} - _EMPTY


def _alike(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second) if first and second else 0.0


def _pages(row: Contribution) -> list[Similar]:
    found: dict[int, Similar] = {}
    if link := str(row.fields.get("link") or ""):
        for model, column in ((ResourcePage, "source_url"), (EventPage, "website_url"), (NewsPage, "link_url")):
            for page in model.objects.filter(**{column: link}).exclude(pk=row.page_id)[:MOST]:
                found[page.pk] = Similar(page=page, why="le même lien", score=1.0)
    mine = words_of(row.title)
    for page in _candidates(mine):
        score = _alike(mine, words_of(page.title))
        if score >= _ENOUGH and page.pk not in found and page.pk != row.page_id:
            found[page.pk] = Similar(page=page, why="un titre proche", score=score)
    return list(found.values())


def _candidates(words: set[str]) -> PageQuerySet[Page]:
    """Pages of ours whose title has one of the longest words."""
    wanted = Q(pk__in=[])
    for word in sorted(words, key=len, reverse=True)[:5]:
        wanted |= Q(title__icontains=word)
    return Page.objects.type(ResourcePage, EventPage, NewsPage).filter(wanted).order_by("-pk")[:200]


def _contributions(row: Contribution) -> list[Similar]:
    others = Contribution.objects.exclude(pk=row.pk).exclude(merged_into=row.pk)
    found: dict[int, Similar] = {}
    hashes = [one.sha256 for one in row.files.all() if one.sha256]
    if hashes:
        same = File.objects.filter(sha256__in=hashes).exclude(contribution=row.pk).values("contribution")
        for other in others.filter(pk__in=same)[:MOST]:
            found[other.pk] = Similar(contribution=other, why="le même fichier", score=0.95)
    mine = words_of(row.title)
    wanted = Q(pk__in=[])
    for word in sorted(mine, key=len, reverse=True)[:5]:
        wanted |= Q(title__icontains=word)
    for other in others.filter(wanted).order_by("-pk")[:200]:
        score = _alike(mine, words_of(other.title))
        if score >= _ENOUGH and other.pk not in found:
            found[other.pk] = Similar(contribution=other, why="un titre proche", score=score * 0.9)
    return list(found.values())
