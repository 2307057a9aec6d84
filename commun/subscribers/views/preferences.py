"""Choosing what one receives, from the link that every letter carries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from commun.common import clock
from commun.common.guard import anonymous_form
from commun.mailing.api import tokens
from commun.subscribers import wording
from commun.subscribers.forms import AddressForm, LostLinkForm, PreferencesForm
from commun.subscribers.models import Subscriber
from commun.subscribers.selectors.people import mask_address, proofs_of, subscriber_of_key
from commun.subscribers.services import requests
from commun.subscribers.services.subscriptions import set_departement, set_preferences
from commun.subscribers.types import Preference, SubscriberState
from commun.subscribers.views.common import even_pace, personal

DONE = {
    "adresse": "Un message part vers la nouvelle adresse : son lien confirme le changement. Rien ne change d’ici là.",
    "adresse-illisible": "Cette adresse est incomplète ou mal écrite : rien n’a été demandé.",
    "preferences": "Vos préférences sont enregistrées.",
    "donnees": "Un message vient de partir à l’adresse abonnée : il contient le lien vers vos données, "
    "valable vingt-quatre heures.",
    "retour": "Vous recevez de nouveau la lettre.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.lost_link", limit=20, period=timedelta(hours=1))
@even_pace
def lost_link(request: HttpRequest) -> HttpResponse:
    form = LostLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        requests.request_preferences_link(address=form.cleaned_data["email"], now=clock.now())
        return render(request, "subscribers/lost_link_asked.html")
    return render(request, "subscribers/lost_link.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.preferences", limit=60, period=timedelta(hours=1))
@personal
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = _subscriber(token)
    if subscriber is None:
        return render(request, "subscribers/nobody.html")
    form = PreferencesForm(request.POST or None, subscriber=subscriber)
    if request.method == "POST" and subscriber.state == SubscriberState.ACTIVE and form.is_valid():
        set_preferences(
            subscriber=subscriber,
            preference=Preference(form.cleaned_data["preference"]),
            topics=form.cleaned_data["topics"],
            paused_until=form.cleaned_data["paused_until"],
            method=wording.PREFERENCES_PAGE,
            now=clock.now(),
        )
        set_departement(
            subscriber=subscriber,
            departement=form.cleaned_data["departement"],
            method=wording.PREFERENCES_PAGE,
            now=clock.now(),
        )
        return _back(token, "preferences")
    return render(request, "subscribers/preferences.html", _context(request, subscriber, form, token))


@require_POST
@anonymous_form(scope="subscribers.ask_personal_data", limit=20, period=timedelta(hours=1))
@personal
def ask_personal_data(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = _subscriber(token)
    if subscriber is not None:
        requests.request_personal_data_link(subscriber=subscriber)
    return _back(token, "donnees")


@require_POST
@anonymous_form(scope="subscribers.come_back", limit=20, period=timedelta(hours=1))
@personal
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    key = tokens.read_recipient_token(purpose=tokens.PREFERENCES, token=token)
    requests.come_back(key=key, method=wording.PREFERENCES_PAGE, now=clock.now())
    return _back(token, "retour")


def _subscriber(token: str) -> Subscriber | None:
    return subscriber_of_key(key=tokens.read_recipient_token(purpose=tokens.PREFERENCES, token=token))


def _back(token: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('subscribers:preferences', args=[token])}?fait={done}")


def _said(request: HttpRequest, *, paused: bool) -> str:
    """What was just done; empty on a POST. Whoever comes back in a pause is not told that she receives it again."""
    done = request.GET.get("fait", "") if request.method != "POST" else ""
    if done == "retour" and paused:
        return "Votre abonnement est rétabli ; la pause que vous aviez choisie continue."
    return DONE.get(done, "")


def _context(request: HttpRequest, subscriber: Subscriber, form: PreferencesForm, token: str) -> dict[str, Any]:
    leave = tokens.recipient_token(purpose=tokens.UNSUBSCRIBE, key=subscriber.key)
    return {
        "subscriber": subscriber,
        "masked": mask_address(subscriber.address),
        "form": form,
        "token": token,
        "address_form": AddressForm(auto_id="nouvelle_%s"),
        "unsubscribe_token": leave,
        "active": subscriber.state == SubscriberState.ACTIVE,
        "paused": subscriber.is_paused,
        "can_come_back": requests.can_come_back(subscriber=subscriber, now=clock.now()),
        "done": _said(request, paused=subscriber.is_paused),
        "proofs": [
            {
                "event": proof,
                "method": wording.method_label(proof.method),
                "basis": wording.basis_label(proof.basis),
            }
            for proof in proofs_of(address_hash=subscriber.address_hash)
        ],
    }
