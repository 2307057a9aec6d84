"""Which entries have the words of a text, for rooms that compare: needs, contributions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q

from commun.finding.analysis.worth import UNIT, key_of, rarity
from commun.finding.models import Entry
from commun.finding.selectors.words import POSTINGS, postings

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
    most = max(_FEW, total // _COMMON)
    having = _having(roots, most=most)
    return Said(
        weights={root: rarity(total, having[root]) for root in roots if 0 < having.get(root, 0) <= most},
        unit=rarity(total, 1),
    )


def _having(roots: Collection[str], *, most: int) -> dict[str, int]:
    """How many entries have each of these; counting stops beyond `most`: half of a need's words are on every page."""
    names = {key_of(root): root for root in roots}
    if not names:
        return {}
    values = ", ".join(["(%s)"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked (word) AS (VALUES {values}) SELECT word, (SELECT COUNT(*) FROM "  # noqa: S608
            f"(SELECT 1 FROM {POSTINGS} held WHERE held.word = asked.word LIMIT {most + 1}) AS counted) FROM asked",
            list(names),
        )
        return {names[word]: number for word, number in cursor.fetchall()}


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
    entries = Entry.objects.filter(wanted, kind__in=kinds).order_by("-at", "-pk")
    columns = ("pk", "source", "key", "kind", "title", "facets", "until")
    rows = list(entries.values_list(*columns)[: _MOST_OF_A_FACET + len(best)])
    close = {row[0] for row in sorted(rows, key=lambda row: (-raw.get(row[0], 0.0), row[0]))[:_MOST]}
    kept = {row[0]: row for row in rows if row[0] in close or (facet and f" {facet} " in row[5])}
    worths: dict[int, dict[str, float]] = {pk: {} for pk in kept}
    for root in weights:
        found = held.get(root, {})
        for pk in found.keys() & kept.keys():
            worths[pk][root] = found[pk] / UNIT
    return [_alike(row, worths=worths[pk]) for pk, row in kept.items()]


_Row = tuple[int, str, str, str, str, str, int | None]


def _alike(row: _Row, *, worths: Mapping[str, float]) -> Alike:
    _, source, key, kind, title, line, until = row
    facets: dict[str, set[str]] = defaultdict(set)
    for token in line.split():
        name, _, value = token.partition(":")
        facets[name].add(value)
    return Alike(
        source=source,
        key=key,
        kind=kind,
        title=title,
        facets={name: frozenset(values) for name, values in facets.items()},
        until=datetime.fromtimestamp(until, tz=UTC) if until is not None else None,
        worths=worths,
    )
