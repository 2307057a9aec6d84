"""The lives of this room: an introduction, a questionnaire."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.peers.types import ROUND_KEPT, WAITING
from commun.peers.types import IntroductionState as I
from commun.peers.types import RoundState as R

INTRODUCTION = Life(
    slug="mise-en-relation",
    title="Une mise en relation",
    states=I.choices,
    start=I.ASKED,
    final=[I.ACCEPTED, I.NOT_THIS_TIME, I.WITHDRAWN],
    moves=[
        move("l’autre collectivité accepte", I.ASKED, I.ACCEPTED, Mover.PERSON),
        move("l’autre collectivité décline : cela ne se dit pas encore", I.ASKED, I.DECLINED, Mover.PERSON),
        move(
            "le 21e jour, refus et silence se disent de même",
            WAITING,
            I.NOT_THIS_TIME,
            Mover.CLOCK,
            within=timedelta(hours=6),
            since="until",
        ),
        move("retirée par qui l’a demandée, ou plus personne n’agit pour elle", WAITING, I.WITHDRAWN, Mover.PERSON),
        move("acceptée, tout compte fait", I.DECLINED, I.ACCEPTED, Mover.PERSON, undo=True),
    ],
)

ROUND = Life(
    slug="questionnaire",
    title="Un questionnaire « Où en sommes-nous ensemble »",
    states=R.choices,
    start=R.OPEN,
    final=[R.ERASED],
    moves=[
        move(
            "la date est venue : les réponses sont additionnées une fois pour toutes",
            R.OPEN,
            R.CLOSED,
            Mover.CLOCK,
            within=timedelta(hours=6),
            since="closes_at",
        ),
        move("effacé en entier par qui l’a ouvert", [R.OPEN, R.CLOSED], R.ERASED, Mover.PERSON),
        move(
            "deux ans après, il est supprimé",
            R.CLOSED,
            R.ERASED,
            Mover.SWEEP,
            within=ROUND_KEPT + timedelta(days=3),
            since="closed_at",
        ),
    ],
)
