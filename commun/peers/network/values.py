"""What two bodies did together, and what follows from all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What is an act of cooperation; in this order one tells them."""

    PROJECT = "project"
    INTRODUCTION = "introduction"
    START = "start"
    EVENT = "event"
    PAGE = "page"


LABELS: Mapping[Kind, str] = {
    Kind.PROJECT: "projet partagé",
    Kind.INTRODUCTION: "mise en relation",
    Kind.START: "démarche inspirée",
    Kind.EVENT: "rencontre organisée ensemble",
    Kind.PAGE: "ressource commune",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`first` and `second` did this together. `public`: whether anybody may see it."""

    first: int
    second: int
    kind: Kind
    at: datetime
    public: bool = True


@dataclass(slots=True, kw_only=True)
class Bond:
    """All acts of two bodies, `first` < `second`. The public half counts what anybody may see, and nothing else."""

    first: int
    second: int
    kinds: set[Kind] = field(default_factory=set)
    acts: int = 0
    since: datetime
    last: datetime
    public_kinds: set[Kind] = field(default_factory=set)
    public_last: datetime | None = None


def seen_by_all(bonds: Iterable[Bond]) -> list[Bond]:
    """The public halves alone, of those that have one."""
    return [
        Bond(
            first=bond.first,
            second=bond.second,
            kinds=set(bond.public_kinds),
            acts=len(bond.public_kinds),
            since=bond.public_last,
            last=bond.public_last,
            public_kinds=set(bond.public_kinds),
            public_last=bond.public_last,
        )
        for bond in bonds
        if bond.public_last is not None
    ]


def bonds_of(acts: Iterable[Act]) -> list[Bond]:
    """One a pair, in the order of the pairs. Nobody cooperates with herself."""
    bonds: dict[tuple[int, int], Bond] = {}
    for act in acts:
        if act.first == act.second:
            continue
        pair = (min(act.first, act.second), max(act.first, act.second))
        bond = bonds.get(pair)
        if bond is None:
            bond = bonds[pair] = Bond(first=pair[0], second=pair[1], since=act.at, last=act.at)
        bond.kinds.add(act.kind)
        bond.acts += 1
        bond.since, bond.last = min(bond.since, act.at), max(bond.last, act.at)
        if act.public:
            bond.public_kinds.add(act.kind)
            bond.public_last = max(bond.public_last or act.at, act.at)
    return [bonds[pair] for pair in sorted(bonds)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A body that joins parts of the network alone. `parts`: how many bodies each part would have without it, the
    largest first. `between`: the share of shortest ways that pass through it, from 0 to 1. `ends`: one neighbour in
    each of the two largest parts, who could meet."""

    node: int
    parts: tuple[int, ...]
    between: float
    ends: tuple[int, int]


class Fragile(StrEnum):
    """Why a bond is fragile."""

    ALONE = "alone"  # without it, two parts of the network no longer touch
    PERSON = "person"  # one person alone acts for one of the two: when she leaves, nobody holds it
    OLD = "old"  # nothing was done together for two years


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """`bodies` that cooperate, `inside` their bonds with their own région, `across` those with others."""

    key: str
    bodies: int
    inside: int
    across: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`parts`: sizes of the parts that do not touch, the largest first. `fragile`: pairs, with why. `apart`: régions
    whose bodies cooperate with no other. `sampled`: pairs drawn for `between`, 0 where it is exact; `seed`: of that
    draw."""

    nodes: int
    bonds: int
    kinds: Mapping[str, int]
    parts: Sequence[int]
    joints: Sequence[Joint] = ()
    fragile: Sequence[tuple[int, int, tuple[Fragile, ...]]] = ()
    regions: Sequence[Region] = ()
    across: Mapping[tuple[str, str], int] = field(default_factory=dict)
    apart: Sequence[str] = ()
    sampled: int = 0
    seed: int = 0
