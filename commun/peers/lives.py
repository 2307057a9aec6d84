"""The life of an introduction."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.peers.types import WAITING
from commun.peers.types import IntroductionState as I

INTRODUCTION = Life(
    slug="mise-en-relation",
    title="Une mise en relation",
    states=I.choices,
    start=I.ASKED,
    final=[I.ACCEPTED, I.NOT_THIS_TIME, I.WITHDRAWN],
    moves=[
        move("l’autre collectivité accepte", I.ASKED, I.ACCEPTED, Mover.PERSON),
        move("l’autre collectivité décline : cela ne se dit pas encore", I.ASKED, I.DECLINED, Mover.PERSON),
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
