"""The life of a vote."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.votes.types import VoteState as V

VOTE = Life(
    slug="vote",
    title="Un vote",
    states=V.choices,
    start=V.DRAFT,
    final=[V.DECIDED, V.CANCELLED],
    moves=[
        move("annoncé", V.DRAFT, V.SCHEDULED, Mover.PERSON),
        move("repris en brouillon", V.SCHEDULED, V.DRAFT, Mover.PERSON, undo=True),
        move("il ouvre", V.SCHEDULED, V.OPEN, Mover.CLOCK, within=timedelta(minutes=15), since="opens_at"),
        move("il ferme", V.OPEN, V.CLOSED, Mover.CLOCK, within=timedelta(minutes=15), since="closes_at"),
        move("annulé, et dit pourquoi", V.OPEN, V.CANCELLED, Mover.PERSON),
        move("le résultat est publié", V.CLOSED, V.DECIDED, Mover.SWEEP),
        move(
            "le tirage est publié",
            V.CLOSED,
            V.DECIDED,
            Mover.PERSON,
            within=timedelta(days=3),
            since="closes_at",
        ),
    ],
)
