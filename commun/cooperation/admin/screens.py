"""What the team's screens of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from commun.common.errors import AppError
from commun.common.screens import show_screen
from commun.cooperation.exceptions import (
    CannotMerge,
    ChoiceTaken,
    NothingToAnswer,
    NothingToUndo,
    ReasonMissing,
    TooFewProposals,
    TooFewStakeholders,
    VoteNotDecided,
    WrongState,
)
from commun.cooperation.types import NeedState, ProjectState, ProposalState

_REFUSALS: dict[type[AppError], str] = {
    NothingToAnswer: "Écrivez une réponse, ou choisissez au moins une page.",
    NothingToUndo: "Il n’y a plus rien à annuler : quelque chose a changé entre-temps.",
    CannotMerge: "Cette proposition ne peut pas en recevoir une autre : elle n’est plus dans la liste.",
    VoteNotDecided: "Le résultat de ce vote n’est pas encore connu.",
    ChoiceTaken: "Cette thématique a déjà son projet, ou n’est pas de ce vote.",
    ReasonMissing: "Dites pourquoi : c’est publié.",
    TooFewStakeholders: "Le projet n’a plus de partie prenante : arrêtez-le plutôt, en disant pourquoi.",
    TooFewProposals: "Retenez au moins deux propositions : un vote en demande deux.",
}


def word(error: AppError) -> str:
    if isinstance(error, WrongState):
        labels = {**dict(NeedState.choices), **dict(ProposalState.choices), **dict(ProjectState.choices)}
        return f"L’état est maintenant « {labels.get(error.state, error.state)} » : rien n’a été changé."
    return _REFUSALS.get(type(error), "Cela n’a pas pu être fait. Réessayez, ou prévenez l’exploitation.")


def screen(
    request: HttpRequest,
    name: str,
    title: str,
    context: dict[str, Any],
    *,
    trail: tuple[tuple[str, str], ...],
    status: int = 200,
) -> HttpResponse:
    template = f"cooperation/admin/{name}.html"
    return show_screen(request, template, title=title, icon="group", steps=trail, context=context, status=status)
