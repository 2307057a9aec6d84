"""The lives of this room: a send, and a message to one person (a recipient of a send, or a mail of service)."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.mailing.types import DeliveryState as D
from commun.mailing.types import SendState as S

SEND = Life(
    slug="envoi",
    title="Un envoi",
    states={
        S.SCHEDULED: "programmé",
        S.FREEZING: "destinataires en cours de liste",
        S.SENDING: "en cours",
        S.PAUSED: "en pause",
        S.HELD: "retenu",
        S.CANCELLED: "annulé",
        S.FINISHED: "terminé",
    },
    start=S.SCHEDULED,
    final=[S.CANCELLED, S.FINISHED],
    moves=[
        move(
            "sa date est venue : la liste s’écrit",
            S.SCHEDULED,
            S.FREEZING,
            Mover.CLOCK,
            within=timedelta(minutes=15),
            since="scheduled_at",
        ),
        move("sa date est venue : la liste était donnée avec lui", S.SCHEDULED, S.SENDING, Mover.CLOCK),
        move(
            "la liste est entière",
            S.FREEZING,
            S.SENDING,
            Mover.SWEEP,
            within=timedelta(hours=2),
            since="started_at",
        ),
        move("tous ont leur réponse", S.SENDING, S.FINISHED, Mover.SWEEP, within=timedelta(days=7), since="started_at"),
        move("mis en pause", [S.SCHEDULED, S.FREEZING, S.SENDING], S.PAUSED, Mover.PERSON),
        move("s’arrête de lui-même : refus, registre faux", [S.FREEZING, S.SENDING], S.PAUSED, Mover.SWEEP),
        move("repris avant d’avoir commencé", S.PAUSED, S.SCHEDULED, Mover.PERSON),
        move("repris pendant la liste", S.PAUSED, S.FREEZING, Mover.PERSON),
        move("repris", S.PAUSED, S.SENDING, Mover.PERSON),
        move("retenu après une interruption", [S.SCHEDULED, S.FREEZING, S.SENDING], S.HELD, Mover.SWEEP),
        move("retenu : une sauvegarde est restaurée", [S.SCHEDULED, S.FREEZING, S.SENDING], S.HELD, Mover.PERSON),
        move("confirmé avant d’avoir commencé", S.HELD, S.SCHEDULED, Mover.PERSON),
        move("confirmé pendant la liste", S.HELD, S.FREEZING, Mover.PERSON),
        move("confirmé", S.HELD, S.SENDING, Mover.PERSON),
        move("annulé", [S.SCHEDULED, S.FREEZING, S.SENDING, S.PAUSED, S.HELD], S.CANCELLED, Mover.PERSON),
        move("des remises incertaines sont renvoyées", S.FINISHED, S.SENDING, Mover.PERSON),
    ],
)

DELIVERY = Life(
    slug="remise",
    title="Une remise, un message de service",
    states={
        D.PENDING: "en attente",
        D.CLAIMED: "confié à un travailleur",
        D.ATTEMPTING: "en cours de remise",
        D.ACCEPTED: "acceptée par le relais",
        D.REFUSED: "refusée",
        D.DEFERRED: "différée",
        D.UNCERTAIN: "incertaine",
        D.EXCLUDED: "écartée",
    },
    start=[D.PENDING, D.EXCLUDED],
    final=[D.ACCEPTED, D.REFUSED, D.EXCLUDED],
    moves=[
        move("prise par un travailleur", [D.PENDING, D.DEFERRED], D.CLAIMED, Mover.SWEEP),
        move("le relais tarde", D.CLAIMED, D.ATTEMPTING, Mover.SWEEP),
        move("rendue : elle n’était pas partie", [D.CLAIMED, D.ATTEMPTING], D.PENDING, Mover.SWEEP),
        move("le relais accepte", [D.CLAIMED, D.ATTEMPTING], D.ACCEPTED, Mover.MESSAGE),
        move("le relais refuse", [D.CLAIMED, D.ATTEMPTING], D.REFUSED, Mover.MESSAGE),
        move("le relais demande d’attendre", [D.CLAIMED, D.ATTEMPTING], D.DEFERRED, Mover.MESSAGE),
        move("partie, sans réponse", [D.CLAIMED, D.ATTEMPTING], D.UNCERTAIN, Mover.SWEEP),
        move("différée trop longtemps", D.DEFERRED, D.REFUSED, Mover.CLOCK),
        move("un message de service est devenu inutile", D.PENDING, D.REFUSED, Mover.CLOCK),
        move("désabonnée, écartée, effacée ou envoi annulé", [D.PENDING, D.DEFERRED], D.EXCLUDED, Mover.PERSON),
        move("retirée à temps des mains d’un travailleur", [D.CLAIMED, D.ATTEMPTING], D.EXCLUDED, Mover.SWEEP),
        move("une sauvegarde est restaurée : elle a pu partir", [D.PENDING, D.DEFERRED], D.EXCLUDED, Mover.PERSON),
        move("tenue pour remise", D.UNCERTAIN, D.ACCEPTED, Mover.PERSON),
        move("à renvoyer", D.UNCERTAIN, D.PENDING, Mover.PERSON),
        move("à renvoyer, mais partie depuis", D.UNCERTAIN, D.EXCLUDED, Mover.PERSON),
        move("le journal retrouvé dit : refusée", D.UNCERTAIN, D.REFUSED, Mover.SWEEP),
        move("le journal retrouvé dit : différée", D.UNCERTAIN, D.DEFERRED, Mover.SWEEP),
    ],
)
