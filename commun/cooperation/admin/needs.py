"""Needs: what waits, where, on what; and one need beside what would answer it. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.errors import AppError
from commun.cooperation.admin import forms
from commun.cooperation.admin.screens import screen, word
from commun.cooperation.departements import draw_map
from commun.cooperation.exceptions import NothingToAnswer
from commun.cooperation.models import Need
from commun.cooperation.selectors import needs
from commun.cooperation.selectors.matches import SuggestedMatch, suggest_matches
from commun.cooperation.selectors.needs import ANSWER, HEAPS, Filters
from commun.cooperation.services import answering
from commun.cooperation.types import Attached, NeedState
from commun.territories.api import Territory, TerritoryKind

_HEAP_LABELS = {"a-traiter": "À traiter", "repondus": "Répondus", "clos": "Clos"}
_OLD_DAYS = 7
_TRAIL = (("cooperation_team:needs", "Besoins"),)


def _filters(request: HttpRequest) -> tuple[forms.NeedFilterForm, Filters, dict[str, str]]:
    form = forms.NeedFilterForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    theme, departement = data.get("thematique"), data.get("departement")
    filters = Filters(
        heap=next((heap for heap in HEAPS if heap == data.get("tas")), "a-traiter"),
        theme_id=theme.pk if theme else None,
        departement=departement.code if departement else "",
        words=data.get("q", ""),
    )
    kept = {name: request.GET[name] for name in ("thematique", "departement", "q") if request.GET.get(name)}
    return form, filters, kept


def _listing(request: HttpRequest) -> tuple[Filters, dict[str, Any]]:
    form, filters, kept = _filters(request)
    counts = needs.heap_counts(filters=filters)
    heaps = [(heap, label, counts[heap], urlencode({"tas": heap, **kept})) for heap, label in _HEAP_LABELS.items()]
    return filters, {
        "form": form,
        "heap": filters.heap,
        "heaps": heaps,
        "kept": urlencode({"tas": filters.heap, **kept}),
    }


@permission_required(ANSWER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    filters, shared = _listing(request)
    page = needs.team_list(filters=filters, before=shared["form"].cleaned_data.get("apres"))
    now = clock.now()
    context = {
        **shared,
        "rows": [(row, (now - row.stated_at).days) for row in page.rows],
        "old_days": _OLD_DAYS,
        "next": f"{shared['kept']}&apres={page.next}" if page.next else "",
    }
    return screen(request, "needs", "Besoins", context, trail=_TRAIL)


@permission_required(ANSWER)
@require_safe
def geography(request: HttpRequest) -> HttpResponse:
    """Where they come from, and on what: a picture and its tables."""
    filters, shared = _listing(request)
    counts = needs.counts_by_departement(filters=filters)
    found = Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT, code__in=[code for code in counts if code])
    names = dict(found.order_by().values_list("code", "name"))
    rows = sorted(((names[code], code, number) for code, number in counts.items() if code in names), key=_most_first)
    themes = needs.counts_by_theme(filters=filters)
    most = max((number for _, number in themes), default=1)
    context = {
        **shared,
        "map": draw_map(counts=counts),
        "departements": rows,
        "elsewhere": sum(number for code, number in counts.items() if code not in names),
        "themes": [(title, number, 100 * number // most) for title, number in themes],
    }
    return screen(request, "needs_map", "Carte des besoins", context, trail=_TRAIL)


def _most_first(row: tuple[str, str, int]) -> tuple[int, str]:
    return (-row[2], row[1])


def _find(request: HttpRequest, pk: int) -> Need:
    try:
        return needs.get_need_for(user=request.user, pk=pk)
    except Need.DoesNotExist:
        raise Http404 from None


@permission_required(ANSWER)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _find(request, pk))


def _show(request: HttpRequest, need: Need, *, opened: str = "", **bound: Any) -> HttpResponse:
    """`bound`: forms that were refused, with what was typed."""
    suggested = _suggested(need) if need.is_open else []
    context = {
        "need": need,
        "thread": list(need.answers.select_related("by").prefetch_related("attachments")),
        "log": list(need.events.select_related("by")),
        "suggested": suggested,
        "answer_form": _answer_form(suggested),
        "filing_form": forms.FilingForm(need=need, auto_id="filing_%s"),
        "close_form": forms.WordsForm(auto_id="close_%s"),
        "opened": opened,
        "may_take": need.state in {NeedState.NEW, NeedState.LOOKED_AT} and need.assigned_to != request.user,
        **bound,
    }
    return screen(request, "need", need.title, context, trail=_TRAIL, status=422 if bound else 200)


def _suggested(need: Need) -> list[SuggestedMatch]:
    """What the matching finds, pages and peers."""
    return suggest_matches(need=need, now=clock.now())


def _answer_form(suggested: list[SuggestedMatch], data: Any = None) -> forms.AnswerForm:
    pages = [(one.page.pk, one.page.title) for one in suggested if one.page is not None]
    return forms.AnswerForm(data, suggestions=pages, auto_id="answer_%s")


def _act(request: HttpRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Need.DoesNotExist:
        raise Http404 from None
    except AppError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, done)
    return redirect("cooperation_team:need", pk)


@permission_required(ANSWER)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    by = request.user
    return _act(
        request,
        pk,
        lambda: answering.look_at(need_id=pk, by=by, now=clock.now()),  # type: ignore[arg-type]
        "Ce besoin vous est confié.",
    )


@permission_required(ANSWER)
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    need = _find(request, pk)
    form = forms.FilingForm(request.POST, need=need, auto_id="filing_%s")
    if not form.is_valid():
        return _show(request, need, opened="filing", filing_form=form)
    values, by = form.cleaned_data, request.user
    return _act(
        request,
        pk,
        lambda: answering.edit(need_id=pk, values=values, by=by, now=clock.now()),  # type: ignore[arg-type]
        "Classement enregistré.",
    )


@permission_required(ANSWER)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    need = _find(request, pk)
    suggested = _suggested(need)
    form = _answer_form(suggested, request.POST)
    if not form.is_valid():
        return _show(request, need, answer_form=form)
    reasons = {one.page.pk: one.told for one in suggested if one.page is not None}
    attached = [Attached(page_id=page, reasons=reasons.get(page, ())) for page in form.page_ids]
    try:
        answering.answer(
            need_id=pk,
            text=form.cleaned_data["text"],
            attached=attached,
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
        )
    except NothingToAnswer as error:
        form.add_error("text", word(error))
        return _show(request, need, answer_form=form)
    except AppError as error:
        messages.error(request, word(error))
    else:
        told = (
            "La réponse est partie"
            if need.address
            else "La réponse est sur la page du besoin ; personne à qui l’écrire"
        )
        messages.success(request, f"{told}.")
    return redirect("cooperation_team:need", pk)


@permission_required(ANSWER)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    need = _find(request, pk)
    form = forms.WordsForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return _show(request, need, opened="close", close_form=form)
    words, by = form.cleaned_data["words"], request.user
    return _act(
        request,
        pk,
        lambda: answering.close(need_id=pk, words=words, by=by, now=clock.now()),  # type: ignore[arg-type]
        "Le besoin est clos. Rien n’a été écrit à la personne ; elle peut le rouvrir depuis sa page.",
    )


@permission_required(ANSWER)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    by = request.user
    return _act(
        request,
        pk,
        lambda: answering.reopen(need_id=pk, by=by, now=clock.now()),  # type: ignore[arg-type]
        "Le besoin est rouvert.",
    )
