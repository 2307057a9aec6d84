"""Who comes next when a place of stakeholder is free: pure. The criteria stand on the project's page.

1. A département that no stakeholder comes from; 2. a size of population that none has; 3. the order of enrolment.
Diversity first, because a project learns from places that differ; then the clock, which nobody argues with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

CRITERIA = (
    "D’abord une collectivité d’un département qui n’est pas encore représenté ;",
    "ensuite une collectivité d’une taille qui n’est pas encore représentée ;",
    "enfin l’ordre des inscriptions.",
)
# The size of a place, in inhabitants: where one class ends and the next begins.
_SIZES = (500, 2_000, 5_000, 10_000, 50_000)


@dataclass(frozen=True, kw_only=True)
class Party:
    """`key` is opaque; `departement` a code, or "" where there is none; `population` None where it is not known."""

    key: int
    departement: str
    population: int | None
    enrolled_at: datetime


def size_of(population: int | None) -> int | None:
    return None if population is None else sum(population >= start for start in _SIZES)


def in_order(*, waiting: Collection[Party], seated: Collection[Party]) -> Sequence[Party]:
    """The waiting list, the next first: each one is seated in thought before the following is chosen."""
    left, present = list(waiting), list(seated)
    order: list[Party] = []
    while left:
        departements = {one.departement for one in present}
        sizes = {size_of(one.population) for one in present}
        first = min(
            left,
            key=lambda one: (
                one.departement in departements,
                size_of(one.population) in sizes,
                one.enrolled_at,
                one.key,
            ),
        )
        left.remove(first)
        present.append(first)
        order.append(first)
    return order
