"""What must be looked at, and one page with all that is said of it. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required
from wagtail.models import Page

from commun.common import clock
from commun.common.errors import AppError
from commun.common.fetch import Why
from commun.common.fields import TextFormField
from commun.common.screens import show_screen
from commun.freshness.exceptions import WordsMissing, WrongState
from commun.freshness.models import Link, Report
from commun.freshness.selectors.board import KEEP_TRUE, read_board, read_page
from commun.freshness.services import asking, checking, reporting
from commun.freshness.types import PageState, ReportState

_HEAPS = {
    "": "Tout",
    "reports": "Signalées par des lecteurs",
    "changed": "Ont changé",
    "over": "Plus vraies",
    "dead": "Liens morts",
    "stale": "À confirmer",
}
_OLD_DAYS = 14
_TITLE = "À vérifier"


class AnswerForm(forms.Form):
    """What is done of a report. The answer is public to whoever holds its link."""

    suite = forms.ChoiceField(
        label="Ce que vous en faites",
        choices=[
            (ReportState.MENDED.value, "C’est corrigé"),
            (ReportState.LEFT.value, "Rien ne change, et voici pourquoi"),
            (ReportState.SPAM.value, "Indésirable : rien n’est répondu"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce que vous en faites."},
    )
    reponse = TextFormField(
        label="Votre réponse",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facultative si c’est corrigé. Elle est lue par qui a signalé, sur sa page ou par courriel.",
    )


def _screen(request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template, steps = f"freshness/admin/{name}.html", [("freshness_team:index", _TITLE)]
    return show_screen(request, template, title=title, icon="check", steps=steps, context=context, status=status)


@permission_required(KEEP_TRUE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    heap = request.GET.get("tas", "")
    heap = heap if heap in _HEAPS else ""
    board = read_board(user=request.user, heap=heap)  # type: ignore[arg-type]
    now = clock.now()
    counts = {**board.counts, "": None if heap else board.total}
    context = {
        "rows": [(entry, (now - entry.since).days) for entry in board.entries],
        "heap": heap,
        "heaps": [(key, label, counts.get(key, 0)) for key, label in _HEAPS.items()],
        "more": board.total - len(board.entries),
        "old_days": _OLD_DAYS,
    }
    return _screen(request, "index", _TITLE, context)


@permission_required(KEEP_TRUE)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


def _show(request: HttpRequest, pk: int, *, refused: tuple[int, AnswerForm] | None = None) -> HttpResponse:
    """`refused`: the report whose answer was, with what was typed."""
    try:
        found = read_page(user=request.user, page_id=pk)  # type: ignore[arg-type]
    except Page.DoesNotExist:
        raise Http404 from None
    reports = [
        (row, refused[1] if refused and refused[0] == row.pk else AnswerForm(auto_id=f"r{row.pk}_%s"))
        for row in found.reports
    ]
    watch = found.watch if found.watch is not None and found.watch.state != PageState.TRUE else None
    context = {
        "subject": found.page,
        "live_url": found.page.url if found.page.live else "",
        "may_edit": found.page.permissions_for_user(request.user).can_edit(),
        "watch": watch,
        "waiting": [pair for pair in reports if pair[0].state == ReportState.NEW],
        "answered": [row for row, _ in reports if row.state != ReportState.NEW],
        "links": [(link, _why(link)) for link in found.links],
        "others": found.others,
    }
    return _screen(request, "page", found.page.get_admin_display_title(), context, status=422 if refused else 200)


def _why(link: Link) -> str:
    if link.why in list(Why):
        return Why(link.why).words
    if link.status in {404, 410}:
        return f"le site répond que cette page n’existe pas, ou plus (code {link.status})"
    return f"le site répond par une erreur (code {link.status})" if link.status else ""


@permission_required(KEEP_TRUE)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    if not Page.objects.filter(pk=pk).exists():
        raise Http404
    if asking.confirm(page_id=pk, by=request.user, now=clock.now()):  # type: ignore[arg-type]
        messages.success(request, "C’est noté : la page se dit vérifiée aujourd’hui.")
    else:
        messages.error(request, "Cette page n’est pas en ligne, ou n’a pas de date de vérification.")
    return redirect("freshness_team:page", pk)


@permission_required(KEEP_TRUE)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    row = _report(pk)
    form = AnswerForm(request.POST, auto_id=f"r{row.pk}_%s")
    if form.is_valid():
        state, words = ReportState(form.cleaned_data["suite"]), form.cleaned_data["reponse"]
        try:
            reporting.answer(report_id=pk, state=state, words=words, by=request.user, now=clock.now())  # type: ignore[arg-type]
        except WordsMissing:
            form.add_error("reponse", "Dites pourquoi rien ne change : cette personne le lira.")
        except WrongState:
            messages.error(request, "Quelqu’un a déjà répondu à ce signalement : rien n’a été changé.")
            return _back(row)
        else:
            told = " La personne est prévenue." if row.confirmed_at and state != ReportState.SPAM else ""
            messages.success(request, f"C’est noté.{told}")
            return _back(row)
    return _show(request, row.page_id or 0, refused=(row.pk, form))


@permission_required(KEEP_TRUE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _report(pk)
    try:
        reporting.reopen(report_id=pk)
    except WrongState:
        messages.error(request, "Ce signalement est déjà ouvert.")
    else:
        messages.success(request, "Signalement rouvert.")
    return _back(row)


_LINK_ACTS = {
    "verifier": ("check", "Ce lien sera vérifié dans quelques minutes."),
    "laisser": ("leave", "Ce lien n’est plus surveillé."),
}


@permission_required(KEEP_TRUE)
@require_POST
def link(request: HttpRequest, page: int, pk: int, act: str) -> HttpResponse:
    if act not in _LINK_ACTS:
        raise Http404
    what, done = _LINK_ACTS[act]
    try:
        if what == "check":
            checking.check_again(link_id=pk, now=clock.now())
        else:
            checking.leave(link_id=pk)
    except Link.DoesNotExist:
        raise Http404 from None
    except AppError:
        messages.error(request, "Ce lien a changé d’état entre-temps : rien n’a été changé.")
    else:
        messages.success(request, done)
    return redirect("freshness_team:page", page)


def _report(pk: int) -> Report:
    try:
        return Report.objects.get(pk=pk)
    except Report.DoesNotExist:
        raise Http404 from None


def _back(row: Report) -> HttpResponse:
    return redirect("freshness_team:page", row.page_id) if row.page_id else redirect("freshness_team:index")
