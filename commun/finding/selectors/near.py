"""What is near a place, by a rule that readers are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from commun.finding.places import facets_of, today
from commun.finding.types import Around
from commun.territories.api import Territory


class Rule:
    """`wanted`: for each way of being near, the facets of which an entry has one."""

    def __init__(self, place: Territory | None, *, chosen: Collection[str]) -> None:
        self.wanted = {} if place is None else _wanted(today(place))
        self.chosen = [way for way in self.wanted if way.value in chosen]

    def keeps(self, facets: str) -> bool:
        return any(value in facets for way in self.chosen for value in self.wanted[way])

    def told(self, facets: str) -> str:
        """The first way, the closest, in which this is near; empty where it is not."""
        ways = (way.label for way in Around if any(value in facets for value in self.wanted.get(way, ())))
        return next(ways, "")

    def count(self, rows: Sequence[tuple[int, str, int, int, int | None]]) -> dict[str, int]:
        return {
            way.value: sum(any(value in row[1] for value in values) for row in rows)
            for way, values in self.wanted.items()
        }


def _wanted(place: Territory) -> dict[Around, tuple[str, ...]]:
    facets = facets_of([place])

    def tokens(name: str) -> tuple[str, ...]:
        return tuple(f" {name}:{value} " for value in sorted(facets.get(name, ())))

    above = [one for one in (place.epci, place.departement, place.region) if one is not None]
    return {
        Around.HERE: tokens("place"),
        Around.DEPARTEMENT: tokens("departement"),
        Around.REGION: tokens("region"),
        Around.COVERS: tuple(f" place:{one.key} " for one in above),
        Around.OUR_SIZE: tokens("stratum"),
    }
