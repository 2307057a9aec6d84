"""Proposed themes: what was received, what is kept for the next vote, what became of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.accounts.models import User
from commun.common import clock
from commun.common.errors import AppError
from commun.cooperation.admin import forms
from commun.cooperation.admin.screens import screen, word
from commun.cooperation.models import ThemeProposal
from commun.cooperation.selectors.proposals import SHORTLIST, standing
from commun.cooperation.services import shortlisting
from commun.cooperation.types import ProposalState

_TRAIL = (("cooperation_team:proposals", "Thématiques proposées"),)
_FEWEST = 2


@permission_required(SHORTLIST)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, opened: int = 0, **bound: Any) -> HttpResponse:
    shortlisted = standing(state=ProposalState.SHORTLISTED)
    received = standing(state=ProposalState.NEW)
    others = [*shortlisted, *received]
    context = {
        "shortlisted": [(row, _forms(row, others)) for row in shortlisted],
        "received": [(row, _forms(row, others)) for row in received],
        "in_vote": standing(state=ProposalState.IN_VOTE),
        "merged": standing(state=ProposalState.MERGED),
        "declined": standing(state=ProposalState.DECLINED),
        "may_vote": len(shortlisted) >= _FEWEST,
        "may_prepare": request.user.has_perm("votes.add_vote"),
        "opened": opened,
        **bound,
    }
    return screen(request, "proposals", "Thématiques proposées", context, trail=_TRAIL, status=422 if bound else 200)


def _forms(row: ThemeProposal, others: list[ThemeProposal]) -> dict[str, Any]:
    own = f"p{row.pk}_%s"
    initial = {"title": row.title, "text": " ".join(row.text.split())[:1000]}
    return {
        "edit": forms.ProposalForm(initial=initial, auto_id=own),
        "decline": forms.WordsForm(auto_id=own),
        "others": [other for other in others if other.pk != row.pk],
    }


@permission_required(SHORTLIST)
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of the acts of `_ACTS`, on this proposal."""
    found = _ACTS.get(act)
    if found is None or not ThemeProposal.objects.filter(pk=pk).exists():
        raise Http404
    done, form_class, service = found
    values: dict[str, Any] = {}
    if form_class is not None:
        form = form_class(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
            return redirect("cooperation_team:proposals")
        values = form.cleaned_data
    try:
        service(proposal_id=pk, by=request.user, now=clock.now(), **values)
    except AppError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, done)
    return redirect("cooperation_team:proposals")


def _edit(*, proposal_id: int, by: User, now: Any, **values: Any) -> object:
    return shortlisting.edit_proposal(proposal_id=proposal_id, values=values, by=by, now=now)


def _merge(*, proposal_id: int, by: User, now: Any, into: ThemeProposal) -> object:
    return shortlisting.merge(proposal_id=proposal_id, into_id=into.pk, by=by, now=now)


class _MergeForm(forms.MergeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = ThemeProposal.objects.filter(  # type: ignore[attr-defined]
            state__in=list(shortlisting.STANDING)
        )


_ACTS: dict[str, tuple[str, Any, Callable[..., object]]] = {
    "retenir": ("Retenue pour le prochain vote.", None, shortlisting.shortlist),
    "retirer": ("Retirée de la sélection.", None, shortlisting.unlist),
    "corriger": ("Intitulé enregistré.", forms.ProposalForm, _edit),
    "rattacher": ("Rattachée : elles sont suivies ensemble.", _MergeForm, _merge),
    "detacher": ("Détachée.", None, shortlisting.part),
    "ecarter": ("Non retenue ; la personne en est informée.", forms.WordsForm, shortlisting.decline),
    "reprendre": ("Reprise parmi celles à étudier.", None, shortlisting.reopen_proposal),
}


@permission_required(SHORTLIST)
@permission_required("votes.add_vote")
@require_POST
def vote(request: HttpRequest) -> HttpResponse:
    """The list becomes the draft of a vote, where its rules are written."""
    try:
        made = shortlisting.prepare_vote(by=request.user, now=clock.now())  # type: ignore[arg-type]
    except AppError as error:
        messages.error(request, word(error))
        return redirect("cooperation_team:proposals")
    messages.success(request, "Le vote est préparé : vérifiez ses dates et ses règles, puis annoncez-le.")
    return redirect("votes_team:vote", made.pk)
