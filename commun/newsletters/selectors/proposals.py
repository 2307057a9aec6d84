"""What an issue on a theme is made of, and what else would suit it: each proposal says why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commun.common import french
from commun.common.french import NBSP
from commun.finding.analysis import roots_in, spellings_in
from commun.finding.api import Alike, Said, alike, say
from commun.freshness.api import doubts_about
from commun.library.api import ConceptPage, ResourceKind, ResourcePage, ThemePage, get_concept, published_resources
from commun.newsletters.selectors.shown import shown_pages
from commun.territories.api import names_by_code
from commun.territories.types import TerritoryKind

INSPIRATIONS = 6  # of the theme, that an issue takes by itself
PROPOSED = 6  # as many again: more would be a list to read, and a section holds twelve
RECENT = timedelta(days=183)
_ENOUGH = 1.0  # less in common with the theme is chance
_SAME_THEME = 1.5
_GAP, _NEVER_SHOWN, _ELSEWHERE, _CHECKED = 1.5, 1.0, 0.6, 0.5
_WORDS = 2  # that a reason names
_GAPS = {
    ResourceKind.EXPERIENCE: "la thématique n’a pas encore d’expérience",
    ResourceKind.CONCEPT: "la thématique n’a pas encore de concept",
}


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What composing takes of a theme by itself: `opening`, an experience; `rest`, what inspires; its concept."""

    opening: ResourcePage | None
    rest: Sequence[ResourcePage]
    concept: ConceptPage | None

    @property
    def resources(self) -> list[ResourcePage]:
        return [*([self.opening] if self.opening else []), *self.rest]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A page that the draft would not have. `reasons`: each can be checked, the strongest first."""

    page: ResourcePage
    reasons: Sequence[str]


def filling(*, theme: ThemePage) -> Filling:
    """The latest experience opens; the rest inspires, experiences first."""
    found = sorted(published_resources(theme=theme), key=lambda page: page.kind != ResourceKind.EXPERIENCE)
    opening = found[0] if found and found[0].kind == ResourceKind.EXPERIENCE else None
    rest = found[1:] if opening else found
    return Filling(opening=opening, rest=rest[:INSPIRATIONS], concept=get_concept(theme=theme))


def proposals(*, theme: ThemePage, taken: Filling, today: date) -> list[Proposal]:
    """At most six, those that bring most first: of the theme, or close to it by its words, and that nobody doubts."""
    # What the team says it is about; a summary has words of every day, that share nothing.
    told = f"{theme.title}\n{theme.vocabulary or theme.summary}"
    said = say(roots=set(roots_in(told)))
    kinds = [kind.value for kind in ResourceKind if kind != ResourceKind.CONCEPT or taken.concept is None]
    entries = {int(one.key): one for one in alike(weights=said.weights, kinds=kinds, facet=f"theme:{theme.slug}")}
    carried = {page.pk for page in taken.resources}
    others = {pk: one for pk, one in entries.items() if pk not in carried}
    near = {pk: one for pk, one in others.items() if _closeness(one, said=said, theme=theme.slug) >= _ENOUGH}
    doubted = doubts_about(page_ids=list(near))
    look = _Look(
        theme=theme.slug,
        said=said,
        spellings=spellings_in(told),
        shown=shown_pages(),
        gaps=_gaps(taken),
        regions=names_by_code(kind=TerritoryKind.REGION),
        present={code for pk in carried if pk in entries for code in _regions(entries[pk])},
        since=today - RECENT,
    )
    rows = ResourcePage.objects.live().in_bulk([pk for pk in near if pk not in doubted])
    judged = [(pk, *look.judge(near[pk], page=page)) for pk, page in rows.items()]
    judged.sort(key=lambda one: (-one[1], -one[0]))
    return [Proposal(page=rows[pk], reasons=reasons) for pk, _, reasons in judged[:PROPOSED]]


def _gaps(taken: Filling) -> Mapping[ResourceKind, str]:
    has = {ResourceKind.EXPERIENCE: taken.opening is not None, ResourceKind.CONCEPT: taken.concept is not None}
    return {kind: words for kind, words in _GAPS.items() if not has[kind]}


def _closeness(one: Alike, *, said: Said, theme: str) -> float:
    words = sum(said.weights[root] * worth for root, worth in one.worths.items()) / said.unit
    return words + (_SAME_THEME if _is_of(one, theme) else 0)


def _is_of(one: Alike, theme: str) -> bool:
    return theme in one.facets.get("theme", frozenset())


def _regions(one: Alike) -> Collection[str]:
    return one.facets.get("region", frozenset())


@dataclass(frozen=True, kw_only=True)
class _Look:
    """`theme`: its slug; `gaps`: what it lacks; `present`: regions that the draft shows already."""

    theme: str
    said: Said
    spellings: Mapping[str, str]
    shown: Collection[int]
    gaps: Mapping[ResourceKind, str]
    regions: Mapping[str, str]
    present: Collection[str]
    since: date

    def judge(self, one: Alike, *, page: ResourcePage) -> tuple[float, list[str]]:
        """What it would bring, and why."""
        found = [(_closeness(one, said=self.said, theme=self.theme), self._link(one))]
        if gap := self.gaps.get(page.kind):
            found.append((_GAP, gap))
        if page.pk not in self.shown:
            found.append((_NEVER_SHOWN, "jamais parue dans une lettre"))
        if new := [self.regions[code] for code in sorted(_regions(one)) if self._is_new(code)]:
            found.append((_ELSEWHERE, f"une région que le brouillon ne montre pas{NBSP}: {', '.join(new)}"))
        if page.reviewed_on and page.reviewed_on >= self.since:
            found.append((_CHECKED, f"vérifiée le {french.day(page.reviewed_on)}"))
        return sum(worth for worth, _ in found), [words for _, words in found]

    def _is_new(self, code: str) -> bool:
        return code in self.regions and code not in self.present

    def _link(self, one: Alike) -> str:
        if _is_of(one, self.theme):
            return "même thématique"
        weighty = sorted(one.worths, key=lambda root: (-self.said.weights[root] * one.worths[root], root))
        words = [f"«{NBSP}{self.spellings[root]}{NBSP}»" for root in weighty if root in self.spellings][:_WORDS]
        return f"{'mêmes mots' if len(words) > 1 else 'même mot'} que la thématique{NBSP}: {', '.join(words)}"
