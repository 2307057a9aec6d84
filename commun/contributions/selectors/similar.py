"""What looks like a contribution: what is published, drafts, other contributions. Each with its reason.

What everybody may read is found by `finding`, by title or by text; drafts and contributions, which are not in its
index, by their titles, read in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Page

from commun.agenda.api import EventPage, NewsPage
from commun.common.french import NBSP
from commun.contributions.models import Contribution, File
from commun.finding import api as finding
from commun.finding.analysis import roots_in, spellings_in
from commun.library.api import ResourceKind, ResourcePage

MOST = 6
_ENOUGH = 0.34  # of the words of both titles
_MOST_WORDS = 24  # of the text, those that say most
_SAME_TEXT = 0.6  # of what these say
_FEWEST_WORDS = 4  # fewer are chance
_TOLD = 3
_SAYS_LITTLE = 0.1
_LATEST = 300  # drafts, and contributions, whose titles are read
_KINDS = (*(kind.value for kind in ResourceKind), "event", "news")
_MODELS = (ResourcePage, EventPage, NewsPage)


@dataclass(frozen=True, kw_only=True)
class Similar:
    """`page` or `contribution`, and why: the same link, the same file, titles that share words, or a text that does."""

    why: str
    score: float
    page: Page | None = None
    contribution: Contribution | None = None


def similar_to(*, contribution: Contribution) -> list[Similar]:
    """At most six, the closest first. A number of queries that does not depend on how much there is."""
    title = frozenset(roots_in(contribution.title))
    pages = {**_drafts(contribution, title=title), **_published(contribution, title=title), **_linked(contribution)}
    found = [one for pk, one in pages.items() if pk != contribution.page_id]
    found += _contributions(contribution, title=title)
    return sorted(found, key=lambda one: -one.score)[:MOST]


def _alike(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first and second else 0.0


def _linked(row: Contribution) -> dict[int, Similar]:
    found: dict[int, Similar] = {}
    if link := str(row.fields.get("link") or ""):
        for model, column in ((ResourcePage, "source_url"), (EventPage, "website_url"), (NewsPage, "link_url")):
            for page in model.objects.filter(**{column: link})[:MOST]:
                found[page.pk] = Similar(page=page, why="le même lien", score=1.0)
    return found


def _published(row: Contribution, *, title: frozenset[str]) -> dict[int, Similar]:
    told = f"{row.title}\n{row.text}"
    said = finding.say(roots=set(roots_in(told)))
    kept = sorted(said.weights, key=lambda root: (-said.weights[root], root))[:_MOST_WORDS]
    # Of a title also the words that everything has: two titles made of them are close all the same.
    weights = {root: said.weights.get(root, _SAYS_LITTLE) for root in sorted({*kept, *title})}
    whys: dict[int, tuple[str, float]] = {}
    spellings = spellings_in(told)
    for one in finding.alike(weights=weights, kinds=_KINDS):
        if (score := _alike(title, frozenset(roots_in(one.title)))) >= _ENOUGH:
            whys[int(one.key)] = ("un titre proche", score)
        elif (share := _share(one.worths, of=weights)) >= _SAME_TEXT and len(one.worths) >= _FEWEST_WORDS:
            whys[int(one.key)] = (_same_words(one.worths, weights=weights, spellings=spellings), share * 0.9)
    best = sorted(whys, key=lambda pk: (-whys[pk][1], pk))[: MOST + 1]
    pages = Page.objects.in_bulk(best)
    return {pk: Similar(page=pages[pk], why=whys[pk][0], score=whys[pk][1]) for pk in best if pk in pages}


def _share(worths: Mapping[str, float], *, of: Mapping[str, float]) -> float:
    return sum(of[root] for root in sorted(worths)) / sum(of.values())


def _same_words(worths: Mapping[str, float], *, weights: Mapping[str, float], spellings: Mapping[str, str]) -> str:
    strongest = sorted(worths, key=lambda root: (-weights[root] * worths[root], root))[:_TOLD]
    words = ", ".join(f"«{NBSP}{spellings[root]}{NBSP}»" for root in strongest)
    return f"un texte proche{NBSP}: {words}"


def _drafts(row: Contribution, *, title: frozenset[str]) -> dict[int, Similar]:
    drafts = Page.objects.type(*_MODELS).not_live().order_by("-pk").values_list("pk", "title")[:_LATEST]
    scores = {pk: _alike(title, frozenset(roots_in(name))) for pk, name in drafts}
    best = sorted((pk for pk in scores if scores[pk] >= _ENOUGH), key=lambda pk: (-scores[pk], pk))[: MOST + 1]
    pages = Page.objects.in_bulk(best)
    return {pk: Similar(page=pages[pk], why="un titre proche", score=scores[pk]) for pk in best if pk in pages}


def _contributions(row: Contribution, *, title: frozenset[str]) -> list[Similar]:
    others = Contribution.objects.exclude(pk=row.pk).exclude(merged_into=row.pk)
    found: dict[int, Similar] = {}
    hashes = [one.sha256 for one in row.files.all() if one.sha256]
    if hashes:
        same = File.objects.filter(sha256__in=hashes).exclude(contribution=row.pk).values("contribution")
        for other in others.filter(pk__in=same)[:MOST]:
            found[other.pk] = Similar(contribution=other, why="le même fichier", score=0.95)
    latest = others.order_by("-pk").values_list("pk", "title")[:_LATEST]
    scores = {pk: _alike(title, frozenset(roots_in(name))) for pk, name in latest if pk not in found}
    best = sorted((pk for pk in scores if scores[pk] >= _ENOUGH), key=lambda pk: (-scores[pk], pk))[:MOST]
    for pk, other in Contribution.objects.in_bulk(best).items():
        found[pk] = Similar(contribution=other, why="un titre proche", score=scores[pk] * 0.9)
    return list(found.values())
