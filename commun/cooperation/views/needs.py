"""The page of whoever stated a need, behind the link sent to her mailbox: what was answered, and what she may do.

GET changes nothing: link scanners open every address of every mail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commun.common import clock
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.cooperation.exceptions import CooperationError
from commun.cooperation.forms import EmptyForm, EndForm, PreciseForm, ShownForm
from commun.cooperation.models import Need
from commun.cooperation.selectors.needs import get_need_by_token
from commun.cooperation.services import answering, following
from commun.cooperation.types import NeedAct, NeedEnd, NeedState

_AN_HOUR = timedelta(hours=1)
_DONE = {
    "envoye": "Votre message est arrivé à la rédaction.",
    "clos": "Merci de nous l’avoir dit. Vous pouvez rouvrir ce besoin à tout moment.",
    "silence": "C’est noté : nous ne vous demanderons plus de nouvelles de ce besoin.",
    "montre": "C’est noté : d’autres collectivités peuvent voir ce besoin, dans la lettre et dans l’annuaire.",
    "cache": "C’est noté : ce besoin n’est plus montré à d’autres.",
    "rouvert": "Votre besoin est rouvert : la rédaction va le relire.",
    "impossible": "Cela n’a pas pu être fait : la page avait changé entre-temps. Voici où en est votre besoin.",
}


_personal = personal_page(name="need", find=get_need_by_token, unknown="cooperation/link_unknown.html")


@_personal
@require_safe
def show(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    return _page(request, need, token, PreciseForm(), done=_DONE.get(request.GET.get("fait", ""), ""))


def _page(
    request: HttpRequest, need: Need, token: str, form: PreciseForm, *, done: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "need": need,
        "token": token,
        "done": done,
        "form": form,
        "end_form": EndForm(prefix="fin"),
        "quiet_form": EmptyForm(prefix="rappel"),
        "shown_form": ShownForm(prefix="montrer"),
        "thread": list(need.answers.prefetch_related("attachments")),
        "ends": [(NeedEnd.SOLVED, "Cela nous a aidés"), (NeedEnd.ABANDONED, "Nous n’en avons plus besoin")],
        "is_closed": need.state == NeedState.CLOSED,
        "is_answered": need.state == NeedState.ANSWERED,
        "refused": need.events.filter(act=NeedAct.REFUSE).exists(),
    }
    return render(request, "cooperation/need.html", context, status=status)


@require_POST
@anonymous_form(scope="cooperation.precise", limit=30, period=_AN_HOUR)
@_personal
def precise(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    form = PreciseForm(request.POST)
    if not form.is_valid():
        return _page(request, need, token, form, status=422)
    return _do(
        token, "envoye", lambda: following.precise(need_id=need.pk, text=form.cleaned_data["texte"], now=clock.now())
    )


@require_POST
@anonymous_form(scope="cooperation.finish", limit=30, period=_AN_HOUR)
@_personal
def finish(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    form = EndForm(request.POST, prefix="fin")
    if not form.is_valid():
        return _back(token, "impossible")
    end = NeedEnd(form.cleaned_data["issue"])
    return _do(token, "clos", lambda: following.finish(need_id=need.pk, end=end, now=clock.now()))


@require_POST
@anonymous_form(scope="cooperation.reopen", limit=30, period=_AN_HOUR)
@_personal
def reopen(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    return _do(token, "rouvert", lambda: answering.reopen(need_id=need.pk, by=None, now=clock.now()))


@require_POST
@anonymous_form(scope="cooperation.refuse", limit=30, period=_AN_HOUR)
@_personal
def refuse(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    return _do(token, "silence", lambda: following.refuse_reminders(need_id=need.pk, now=clock.now()))


@require_POST
@anonymous_form(scope="cooperation.shown", limit=30, period=_AN_HOUR)
@_personal
def show_to_others(request: HttpRequest, need: Need, token: str) -> HttpResponse:
    form = ShownForm(request.POST, prefix="montrer")
    if not form.is_valid():
        return _back(token, "impossible")
    shown = form.cleaned_data["lettre"] == "oui"
    done = "montre" if shown else "cache"
    return _do(token, done, lambda: following.show_to_others(need_id=need.pk, shown=shown, now=clock.now()))


def _do(token: str, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CooperationError:
        return _back(token, "impossible")
    return _back(token, done)


def _back(token: str, done: str) -> HttpResponse:
    response = redirect("cooperation:need", token)
    response["Location"] += f"?fait={done}"
    return response
