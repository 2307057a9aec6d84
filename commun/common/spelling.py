"""The known words that somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4
_LONG = 8
MOST = 4


def forgiven(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped. None in a number: 35000 is not 36000."""
    if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= _LONG else 1


def closest(word: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """Known words at the least distance that is forgiven, with it; several where they are as close, in order."""
    most = forgiven(word)
    if not most:
        return []
    from rapidfuzz.distance import OSA  # two megabytes that a process which sends has no use for

    found = [(one, OSA.distance(word, one, score_cutoff=most)) for one in known]
    least = min((far for _, far in found if 0 < far <= most), default=0)
    return sorted((one, far) for one, far in found if far == least)[:MOST] if least else []


def initial_of(word: str) -> str:
    """The first letter of a folded word; `h` is not heard: "abitants" is looked for where "habitants" is."""
    return (word.removeprefix("h") or word)[:1]
