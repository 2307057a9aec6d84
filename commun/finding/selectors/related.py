"""What else to read once a page is read, and why: each reason can be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from commun.common.french import NBSP
from commun.finding.analysis import roots_in, spellings_in
from commun.finding.models import Entry
from commun.finding.registry import kind_labels
from commun.finding.selectors.likeness import Alike, Said, alike, say

_SHOWN = 3
_WORDS = 2  # that a reason names
# What one more thing in common is worth, a rare word being 1 to 2.
_SHARED = (
    ("theme", 1.5, "même thématique"),
    ("obstacle", 0.8, "même frein"),
    ("audience", 0.4, "même public"),
    ("departement", 0.6, "même département"),
    ("stratum", 0.4, "commune de même taille"),
)
# Less in common than this is chance.
_ENOUGH = 1.0


@dataclass(frozen=True, kw_only=True)
class Related:
    title: str
    address: str
    kind_label: str
    summary: str
    reasons: Sequence[str]


def related(*, source: str, key: str, kinds: Collection[str], now: datetime) -> list[Related]:
    """At most three, the closest first, the latest of those as close. Six queries."""
    entry = Entry.objects.filter(source=source, key=key).first()
    if entry is None:
        return []
    told = f"{entry.title}\n{entry.summary}"
    own = _facets(entry.facets)
    said = say(roots=set(roots_in(told)))
    theme = next(iter(sorted(own.get("theme", ()))), "")
    found = alike(weights=said.weights, kinds=kinds, facet=f"theme:{theme}" if theme else "")
    others = [one for one in found if (one.source, one.key) != (source, key)]
    others = [one for one in others if one.until is None or one.until > now]
    scored = [(_score(one, said=said, own=own), one) for one in others]
    best = sorted((-score, one.source, -int(one.key), number) for number, (score, one) in enumerate(scored))
    kept = [scored[number][1] for score, _, _, number in best if -score >= _ENOUGH][:_SHOWN]
    return _shown(kept, said=said, own=own, spellings=spellings_in(told))


def _score(one: Alike, *, said: Said, own: Mapping[str, Collection[str]]) -> float:
    words = sum(said.weights[root] * worth for root, worth in one.worths.items()) / said.unit
    return words + sum(
        value for name, value, _ in _SHARED if one.facets.get(name, frozenset()) & set(own.get(name, ()))
    )


def _shown(
    kept: Sequence[Alike], *, said: Said, own: Mapping[str, Collection[str]], spellings: Mapping[str, str]
) -> list[Related]:
    rows = {(row.source, row.key): row for row in Entry.objects.filter(key__in=[one.key for one in kept])}
    labels = kind_labels()
    found = []
    for one in kept:
        row = rows[one.source, one.key]
        reasons = [label for name, _, label in _SHARED if one.facets.get(name, frozenset()) & set(own.get(name, ()))]
        weighty = sorted(one.worths, key=lambda root: (-said.weights[root] * one.worths[root], root))[:_WORDS]
        words = [f"«{NBSP}{spellings[root]}{NBSP}»" for root in weighty if root in spellings]
        if words:
            reasons.append(f"{'mêmes mots' if len(words) > 1 else 'même mot'}{NBSP}: {', '.join(words)}")
        label = labels.get(row.kind, "")
        found.append(
            Related(title=row.title, address=row.address, kind_label=label, summary=row.summary, reasons=reasons)
        )
    return found


def _facets(line: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for token in line.split():
        name, _, value = token.partition(":")
        found[name].add(value)
    return found
