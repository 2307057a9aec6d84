"""The life of an issue of the letter. No column holds it: it follows from submission, approvals and send."""

from __future__ import annotations

from typing import Any

from commun.common.states import Life, Mover, move
from commun.newsletters.types import IssueState as I


def _state(issue: Any) -> str:
    from commun.newsletters.selectors.issues import issue_status

    return issue_status(issue=issue).state


ISSUE = Life(
    slug="numero",
    title="Un numéro de la lettre",
    states={
        I.DRAFT: "brouillon",
        I.SUBMITTED: "soumis à l’approbation",
        I.APPROVED: "approuvé",
        I.SCHEDULED: "programmé",
        I.SENDING: "en cours d’envoi",
        I.PAUSED: "en pause",
        I.HELD: "retenu",
        I.STOPPED: "arrêté en chemin",
        I.SENT: "envoyé",
    },
    start=I.DRAFT,
    final=[I.STOPPED, I.SENT],
    derived=_state,
    moves=[
        move("soumis : le contenu est figé", I.DRAFT, I.SUBMITTED, Mover.PERSON),
        move("approuvé par qui ne l’a pas écrit", I.SUBMITTED, I.APPROVED, Mover.PERSON),
        move("modifié, ou retiré", [I.SUBMITTED, I.APPROVED], I.DRAFT, Mover.PERSON, undo=True),
        move("programmé", I.APPROVED, I.SCHEDULED, Mover.PERSON),
        move("envoyé tout de suite", I.APPROVED, I.SENDING, Mover.PERSON),
        move("déprogrammé avant d’avoir commencé", I.SCHEDULED, I.DRAFT, Mover.PERSON, undo=True),
        move("sa date est venue", I.SCHEDULED, I.SENDING, Mover.CLOCK),
        move("mis en pause", [I.SCHEDULED, I.SENDING], I.PAUSED, Mover.PERSON),
        move("retenu après une interruption", [I.SCHEDULED, I.SENDING], I.HELD, Mover.SWEEP),
        move("repris, ou confirmé", [I.PAUSED, I.HELD], I.SENDING, Mover.PERSON),
        move("arrêté : qui l’a le garde", [I.SENDING, I.PAUSED, I.HELD], I.STOPPED, Mover.PERSON),
        move("tous ont leur réponse", I.SENDING, I.SENT, Mover.SWEEP),
    ],
)
