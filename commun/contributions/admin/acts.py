"""The team's decisions, each a POST that says what it did; what was typed survives every refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.errors import AppError
from commun.contributions.admin import forms
from commun.contributions.admin.views import find, show
from commun.contributions.exceptions import (
    CannotMerge,
    DraftEdited,
    FieldMissing,
    FilesWaiting,
    NobodyToAnswer,
    NothingToSplit,
    NothingToUndo,
    WrongState,
)
from commun.contributions.models import Contribution
from commun.contributions.selectors.contributions import MODERATE
from commun.contributions.services import conversation, deciding
from commun.contributions.types import Kind, state_label

_REFUSALS: dict[type[AppError], str] = {
    FilesWaiting: "Ses fichiers sont encore en cours d’examen : vos corrections sont enregistrées, acceptez-la dans un "
    "instant. Si cela dure, prévenez l’exploitation.",
    NobodyToAnswer: "Il n’y a pas d’adresse à laquelle écrire.",
    NothingToUndo: "Il n’y a plus rien à annuler : quelque chose a suivi cette décision.",
    DraftEdited: "Le brouillon a été retravaillé ou mis en ligne : supprimez-le vous-même, puis annulez.",
    CannotMerge: "Cette contribution ne peut pas en recevoir une autre : vérifiez son numéro.",
    NothingToSplit: "Donnez un texte ou un fichier à cette partie.",
}


def word(error: AppError, row: Contribution) -> str:
    if isinstance(error, WrongState):
        label = state_label(kind=row.kind, state=error.state)
        return f"Cette contribution est maintenant « {label} » : rien n’a été changé."
    if isinstance(error, FieldMissing):
        return "Indiquez le jour de l’événement : sans lui, il n’y a pas de brouillon."
    return _REFUSALS.get(type(error), "Cela n’a pas pu être fait. Réessayez, ou prévenez l’exploitation.")


@permission_required(MODERATE)
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the corrections; with the button "accepter", make the draft page too."""
    row = find(request, pk)
    files = list(row.files.all())
    form = forms.DraftForm(request.POST, row=row)
    shown = forms.AlternativesForm(request.POST, files=files)
    if not form.is_valid() or not shown.is_valid():
        return show(request, row, draft_form=form, alternatives=shown)
    accepts = request.POST.get("act") == "accept"
    try:
        deciding.edit(contribution_id=pk, values=form.values, by=request.user, now=clock.now())  # type: ignore[arg-type]
        if accepts and form.cleaned_data["kind"] != row.kind:
            messages.info(request, "La nature a changé : vérifiez les champs du brouillon, puis acceptez.")
        elif accepts:
            deciding.accept(
                contribution_id=pk,
                by=request.user,  # type: ignore[arg-type]
                now=clock.now(),
                alternatives=shown.values,
                vouches="vouches" in request.POST,
            )
            _tell_accepted(request, pk)
        else:
            messages.success(request, "Corrections enregistrées.")
    except FieldMissing as error:
        form.add_error("start_day", word(error, row))
        return show(request, row, draft_form=form, alternatives=shown)
    except ValidationError as error:
        for sentence in error.messages:
            form.add_error(None, sentence)
        return show(request, row, draft_form=form, alternatives=shown)
    except AppError as error:
        messages.error(request, word(error, row))
    return redirect("contributions_team:detail", pk)


def _tell_accepted(request: HttpRequest, pk: int) -> None:
    page_id = Contribution.objects.values_list("page", flat=True).get(pk=pk)
    if page_id is None:
        messages.success(request, "Contribution retenue. La personne est prévenue.")
        return
    edit = reverse("wagtailadmin_pages:edit", args=[page_id])
    said = "Le brouillon est prêt, la personne est prévenue. <a href='{}'>Ouvrir le brouillon</a>"
    messages.success(request, format_html(said, edit))


@permission_required(MODERATE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda: deciding.assign(contribution_id=pk, to=request.user, by=request.user, now=clock.now()),  # type: ignore[arg-type]
        "Elle vous est confiée.",
    )


@permission_required(MODERATE)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.AssignForm(request.POST, auto_id="assign_%s")
    if not form.is_valid():
        return show(request, find(request, pk), assign_form=form, opened="assign")
    to = form.cleaned_data["to"]
    return _act(
        request,
        pk,
        lambda: deciding.assign(contribution_id=pk, to=to, by=request.user, now=clock.now()),  # type: ignore[arg-type]
        f"Confiée à {to}." if to else "Elle n’est plus confiée à personne.",
    )


def _written(form_class: Any, name: str, service: Callable[..., Any], done: str) -> Callable[..., HttpResponse]:
    """A view whose form holds one text that is sent."""

    @permission_required(MODERATE)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        form = form_class(request.POST, auto_id=f"{name}_%s")
        if not form.is_valid():
            return show(request, find(request, pk), opened=name, **{f"{name}_form": form})
        text = form.cleaned_data["text"]
        return _act(request, pk, lambda: service(contribution_id=pk, text=text, by=request.user, now=clock.now()), done)

    return view


ask = _written(forms.AskForm, "ask", conversation.ask, "La question est partie. La réponse reviendra ici.")
answer = _written(forms.AnswerForm, "answer", deciding.reply, "La réponse est partie ; la question est close.")
decline = _written(forms.DeclineForm, "decline", deciding.decline, "Non retenue ; la personne en est informée.")


@permission_required(MODERATE)
@require_POST
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda: deciding.mark_spam(contribution_id=pk, by=request.user, now=clock.now()),  # type: ignore[arg-type]
        "Classée indésirable. Personne n’est prévenu.",
    )


@permission_required(MODERATE)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.MergeForm(request.POST, auto_id="merge_%s")
    if not form.is_valid():
        return show(request, find(request, pk), merge_form=form, opened="merge")
    into = form.cleaned_data["into"]
    return _act(
        request,
        pk,
        lambda: deciding.merge(contribution_id=pk, into_id=into, by=request.user, now=clock.now()),  # type: ignore[arg-type]
        "Rattachée : elles sont suivies ensemble.",
    )


@permission_required(MODERATE)
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(request, pk)
    form = forms.SplitForm(request.POST, files=list(row.files.all()), auto_id="split_%s")
    if not form.is_valid():
        return show(request, row, split_form=form, opened="split")
    data = form.cleaned_data
    try:
        part = deciding.split(
            contribution_id=pk,
            kind=Kind(data["kind"]),
            title=data["title"],
            text=data["text"],
            file_ids=[int(one) for one in data.get("parts", [])],
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
        )
    except NothingToSplit as error:
        form.add_error("text", word(error, row))
        return show(request, row, split_form=form, opened="split")
    except AppError as error:
        messages.error(request, word(error, row))
        return redirect("contributions_team:detail", pk)
    messages.success(request, "Cette partie est maintenant une contribution à part.")
    return redirect("contributions_team:detail", part.pk)


@permission_required(MODERATE)
@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda: deciding.undo(event_id=event, by=request.user, now=clock.now()),  # type: ignore[arg-type]
        "C’est annulé.",
    )


def _act(request: HttpRequest, pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    row = find(request, pk)
    try:
        act()
    except AppError as error:
        messages.error(request, word(error, row))
    else:
        messages.success(request, done)
    return redirect("contributions_team:detail", pk)
