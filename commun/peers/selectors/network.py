"""Reading the network: its numbers, the neighbours of a body, what is fragile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from commun.accounts.models import User
from commun.common import french
from commun.peers.models import Bond, Snapshot, Suggestion
from commun.peers.network import LABELS, Kind
from commun.peers.network.drawing import Spoke, draw_joint, draw_ring, draw_star
from commun.peers.selectors.introductions import FOLLOW
from commun.peers.types import AGAIN_AFTER, FEWEST_TOLD
from commun.territories.api import Organisation, find_mandate, same_body

_NAMES = ("territory__departement", "territory__successor__departement")
SHOWN = 60
MOST_FRAGILE = 60


def latest() -> Snapshot | None:
    return Snapshot.objects.first()


def draw_regions(*, snapshot: Snapshot) -> str:
    """Régions and the bonds between them, as everybody may see them; "" where there are less than two."""
    sizes = {one["key"]: one["bodies"] for one in snapshot.public["regions"]}
    if len(sizes) < 2:
        return ""
    across = {(one, other): number for one, other, number in snapshot.public["across"]}
    return draw_ring(
        sizes=sizes, across=across, title="Les régions et leurs liens ; le tableau qui suit dit la même chose"
    )


def words_of(kinds: Sequence[str]) -> str:
    return ", ".join(LABELS[Kind(kind)] for kind in kinds)


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    organisation: Organisation
    words: str
    last: datetime
    weight: int


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """`hidden`: introductions that are not shown, from five on; 0 for less, and where all are seen."""

    of: Organisation
    found: Sequence[Neighbour]
    total: int
    hidden: int
    sees_all: bool

    def __bool__(self) -> bool:
        return bool(self.found or self.hidden)

    @property
    def drawing(self) -> str:
        if not self.found:
            return ""
        spokes = [Spoke(label=french.name(one.organisation.name), weight=one.weight) for one in self.found]
        title = f"Autour {french.of(self.of.name)} : {french.count(len(spokes), 'voisine')}"
        return draw_star(centre=french.name(self.of.name), spokes=spokes, title=title)


def neighbours_of(*, organisation: Organisation, sees_all: bool = False, limit: int = SHOWN) -> Neighbours:
    """With whom it did something, the latest first. Strangers see what is public, and nothing that tells the rest."""
    same = same_body(organisation)
    rows = list(Bond.objects.filter(Q(first__in=same) | Q(second__in=same)))
    seen = [row for row in rows if sees_all or row.public_last is not None]
    shown = sorted(seen, key=lambda row: _last(row, sees_all), reverse=True)[:limit]
    others = {row.pk: row.second_id if row.first_id in same else row.first_id for row in shown}
    named = Organisation.objects.select_related(*_NAMES).in_bulk(list(others.values()))
    found = [
        Neighbour(
            organisation=named[others[row.pk]],
            words=words_of(row.kinds if sees_all else row.public_kinds),
            last=_last(row, sees_all),
            weight=len(row.kinds if sees_all else row.public_kinds),
        )
        for row in shown
    ]
    kept = sum(Kind.INTRODUCTION in row.kinds and Kind.INTRODUCTION not in row.public_kinds for row in rows)
    hidden = kept if kept >= FEWEST_TOLD and not sees_all else 0
    return Neighbours(of=organisation, found=found, total=len(seen), hidden=hidden, sees_all=sees_all)


def _last(row: Bond, sees_all: bool) -> datetime:
    return row.last if sees_all or row.public_last is None else row.public_last


def sees_all_of(*, user: User | AnonymousUser, organisation: Organisation, at: datetime) -> bool:
    """Whoever acts for it, and the team."""
    return user.has_perm(FOLLOW) or find_mandate(user=user, organisation=organisation, at=at) is not None


# --- for the team ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class JointRow:
    """A body that joins parts alone; `ends`: two that could meet instead; `suggested`: they were told."""

    organisation: Organisation
    parts: Sequence[int]
    ends: tuple[Organisation, Organisation]
    suggested: bool

    @property
    def drawing(self) -> str:
        """It, and the parts that would be left: the two largest under the name of who could meet."""
        named = [french.name(one.name) for one in self.ends]
        parts = [
            (
                french.count(size, "collectivité") if place >= len(named) else _and_others(named[place], size - 1),
                size,
            )
            for place, size in enumerate(self.parts)
        ]
        centre = french.name(self.organisation.name)
        title = f"Sans {centre}, {french.count(len(parts), 'ensemble séparé|ensembles séparés')}"
        return draw_joint(centre=centre, parts=parts, title=title)


def _and_others(name: str, others: int) -> str:
    return f"{name} et {french.count(others, 'autre')}" if others else name


@dataclass(frozen=True, kw_only=True)
class FragileRow:
    first: Organisation
    second: Organisation
    why: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Fragility:
    joints: Sequence[JointRow]
    bonds: Sequence[FragileRow]
    total: int
    apart: Sequence[str]
    sampled: int
    seed: int


def fragility(*, snapshot: Snapshot, now: datetime) -> Fragility:
    """What could break first. Three queries."""
    team: Mapping[str, Any] = snapshot.team
    joints, fragile = team.get("joints", []), team.get("fragile", [])
    shown = fragile[:MOST_FRAGILE]
    wanted = {one["node"] for one in joints} | {end for one in joints for end in one["ends"]}
    wanted |= {end for one in shown for end in one[:2]}
    named = Organisation.objects.select_related(*_NAMES).in_bulk(sorted(wanted))
    told = set(Suggestion.objects.filter(at__gt=now - AGAIN_AFTER).values_list("first", "second"))
    return Fragility(
        joints=[
            JointRow(
                organisation=named[one["node"]],
                parts=one["parts"],
                ends=(named[one["ends"][0]], named[one["ends"][1]]),
                suggested=tuple(sorted(one["ends"])) in told,
            )
            for one in joints
            if {one["node"], *one["ends"]} <= named.keys()
        ],
        bonds=[
            FragileRow(first=named[one], second=named[other], why=why)
            for one, other, why in shown
            if {one, other} <= named.keys()
        ],
        total=team.get("fragile_total", 0),
        apart=team.get("apart", []),
        sampled=team.get("sampled", 0),
        seed=team.get("seed", 0),
    )
