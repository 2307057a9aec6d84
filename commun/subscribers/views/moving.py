"""Changing one's address: asked from the preferences, confirmed from the new address, refused from the old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from commun.common import clock
from commun.common.guard import anonymous_form
from commun.mailing.api import tokens
from commun.subscribers.exceptions import AddressTaken
from commun.subscribers.forms import AddressForm
from commun.subscribers.selectors.people import subscriber_of_key
from commun.subscribers.services import moving
from commun.subscribers.views.common import even_pace, personal


@require_POST
@anonymous_form(scope="subscribers.ask_move", limit=20, period=timedelta(hours=1))
@personal
@even_pace
def ask(request: HttpRequest, token: str) -> HttpResponse:
    person = subscriber_of_key(key=tokens.read_recipient_token(purpose=tokens.PREFERENCES, token=token))
    form = AddressForm(request.POST)
    done = "adresse-illisible"
    if person is not None and form.is_valid():
        moving.request_move(subscriber=person, address=form.cleaned_data["email"])
        done = "adresse"
    return redirect(f"{reverse('subscribers:preferences', args=[token])}?fait={done}")


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.move", limit=20, period=timedelta(hours=1))
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, address=moving.read_move(token)[2], refusing=False, do=_with(moving.confirm_move, token))


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.move", limit=20, period=timedelta(hours=1))
@personal
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, address=moving.read_refusal(token)[2], refusing=True, do=_with(moving.refuse_move, token))


def _with(service: Callable[..., Any], token: str) -> Callable[[], Any]:
    return lambda: service(token=token, now=clock.now())


def _page(request: HttpRequest, *, address: str, refusing: bool, do: Callable[[], Any]) -> HttpResponse:
    context: dict[str, Any] = {"address": address, "refusing": refusing, "moved": False, "taken": False}
    if request.method == "POST":
        try:
            do()
        except AddressTaken:
            context["taken"] = True
        else:
            context["moved"] = True
    return render(request, "subscribers/move.html", context, status=409 if context["taken"] else 200)
