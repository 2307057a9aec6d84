"""Which entries have the words of a text, for rooms that compare: needs, contributions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Q

from commun.finding.analysis.worth import UNIT, key_of, rarity
from commun.finding.models import Entry, Posting
from commun.finding.selectors.words import postings

# A word that more than one entry in eight has says nothing of what they have in common.
_COMMON = 8
_FEW = 4
_MOST = 100
_MOST_OF_A_FACET = 1000


@dataclass(frozen=True, kw_only=True)
class Said:
    """How much words say here, common ones left out; `unit`: as much as one that a single entry has."""

    weights: Mapping[str, float]
    unit: float


@dataclass(frozen=True, kw_only=True)
class Alike:
    """An entry, and which of the words it has: what each is worth there, of 0 to 2.2."""

    source: str
    key: str
    kind: str
    title: str
    facets: Mapping[str, frozenset[str]]
    until: datetime | None
    worths: Mapping[str, float]


def say(*, roots: Collection[str]) -> Said:
    """Two queries."""
    total = max(1, Entry.objects.count())
    names = {key_of(root): root for root in roots}
    counted = Posting.objects.filter(word__in=list(names)).values_list("word").annotate(having=Count("entry"))
    having = {names[word]: number for word, number in counted}
    most = max(_FEW, total // _COMMON)
    return Said(
        weights={root: rarity(total, having[root]) for root in roots if 0 < having.get(root, 0) <= most},
        unit=rarity(total, 1),
    )


def alike(*, weights: Mapping[str, float], kinds: Collection[str], facet: str = "") -> list[Alike]:
    """Entries of these kinds whose words are worth most, and those of a facet (`theme:eau`): two queries."""
    held, _ = postings(weights)
    raw: dict[int, float] = defaultdict(float)
    for root, weight in weights.items():
        for entry, worth in held.get(root, {}).items():
            raw[entry] += weight * worth
    best = sorted(raw, key=lambda entry: (-raw[entry], entry))[: _MOST * 3]
    wanted = Q(pk__in=best)
    if facet:
        wanted |= Q(facets__contains=f" {facet} ")
    entries = Entry.objects.filter(wanted, kind__in=kinds).defer("summary", "address", "mark")
    rows = list(entries.order_by("-at", "-pk")[: _MOST_OF_A_FACET + len(best)])
    close = set([row.pk for row in sorted(rows, key=lambda row: (-raw.get(row.pk, 0.0), row.pk))][:_MOST])
    return [_alike(row, held=held) for row in rows if row.pk in close or (facet and f" {facet} " in row.facets)]


def _alike(row: Entry, *, held: Mapping[str, Mapping[int, int]]) -> Alike:
    facets: dict[str, set[str]] = defaultdict(set)
    for token in row.facets.split():
        name, _, value = token.partition(":")
        facets[name].add(value)
    return Alike(
        source=row.source,
        key=row.key,
        kind=row.kind,
        title=row.title,
        facets={name: frozenset(values) for name, values in facets.items()},
        until=datetime.fromtimestamp(row.until, tz=UTC) if row.until is not None else None,
        worths={root: entries[row.pk] / UNIT for root, entries in held.items() if row.pk in entries},
    )
