"""Why a candidate may help: each ground holds because both sides say the same, and can be checked from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from commun.cooperation.matching.facts import Facts, Shelf
from commun.cooperation.matching.values import Code, Kind, NeedText, Reason
from commun.finding.analysis.obstacles import Obstacle, named_in, said_in
from commun.finding.analysis.strata import Stratum, stratum_of
from commun.finding.analysis.words import roots_in, spellings_in

MOST_REASONS = 3
_MOST_WORDS_TOLD = 3
_MOST_WORDS_READ = 24  # of a need, those that say most
_TITLE = 1.5

_THEME = 2.5
_OBSTACLES = (1.5, 1.0)
_POPULATION = 1.0
_DEPARTEMENT = 1.0
_REGION = 0.5
_STAGE = 0.5
# An event is not "of" a commune of that size.
_WITHOUT_SIZE = frozenset({Kind.EVENT})
_ORDER = {code: order for order, code in enumerate(Code)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A need, read once: what the words of its title and text say in this index, as they were written, and what gets in
    the way. Constraints are read for obstacles alone: « temps » would else count twice."""

    need: NeedText
    title: frozenset[str]
    weights: Mapping[str, float]
    spellings: Mapping[str, str]
    obstacles: frozenset[Obstacle]
    stratum: tuple[str, Stratum] | None


def read_need(need: NeedText, *, shelf: Shelf) -> Asked:
    spellings = {**spellings_in(need.text), **spellings_in(need.title)}
    title = set(roots_in(need.title))
    weights = {root: says * (_TITLE if root in title else 1.0) for root, says in shelf.weigh(spellings).items()}
    kept = sorted(weights, key=lambda root: (-weights[root], root))[:_MOST_WORDS_READ]
    return _asked(
        need,
        title=frozenset(title.intersection(kept)),
        weights={root: weights[root] for root in kept},
        spellings=spellings,
    )


def _asked(
    need: NeedText, *, title: frozenset[str], weights: Mapping[str, float], spellings: Mapping[str, str]
) -> Asked:
    stratum = stratum_of(need.place.population) if need.place else None
    return Asked(
        need=need,
        title=title,
        weights=weights,
        spellings=spellings,
        obstacles=said_in(f"{need.title}\n{need.text}") | named_in(need.constraints),
        stratum=(need.place.kind, stratum) if need.place and stratum else None,
    )


def in_common(need: NeedText, facts: Facts) -> tuple[Reason, ...]:
    """What both have in common beside their words, which say little to people; the strongest three."""
    return tell(_asked(need, title=frozenset(), weights={}, spellings={}), facts, shared={}, words=0.0)


def grounds(asked: Asked, facts: Facts) -> Iterator[tuple[Code, float]]:
    """What both have in common beside words, and its points."""
    need = asked.need
    if need.theme and need.theme in facts.themes:
        yield Code.THEME, _THEME
    if asked.obstacles and (common := asked.obstacles & facts.obstacles):
        yield Code.OBSTACLE, sum(_OBSTACLES[: len(common)])
    if asked.stratum in facts.strata and facts.kind not in _WITHOUT_SIZE:
        yield Code.POPULATION, _POPULATION
    if need.place is not None:
        if need.place.departement and need.place.departement in facts.departements:
            yield Code.DEPARTEMENT, _DEPARTEMENT
        elif need.place.region and need.place.region in facts.regions:
            yield Code.REGION, _REGION
    if need.stage and need.stage == facts.stage:
        yield Code.STAGE, _STAGE


def tell(asked: Asked, facts: Facts, *, shared: Mapping[str, float], words: float) -> tuple[Reason, ...]:
    """The three strongest reasons. `shared`: words in common and their worth; `words`: the points they gave."""
    found = [*grounds(asked, facts), *([(Code.WORDS, words)] if words else [])]
    found.sort(key=lambda one: (-one[1], _ORDER[one[0]]))
    return tuple(
        Reason(code, _sentence(code, asked=asked, facts=facts, shared=shared), round(points, 6))
        for code, points in found[:MOST_REASONS]
    )


def _sentence(code: Code, *, asked: Asked, facts: Facts, shared: Mapping[str, float]) -> str:  # noqa: PLR0911
    need, place = asked.need, asked.need.place
    match code:
        case Code.THEME:
            return _named("Même thème", need.theme_title)
        case Code.WORDS:
            return _several("Même mot", "Mêmes mots", _told(asked, shared))
        case Code.OBSTACLE:
            common = sorted(asked.obstacles & facts.obstacles, key=list(Obstacle).index)
            return _several("Même frein", "Mêmes freins", [one.label for one in common[: len(_OBSTACLES)]])
        case Code.POPULATION:
            return f"Même strate de population : {asked.stratum[1].label}" if asked.stratum else ""
        case Code.DEPARTEMENT:
            return _named("Même département", place.departement_name if place else "")
        case Code.REGION:
            return _named("Même région", place.region_name if place else "")
        case Code.STAGE:
            return _named("Même étape", need.stage_label)


def _told(asked: Asked, shared: Mapping[str, float]) -> list[str]:
    strongest = sorted(shared, key=lambda root: (-asked.weights[root] * shared[root], root))
    return [f"« {asked.spellings[root]} »" for root in strongest[:_MOST_WORDS_TOLD]]


def _named(what: str, name: str) -> str:
    return f"{what} : {name}" if name else what


def _several(one: str, many: str, values: Iterable[str]) -> str:
    listed = list(values)
    return f"{many if len(listed) > 1 else one} : {', '.join(listed)}"
