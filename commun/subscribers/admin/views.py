"""The team's screens. Addresses are searched by POST, so that none is written in the log of a server.

Counts are for who composes and approves; people, for who operates. Nobody can change a proof.
"""

from __future__ import annotations

import json
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_required

from commun.accounts.models import User
from commun.common import clock, privacy
from commun.mailing.api import (
    deliveries_at,
    list_suppressions,
    returns_of,
    standing_suppression,
    suppression_reasons,
    suppressions_of,
    tokens,
)
from commun.mailing.api import suppress as suppress_address
from commun.mailing.types import SuppressionReason
from commun.subscribers import segments as language
from commun.subscribers import wording
from commun.subscribers.admin.filters import ConditionsForm, query
from commun.subscribers.admin.forms import PersonForm, ProofSearchForm, ReasonForm, SearchForm
from commun.subscribers.admin.one_person import held_by_kind
from commun.subscribers.admin.screens import render_screen
from commun.subscribers.admin.segments import NameForm, shown_segments
from commun.subscribers.exceptions import PersonLeft
from commun.subscribers.models import Subscriber
from commun.subscribers.registry import known_of
from commun.subscribers.selectors import people as selectors
from commun.subscribers.selectors.acts import acts_that_changed, recent_acts
from commun.subscribers.selectors.segments import COUNTED, count_people, describe, list_people
from commun.subscribers.services import people, subscriptions
from commun.subscribers.types import SubscriberState

PAGE = 50
STATES = dict(Subscriber._meta.get_field("state").flatchoices)
REASONS = suppression_reasons()


@permission_required("subscribers.view_topic")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    figures = selectors.figures(now=clock.now())
    context: dict[str, Any] = {
        "counts": [(state, name, figures.states[state]) for state, name in STATES.items()],
        "topics": figures.topics,
        "paused": figures.paused,
        "counted_at": figures.at,
        "sees_people": request.user.has_perm("subscribers.view_subscriber"),
    }
    if context["sees_people"]:
        context |= _people(request)
    return render_screen(request, "index", "Abonnements", context)


def _people(request: HttpRequest) -> dict[str, Any]:
    search = SearchForm(request.POST or None)
    conditions_form = ConditionsForm(request.GET)
    context: dict[str, Any] = {
        "search": search,
        "filters": conditions_form,
        "searched": request.method == "POST",
        "segments": shown_segments(),
        "acts": recent_acts(now=clock.now()) if request.user.has_perm("subscribers.change_subscriber") else [],
        "next": "",
        "conditions": "[]",
    }
    if request.method == "POST":
        found = selectors.find_subscribers(part=search.cleaned_data["beginning"]) if search.is_valid() else []
        return context | {"people": found}
    if not conditions_form.is_valid():
        return context | {"people": [], "unreadable": True}
    conditions, exactly = conditions_form.conditions, request.GET.get("compter") == "oui"
    before = request.GET.get("avant", "")
    people_found = list_people(
        conditions=conditions,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None,
        limit=PAGE,
    )
    number = count_people(conditions=conditions, exactly=exactly)
    return context | {
        "people": people_found,
        "number": min(number, COUNTED) if not exactly else number,
        "more": number > COUNTED and not exactly,
        "says": describe(conditions=conditions) if conditions else "",
        "conditions": json.dumps(language.as_json(conditions)),
        "query": query(conditions),
        "next": query(conditions, avant=people_found[-1].pk) if len(people_found) == PAGE else "",
        "name_form": NameForm() if conditions and request.user.has_perm("subscribers.change_subscriber") else None,
    }


def _proofs(address_hash: str) -> list[dict[str, Any]]:
    return [
        {"event": proof, "method": wording.method_label(proof.method), "basis": wording.basis_label(proof.basis)}
        for proof in selectors.proofs_of(address_hash=address_hash)
    ]


@permission_required("subscribers.view_subscriber")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Subscriber.objects.select_related("departement", "brought_by"), pk=pk)
    may_change = request.user.has_perm("subscribers.change_subscriber")
    context = {
        "person": found,
        "acts": acts_that_changed(person=found) if may_change else [],
        "proofs": _proofs(found.address_hash),
        "known": known_of(address=found.address, by=cast(User, request.user)),
        "deliveries": deliveries_at(address=found.address)[:PAGE],
        "returns": returns_of(address_hash=found.address_hash),
        "suppressions": suppressions_of(address_hash=found.address_hash),
        "may_leave": found.state != SubscriberState.UNSUBSCRIBED and may_change,
        "may_move": found.state == SubscriberState.ACTIVE and may_change,
        "may_suppress": request.user.has_perm("mailing.operate_mail"),
        "reason": ReasonForm(),
        "may_change": may_change,
    }
    return render_screen(request, "person", found.address, context)


@permission_required("subscribers.add_subscriber")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = people.add_person(
                address=form.cleaned_data["address"],
                basis=form.legal_basis,
                source=form.cleaned_data["source"],
                topics=form.cleaned_data["topics"],
                by=request.user,
                now=clock.now(),
            )
        except PersonLeft:
            form.add_error(
                "address",
                "Cette personne est partie, ou son adresse est écartée. Elle seule peut revenir, par le site.",
            )
        else:
            messages.success(request, "La personne est abonnée.")
            return redirect("subscribers_team:person", added.pk)
    context = {"form": form, "submit": "Abonner cette personne", "multipart": False}
    return render_screen(request, "form", "Abonner une personne", context)


@permission_required("subscribers.change_subscriber")
@require_POST
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Subscriber, pk=pk)
    subscriptions.unsubscribe(recipient_key=found.key, method=wording.TEAM, now=clock.now())
    messages.success(request, "La personne est désabonnée, même d’un envoi en cours.")
    return redirect("subscribers_team:person", pk)


@permission_required("mailing.operate_mail")
@require_POST
def suppress(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Subscriber, pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        suppress_address(
            reason=SuppressionReason.MANUAL,
            address=found.address,
            evidence=form.cleaned_data["why"],
            now=clock.now(),
        )
        messages.success(request, "L’adresse est écartée.")
    else:
        messages.error(request, "Donnez un motif : il sera gardé.")
    return redirect("subscribers_team:person", pk)


@permission_required("mailing.view_suppression")
def suppressions(request: HttpRequest) -> HttpResponse:
    reason, lifted = request.GET.get("raison", ""), request.GET.get("levees") == "oui"
    context = {
        "rows": list_suppressions(reason=reason if reason in REASONS else "", standing=not lifted),
        "reasons": list(REASONS.items()),
        "reason": reason,
        "lifted": lifted,
        "may_lift": request.user.has_perm("mailing.operate_mail"),
    }
    return render_screen(request, "suppressions", "Adresses écartées", context)


@permission_required("mailing.operate_mail")
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    row = standing_suppression(pk=pk)
    if row is None:
        raise Http404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.lift_suppression(suppression=row, why=form.cleaned_data["why"], by=request.user, now=clock.now())
        messages.success(request, "L’adresse peut de nouveau recevoir des messages.")
        return redirect("subscribers_team:suppressions")
    context = {"form": form, "submit": "Lever cette mise à l’écart", "multipart": False}
    return render_screen(request, "form", f"Lever : {row.get_reason_display()}", context)


@permission_required("subscribers.view_consentevent")
@require_http_methods(["GET", "POST"])
def proofs(request: HttpRequest) -> HttpResponse:
    """Proof of consent by address: also of people erased since, of whom only the hash is left; and what is held of
    whoever has this address, in every room, where one may see people."""
    form = ProofSearchForm(request.POST or None)
    address = form.cleaned_data["address"] if request.method == "POST" and form.is_valid() else ""
    digest = tokens.address_hash(address) if address else ""
    sees_people = request.user.has_perm("subscribers.view_subscriber")
    context = {
        "form": form,
        "searched": bool(digest),
        "proofs": _proofs(digest) if digest else [],
        "suppressions": suppressions_of(address_hash=digest) if digest else [],
        "address": address,
        "sees_people": sees_people,
        "held": held_by_kind(privacy.export_person(email=address)) if address and sees_people else [],
        "may_change": request.user.has_perm("subscribers.change_subscriber"),
    }
    return render_screen(request, "proofs", "Preuves de consentement", context)
