"""Strata of population: what makes two communes comparable."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from commun.common.french import number

_STARTS = (0, 500, 2_000, 5_000, 10_000, 50_000)


@dataclass(frozen=True, slots=True)
class Stratum:
    """`least` to `most` inhabitants, both included; the last has no end."""

    least: int
    most: int | None

    @property
    def label(self) -> str:
        if not self.least:
            return f"moins de {number(_STARTS[1])} habitants"
        if self.most is None:
            return f"{number(self.least)} habitants et plus"
        return f"{number(self.least)} à {number(self.most)} habitants"


STRATA = tuple(
    Stratum(least, most - 1 if most else None) for least, most in zip(_STARTS, (*_STARTS[1:], 0), strict=True)
)


def stratum_of(population: int | None) -> Stratum | None:
    """None where the register does not tell."""
    if population is None or population < 0:
        return None
    return STRATA[bisect_right(_STARTS, population) - 1]
