"""What words are worth: BM25, counted by field weight first (BM25F), in whole numbers.

Whole numbers have one order whatever adds them and in which order: two databases, two processes answer alike.
Lengths are measured against a fixed one, not the average: what an entry is worth for a word does not move when another
is published.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from commun.finding.analysis.words import root_of

UNIT = 1024
_SATURATION = 1.2
_LENGTH_MATTERS = 0.6
_USUAL_LENGTH = 300.0


def rarity(total: int, having: int) -> float:
    """How much a word says, when `having` entries out of `total` have it. Never negative."""
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def worths_of(texts: Iterable[tuple[Sequence[str], float]]) -> dict[str, int]:
    """What each root of these texts is worth before its rarity: of 0 to 2.2 `UNIT`. Folded words, with their weight."""
    counts: dict[str, float] = defaultdict(float)
    length = 0
    for words, weight in texts:
        for root in filter(None, map(root_of, words)):
            counts[root] += weight
            length += 1
    slack = _SATURATION * (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * length / _USUAL_LENGTH)
    most = (_SATURATION + 1) * UNIT
    return {root: int(count * most / (count + slack)) for root, count in counts.items()}


@lru_cache(maxsize=100_000)
def key_of(root: str) -> int:
    """A root as a signed 64-bit number: two in a million words share one once in ten million libraries."""
    return int.from_bytes(blake2b(root.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
