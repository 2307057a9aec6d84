"""The network is computed once a day, and stored with its date: pages only read."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.peers import network
from commun.peers.models import Bond, Introduction, Snapshot
from commun.peers.network import Report
from commun.peers.selectors.acts import held_by_one, read_acts, read_bodies
from commun.peers.types import FEWEST_TOLD, IntroductionState

logger = logging.getLogger("commun.peers")
LOT = 2_000
MOST_FRAGILE = 200


def compute(*, now: datetime, seed: int | None = None) -> Snapshot:
    """Reads every act, measures, writes bonds and numbers anew (periodic). `seed`: of the draw where there are too many
    bodies for an exact measure; that of the day otherwise."""
    bodies = read_bodies()
    bonds = network.bonds_of(read_acts(bodies=bodies, now=now))
    team = network.measure(
        bonds=bonds,
        regions=bodies.regions,
        alone=held_by_one(bodies=bodies, at=now),
        now=now,
        seed=now.toordinal() if seed is None else seed,
    )
    public = network.measure(bonds=network.seen_by_all(bonds), regions=bodies.regions, now=now, seed=0, deep=False)
    snapshot = _write(bonds=bonds, team=team, public=public, now=now)
    logger.info(
        "network computed bodies=%d bonds=%d sampled=%d seed=%d", team.nodes, team.bonds, team.sampled, team.seed
    )
    return snapshot


@transaction.atomic
def _write(*, bonds: Sequence[network.Bond], team: Report, public: Report, now: datetime) -> Snapshot:
    Bond.objects.all().delete()
    Bond.objects.bulk_create(
        (
            Bond(
                first_id=one.first,
                second_id=one.second,
                kinds=_in_order(one.kinds),
                acts=one.acts,
                since=one.since,
                last=one.last,
                public_kinds=_in_order(one.public_kinds),
                public_last=one.public_last,
            )
            for one in bonds
        ),
        batch_size=LOT,
    )
    met = Introduction.objects.filter(state=IntroductionState.ACCEPTED).count()
    Snapshot.objects.exclude(team={}).update(team={})
    return Snapshot.objects.create(
        at=now,
        public={**_plain(public), "introductions": met if met >= FEWEST_TOLD else None},
        team=_plain(team),
    )


def _in_order(kinds: set[network.Kind]) -> list[str]:
    return [kind.value for kind in network.Kind if kind in kinds]


def _plain(report: Report) -> dict[str, Any]:
    """As JSON holds it: a pair of régions becomes a row."""
    found = asdict(report)
    found["across"] = [[one, other, number] for (one, other), number in sorted(report.across.items())]
    # The most threatened: nobody mends more before they are computed again.
    kept = report.fragile[:MOST_FRAGILE]
    found["fragile"] = [[one, other, [why.value for why in whys]] for one, other, whys in kept]
    found["fragile_total"] = len(report.fragile)
    return found
