"""The lives of this room: a need, a proposed theme, a shared project, a start."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.cooperation.reminders import DAYS, SILENCE
from commun.cooperation.types import NeedState as N
from commun.cooperation.types import ProjectState as P
from commun.cooperation.types import ProposalState as T
from commun.cooperation.types import StartState as S

NEED = Life(
    slug="besoin",
    title="Un besoin",
    states=N.choices,
    start=N.NEW,
    final=[N.CLOSED],
    moves=[
        move("quelqu’un s’en charge", N.NEW, N.LOOKED_AT, Mover.PERSON, within=timedelta(days=14), since="moved_at"),
        move("l’équipe répond", [N.NEW, N.LOOKED_AT], N.ANSWERED, Mover.PERSON),
        move("la collectivité précise", [N.ANSWERED, N.CLOSED], N.LOOKED_AT, Mover.MESSAGE),
        move("clos par l’équipe, ou par qui l’a exprimé", [N.NEW, N.LOOKED_AT, N.ANSWERED], N.CLOSED, Mover.PERSON),
        move(
            "sans nouvelles après trois demandes",
            N.ANSWERED,
            N.CLOSED,
            Mover.SWEEP,
            within=SILENCE + timedelta(days=2),
            since="moved_at",
            only={"remind_at": None, "reminders__gte": len(DAYS)},
        ),
        move("rouvert", N.CLOSED, N.LOOKED_AT, Mover.PERSON, undo=True),
    ],
)

PROPOSAL = Life(
    slug="proposition",
    title="Une thématique proposée",
    states=T.choices,
    start=T.NEW,
    final=[T.IN_VOTE, T.MERGED, T.DECLINED],
    moves=[
        move("retenue pour un vote", T.NEW, T.SHORTLISTED, Mover.PERSON),
        move("mise au vote", T.SHORTLISTED, T.IN_VOTE, Mover.PERSON),
        move("rattachée à une autre", [T.NEW, T.SHORTLISTED], T.MERGED, Mover.PERSON),
        move("non retenue, et dit pourquoi", [T.NEW, T.SHORTLISTED], T.DECLINED, Mover.PERSON),
        move("le vote est abandonné", T.IN_VOTE, T.SHORTLISTED, Mover.PERSON),
        move("retirée de la sélection", T.SHORTLISTED, T.NEW, Mover.PERSON, undo=True),
        move("séparée", T.MERGED, T.NEW, Mover.PERSON, undo=True),
        move("rouverte", T.DECLINED, T.NEW, Mover.PERSON, undo=True),
    ],
)

PROJECT = Life(
    slug="projet",
    title="Un projet partagé",
    states=P.choices,
    start=P.CALL,
    final=[P.REPORTED, P.GIVEN_UP],
    moves=[
        move(
            "l’appel est clos : trois parties prenantes",
            P.CALL,
            P.DESIGN,
            Mover.CLOCK,
            within=timedelta(hours=6),
            since="call_until",
        ),
        move("l’appel est clos : trop peu de parties prenantes", P.CALL, P.GIVEN_UP, Mover.CLOCK),
        move("la réalisation commence", P.DESIGN, P.DOING, Mover.PERSON),
        move("retour à la conception", P.DOING, P.DESIGN, Mover.PERSON, undo=True),
        move("le bilan est publié", [P.DESIGN, P.DOING], P.REPORTED, Mover.PERSON),
        move("abandonné, et dit pourquoi", [P.CALL, P.DESIGN, P.DOING], P.GIVEN_UP, Mover.PERSON),
    ],
)

_BEGUN = [S.WISH, S.LAUNCHED, S.RUNNING]
START = Life(
    slug="demarche",
    title="Une démarche (« nous voulons le faire »)",
    states=S.choices,
    start=S.WISH,
    final=[S.STOPPED, S.DONE],
    moves=[
        move("la collectivité se lance", S.WISH, S.LAUNCHED, Mover.PERSON),
        move("c’est en cours", [S.WISH, S.LAUNCHED], S.RUNNING, Mover.PERSON),
        move("mené à bien", _BEGUN, S.DONE, Mover.PERSON),
        move("arrêté, ce qui est aussi bon à dire", _BEGUN, S.STOPPED, Mover.PERSON),
        move("finalement repris", [S.STOPPED, S.DONE], S.RUNNING, Mover.PERSON, undo=True),
        move("pas encore en cours", [S.RUNNING, S.STOPPED, S.DONE], S.LAUNCHED, Mover.PERSON, undo=True),
        move("ce n’est qu’une envie", [S.LAUNCHED, S.RUNNING, S.STOPPED, S.DONE], S.WISH, Mover.PERSON, undo=True),
        move("mené à bien, tout compte fait", S.STOPPED, S.DONE, Mover.PERSON, undo=True),
        move("arrêté, tout compte fait", S.DONE, S.STOPPED, Mover.PERSON, undo=True),
    ],
)
