"""The life of a contribution."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.contributions.types import OPEN, FeedState, State

_UNDOABLE = (State.IN_REVIEW, State.WAITING, State.ACCEPTED, State.DECLINED, State.SPAM, State.MERGED)

CONTRIBUTION = Life(
    slug="contribution",
    title="Une contribution",
    states=State.choices,
    start=State.RECEIVED,
    final=[State.PUBLISHED, State.DECLINED, State.SPAM, State.MERGED, State.WITHDRAWN],
    moves=[
        move(
            "lue par l’équipe",
            State.RECEIVED,
            State.IN_REVIEW,
            Mover.PERSON,
            within=timedelta(days=14),
            since="moved_at",
        ),
        move("rendue à la pile", State.IN_REVIEW, State.RECEIVED, Mover.PERSON),
        move("une question est posée", [State.RECEIVED, State.IN_REVIEW], State.WAITING, Mover.PERSON),
        move("la réponse arrive", State.WAITING, State.IN_REVIEW, Mover.MESSAGE),
        move("retenue", OPEN, State.ACCEPTED, Mover.PERSON),
        move("non retenue, et dit pourquoi", OPEN, State.DECLINED, Mover.PERSON),
        move("indésirable", OPEN, State.SPAM, Mover.PERSON),
        move("rattachée à une autre", OPEN, State.MERGED, Mover.PERSON),
        move("retirée par qui l’a donnée", [*OPEN, State.ACCEPTED], State.WITHDRAWN, Mover.PERSON),
        move("sa page est publiée", State.ACCEPTED, State.PUBLISHED, Mover.PERSON),
        move("qui l’a donnée répond : elle est relue", State.DECLINED, State.IN_REVIEW, Mover.MESSAGE),
        *(
            move(
                "décision reprise",
                [one for one in _UNDOABLE if one != back],
                back,
                Mover.PERSON,
                undo=True,
            )
            for back in OPEN
        ),
    ],
)

FEED = Life(
    slug="flux",
    title="Le flux d’un partenaire",
    states=FeedState.choices,
    start=FeedState.NEW,
    final=[FeedState.STOPPED],
    moves=[
        move("il est lu", [FeedState.NEW, FeedState.REFUSED], FeedState.READ, Mover.SWEEP),
        move("il ne peut pas l’être", [FeedState.NEW, FeedState.READ], FeedState.REFUSED, Mover.SWEEP),
        move("l’équipe l’arrête", [FeedState.NEW, FeedState.READ, FeedState.REFUSED], FeedState.STOPPED, Mover.PERSON),
        move("l’équipe le reprend", FeedState.STOPPED, FeedState.NEW, Mover.PERSON, undo=True),
    ],
)
