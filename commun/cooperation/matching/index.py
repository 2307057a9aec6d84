"""An inverted index of candidates, kept up to date one by one, that scores texts by BM25.

Two choices depart from the textbook. Lengths are measured against a fixed one, not the average: what a page is worth
for a word does not move when another is published, and is computed once. Words are counted by field weight first
(BM25F), so that a word of the title counts as three of the body.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from commun.cooperation.matching.values import Candidate, Kind
from commun.finding.analysis.obstacles import Obstacle, named_in, said_in
from commun.finding.analysis.strata import Stratum, stratum_of
from commun.finding.analysis.words import roots_in

_SATURATION = 1.2
_LENGTH_MATTERS = 0.6
_USUAL_LENGTH = 300.0
_DEAD_SHARE = 0.25
# One number holds a slot and what a word is worth there: a million slots, worths of 1/1024.
_BITS = 12
_WORTH = (1 << _BITS) - 1


def rarity(total: int, having: int) -> float:
    """How much a word says, when `having` candidates out of `total` have it. Never negative."""
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of a candidate beside its words."""

    key: str
    kind: Kind
    themes: frozenset[str]
    obstacles: frozenset[Obstacle]
    strata: frozenset[tuple[str, Stratum]]
    departements: frozenset[str]
    regions: frozenset[str]
    stage: str
    until: datetime | None


def facts_of(candidate: Candidate) -> Facts:
    strata = ((place.kind, stratum_of(place.population)) for place in candidate.places)
    return Facts(
        key=candidate.key,
        kind=candidate.kind,
        themes=candidate.themes,
        obstacles=named_in(candidate.difficulties) | said_in(candidate.circumstances),
        strata=frozenset((kind, stratum) for kind, stratum in strata if stratum is not None),
        departements=frozenset(place.departement for place in candidate.places if place.departement),
        regions=frozenset(place.region for place in candidate.places if place.region),
        stage=candidate.stage,
        until=candidate.until,
    )


def worths_of(candidate: Candidate) -> dict[str, int]:
    """What each word of a candidate is worth before its rarity, in 1/1024: between 0 and 2.2."""
    counts: dict[str, float] = defaultdict(float)
    length = 0
    for text in candidate.texts:
        weight = text.weight
        for root in roots_in(text.text):
            counts[root] += weight
            length += 1
    slack = _SATURATION * (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * length / _USUAL_LENGTH)
    most = (_SATURATION + 1) * 1024
    return {root: int(count * most / (count + slack)) for root, count in counts.items()}


@lru_cache(maxsize=512)
def read_once(candidate: Candidate) -> tuple[Facts, dict[str, int]]:
    """For candidates that come again and again without being put in an index."""
    return facts_of(candidate), worths_of(candidate)


class Index:
    """Not safe between threads: whoever shares one holds a lock."""

    def __init__(self, *, weigh: Callable[[int, int], float] = rarity) -> None:
        self._weigh = weigh
        self._facts: list[Facts | None] = []
        self._roots: list[tuple[str, ...]] = []  # of each slot
        self._slots: dict[str, int] = {}
        self._themes: dict[str, set[int]] = defaultdict(set)
        self._postings: dict[str, array[int]] = {}  # of each word: slots in rising order, with its worth
        self._gone: dict[str, int] = defaultdict(int)  # of each word: postings of slots no longer in use

    def __len__(self) -> int:
        return len(self._slots)

    def put(self, candidate: Candidate) -> None:
        """Add a candidate, or replace the one of that key."""
        self.drop(candidate.key)
        slot, facts, worths = len(self._facts), facts_of(candidate), worths_of(candidate)
        self._facts.append(facts)
        self._roots.append(tuple(worths))
        self._slots[facts.key] = slot
        for theme in facts.themes:
            self._themes[theme].add(slot)
        base, known = slot << _BITS, self._postings
        for root, worth in worths.items():
            postings = known.get(root)
            if postings is None:
                postings = known[root] = array("I")
            postings.append(base | worth)

    def drop(self, key: str) -> None:
        slot = self._slots.pop(key, None)
        facts = None if slot is None else self._facts[slot]
        if slot is None or facts is None:
            return
        for theme in facts.themes:
            self._themes[theme].discard(slot)
        for root in self._roots[slot]:
            self._gone[root] += 1
        self._facts[slot], self._roots[slot] = None, ()
        if len(self._facts) > 100 and len(self._slots) < len(self._facts) * (1 - _DEAD_SHARE):
            self._compact()

    def _compact(self) -> None:
        """Give unused slots back. What is left keeps its order."""
        moved = {slot: new for new, slot in enumerate(sorted(self._slots.values()))}
        kept: dict[str, array[int]] = {}
        for root, postings in self._postings.items():
            left = array("I", (moved[p >> _BITS] << _BITS | p & _WORTH for p in postings if p >> _BITS in moved))
            if left:
                kept[root] = left
        self._postings, self._gone = kept, defaultdict(int)
        self._facts = [self._facts[slot] for slot in moved]
        self._roots = [self._roots[slot] for slot in moved]
        self._slots = {key: moved[slot] for key, slot in self._slots.items()}
        for theme, slots in self._themes.items():
            self._themes[theme] = {moved[slot] for slot in slots}

    @property
    def unit(self) -> float:
        """What a word says that one candidate alone has: what scores are measured against."""
        return self._weigh(max(1, len(self)), 1)

    def weigh(self, roots: Iterable[str]) -> dict[str, float]:
        """How much each of these words says here."""
        return {root: self._weigh(len(self), self._having(root)) for root in roots}

    def _having(self, root: str) -> int:
        return len(self._postings.get(root, ())) - self._gone.get(root, 0)

    def find(self, weights: Mapping[str, float], *, theme: str, enough: float) -> list[tuple[Facts, float, int]]:
        """Candidates of a theme, or whose words are worth enough: with what they are worth, and their slot."""
        scores = [0.0] * len(self._facts)
        for root, weight in weights.items():
            for posting in self._postings.get(root, ()):
                scores[posting >> _BITS] += weight * (posting & _WORTH)
        limit = enough * 1024
        found = {slot for slot, score in enumerate(scores) if score >= limit} | self._themes.get(theme, set())
        facts = ((slot, self._facts[slot]) for slot in sorted(found))
        return [(one, scores[slot] / 1024, slot) for slot, one in facts if one is not None]

    def worths(self, slot: int, roots: Iterable[str]) -> dict[str, int]:
        """Which of these words a candidate has, with what they are worth there."""
        found = {}
        for root in roots:
            postings = self._postings.get(root, ())
            at = bisect_left(postings, slot << _BITS)
            if at < len(postings) and postings[at] >> _BITS == slot:
                found[root] = postings[at] & _WORTH
        return found
