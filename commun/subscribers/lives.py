"""The lives of a file of addresses, and of an act on many people."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.subscribers.types import BulkState
from commun.subscribers.types import ImportState as State

_SOON = timedelta(minutes=15)  # since the last sign of whoever works at it

IMPORT = Life(
    slug="import",
    title="Un fichier d’adresses",
    states=State.choices,
    start=State.TRYING,
    final=[State.DONE, State.SET_ASIDE, State.UNREADABLE, State.UNDONE],
    moves=[
        move("lu à blanc", State.TRYING, State.TRIED, Mover.SWEEP, within=_SOON, since="touched_at"),
        move("illisible", State.TRYING, State.UNREADABLE, Mover.SWEEP),
        move("relu, l’adresse dans une autre colonne", [State.TRIED, State.UNREADABLE], State.TRYING, Mover.PERSON),
        move("l’équipe ajoute ces personnes", State.TRIED, State.ADDING, Mover.PERSON),
        move("l’équipe renonce, ou trente jours passent", State.TRIED, State.SET_ASIDE, Mover.CLOCK),
        move("tout est lu", State.ADDING, State.DONE, Mover.SWEEP, within=_SOON, since="touched_at"),
        move("l’équipe défait l’import", State.DONE, State.UNDOING, Mover.PERSON),
        move("ces personnes sont parties", State.UNDOING, State.UNDONE, Mover.SWEEP, within=_SOON, since="touched_at"),
    ],
)

BULK_ACT = Life(
    slug="acte-groupe",
    title="Un acte sur plusieurs abonné·e·s",
    states=BulkState.choices,
    start=BulkState.DOING,
    final=[BulkState.DONE, BulkState.UNDONE],
    moves=[
        move(
            "tout le monde y est passé", BulkState.DOING, BulkState.DONE, Mover.SWEEP, within=_SOON, since="touched_at"
        ),
        move("l’équipe le défait", BulkState.DONE, BulkState.UNDOING, Mover.PERSON),
        move(
            "chacun est comme avant", BulkState.UNDOING, BulkState.UNDONE, Mover.SWEEP, within=_SOON, since="touched_at"
        ),
    ],
)
