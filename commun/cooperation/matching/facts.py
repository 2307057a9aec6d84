"""What candidates are, beside their words; and what `suggest_for` asks of whoever holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, Protocol

from commun.cooperation.matching.values import Candidate, Kind
from commun.finding.analysis import Obstacle, Stratum, folded_words, named_in, roots_in, said_in, stratum_of
from commun.finding.analysis.worth import UNIT, worths_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`title`: its roots. `places`: keys of the register."""

    key: str
    kind: Kind
    title: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    obstacles: frozenset[Obstacle] = frozenset()
    strata: frozenset[tuple[str, Stratum]] = frozenset()
    places: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    stage: str = ""
    until: datetime | None = None


class Held(NamedTuple):
    """A candidate and those of the words asked for that it has, with what each is worth there: of 0 to 2.2."""

    facts: Facts
    worths: Mapping[str, float]


class Shelf(Protocol):
    """Who holds the candidates. `unit`: what a word says that one of them alone has."""

    @property
    def unit(self) -> float: ...

    def weigh(self, roots: Collection[str]) -> Mapping[str, float]:
        """How much each of these words says here; words that say nothing are left out."""
        ...

    def find(self, weights: Mapping[str, float], *, theme: str) -> list[Held]:
        """Candidates of a theme, and those whose words are worth most."""
        ...


def facts_of(candidate: Candidate) -> Facts:
    strata = ((place.kind, stratum_of(place.population)) for place in candidate.places)
    return Facts(
        key=candidate.key,
        kind=candidate.kind,
        title=frozenset(roots_in(candidate.title)),
        themes=candidate.themes,
        obstacles=named_in(candidate.difficulties) | said_in(candidate.circumstances),
        strata=frozenset((kind, stratum) for kind, stratum in strata if stratum is not None),
        places=frozenset(place.key for place in candidate.places if place.key),
        departements=frozenset(place.departement for place in candidate.places if place.departement),
        regions=frozenset(place.region for place in candidate.places if place.region),
        stage=candidate.stage,
        until=candidate.until,
    )


@lru_cache(maxsize=512)
def read_once(candidate: Candidate) -> tuple[Facts, Mapping[str, float]]:
    """For candidates of the moment, that come again and again without being published."""
    worths = worths_of((folded_words(text.text), text.weight) for text in candidate.texts)
    return facts_of(candidate), {root: worth / UNIT for root, worth in worths.items()}
