"""From ballots to one profile per option."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ballot:
    """One counted ballot: a byte per option for the grade, a byte per option (0 or 1) for "ready to be a stakeholder".

    Bytes because a whole vote is then one buffer, whose columns are counted at the speed of memory.
    """

    grades: bytes
    ready: bytes
    departement: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What one option received. `counts[g]` is the number of ballots with grade `g` (0: lowest)."""

    counts: tuple[int, ...]
    ready: int = 0
    departements: int = 0  # distinct départements of the ballots that gave the highest grade

    @property
    def ballots(self) -> int:
        return sum(self.counts)


def count(ballots: Iterable[Ballot], *, options: int, grades: int) -> list[Profile]:
    """One profile per option, in the order of options. Raises `ValueError` on a ballot of another shape."""
    if options < 1 or grades < 2:
        raise ValueError("a vote has at least one option and two grades")
    kept = list(ballots)
    if any(len(one.grades) != options or len(one.ready) != options for one in kept):
        raise ValueError("a ballot does not grade every option")
    given = b"".join(one.grades for one in kept)
    ready = b"".join(one.ready for one in kept)
    if given and max(given) >= grades:
        raise ValueError("a ballot has a grade outside the scale")
    highest = grades - 1
    return [
        Profile(
            counts=tuple(given[option::options].count(grade) for grade in range(grades)),
            ready=ready[option::options].count(1),
            departements=len({one.departement for one in kept if one.grades[option] == highest and one.departement}),
        )
        for option in range(options)
    ]
