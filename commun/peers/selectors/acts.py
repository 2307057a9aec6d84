"""What bodies really did together, from every room that knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from commun.agenda.api import events_together
from commun.cooperation.api import projects_together, starts_followed
from commun.library.api import resources_together
from commun.peers.models import Introduction
from commun.peers.network import Act, Kind
from commun.peers.types import IntroductionState
from commun.territories.api import MandateLevel, Membership, MembershipState, Organisation, TerritoryKind

# A page that tells of more bodies than that tells of a movement, not of a pair.
_MOST_TOGETHER = 12


class Bodies(NamedTuple):
    """Every organisation as the body it is today (the primary key that stands for it), and the région of each body."""

    of: Mapping[int, int]
    regions: Mapping[int, str]


def read_bodies() -> Bodies:
    """One query. Organisations that the moderation has not looked at stand nowhere."""
    place = "territory__successor", "territory"
    rows = (
        Organisation.objects.filter(is_checked=True)
        .order_by("pk")
        .values_list(
            "pk",
            "territory",
            *(f"{one}__{column}" for one in place for column in ("pk", "kind", "name", "region__name")),
        )
    )
    by_place: dict[int, int] = {}
    of: dict[int, int] = {}
    regions: dict[int, str] = {}
    for pk, territory, into, into_kind, into_name, into_region, own, own_kind, own_name, own_region in rows:
        if territory is None:
            of[pk] = pk
            continue
        today = into if into is not None else own
        what, called, parent = (
            (into_kind, into_name, into_region) if into is not None else (own_kind, own_name, own_region)
        )
        body = of[pk] = by_place.setdefault(today, pk)
        where = called if what == TerritoryKind.REGION else parent
        if where:
            regions[body] = where
    return Bodies(of=of, regions=regions)


def held_by_one(*, bodies: Bodies, at: datetime) -> set[int]:
    """Bodies for which exactly one person acts now. One query."""
    held = Membership.objects.filter(
        state=MembershipState.ACTIVE, level__gte=MandateLevel.M1, expires_at__gt=at, ended_at=None, user__is_active=True
    )
    people: dict[int, set[int]] = {}
    for organisation, user in held.order_by().values_list("organisation", "user"):
        body = bodies.of.get(organisation)
        if body is not None:
            people.setdefault(body, set()).add(user)  # who acts for two that merged is one person
    return {body for body, found in people.items() if len(found) == 1}


def read_acts(*, bodies: Bodies, now: datetime) -> Iterator[Act]:
    """Every act of two bodies that are known; a handful of queries, however many acts."""
    for first, second, kind, at, public in _told(now=now):
        one, other = bodies.of.get(first), bodies.of.get(second)
        if one is not None and other is not None and one != other:
            yield Act(first=one, second=other, kind=kind, at=at, public=public)


def _told(*, now: datetime) -> Iterator[tuple[int, int, Kind, datetime, bool]]:
    for one in projects_together(now=now):
        yield one.first, one.second, Kind.PROJECT, one.at, one.public
    for one in starts_followed():
        yield one.first, one.second, Kind.START, one.at, one.public
    rows = Introduction.objects.filter(state=IntroductionState.ACCEPTED).order_by("pk")
    columns = ("asking", "asked", "accepted_at", "shown_by_asking", "shown_by_asked")
    for asking, asked, at, shown, too in rows.values_list(*columns).iterator(chunk_size=5_000):
        if at is not None:
            yield asking, asked, Kind.INTRODUCTION, at, shown and too
    for kind, found in ((Kind.EVENT, events_together(now=now)), (Kind.PAGE, resources_together())):
        for at, parties in found:
            for first, second in combinations(parties[:_MOST_TOGETHER], 2):
                yield first, second, kind, at, True
