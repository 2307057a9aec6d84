"""The moderation's screens: what waits, the checklist of one request, the log of one mandate, undoing a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.accounts.models import User
from commun.common import clock, french
from commun.common.screens import show_screen
from commun.territories import api
from commun.territories.models import MandateRequest, Membership
from commun.territories.selectors import proofs
from commun.territories.services.mandates.proving import REFERENT_HAS
from commun.territories.services.mandates.requests import record_check
from commun.territories.wording import word

_RECENT = timedelta(days=30)
MAY = "territories.check_mandate"


class DecisionForm(forms.Form):
    evidence = forms.CharField(
        label="Ce qui a été vérifié, ou ce qui manque",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="« Rappelé le standard le 3 mars : la secrétaire confirme. » Un refus lui est envoyé tel quel.",
        error_messages={"required": "Dites ce que vous avez vérifié, ou ce qui manque."},
    )


class RecordForm(DecisionForm):
    kind = forms.ChoiceField(label="Preuve vue", choices=api.RequestKind.choices, widget=forms.RadioSelect)
    field_order = ("kind", "evidence")


@permission_required(MAY)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    waiting = [(one, now >= (one.approval_asked_at or now) + REFERENT_HAS) for one in proofs.members_waiting()[:200]]
    context = {
        "requests": proofs.requests_to_check()[:200],
        "waiting": waiting,
        "unchecked": proofs.organisations_to_check()[:200],
        "decided": proofs.recent_decisions(since=now - _RECENT)[:50],
    }
    return render_screen(request, "index", "Mandats", context)


@permission_required(MAY)
@never_cache
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what to look at, in order, then yes or no."""
    found = get_object_or_404(proofs.requests_to_check().select_related("membership__user"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted = "accepter" in request.POST
        evidence = form.cleaned_data["evidence"]
        return act_and_return(
            request,
            lambda user: api.decide_request(
                request_id=pk, accepted=accepted, evidence=evidence, by=user, now=clock.now()
            ),
            "Mandat vérifié." if accepted else "Preuve refusée : la personne est prévenue.",
        )
    context = {"asked": found, "form": form, "has_piece": hasattr(found, "document"), **_about(found.membership)}
    return render_screen(request, "request", f"Vérifier {found.membership.user}", context)


@permission_required(MAY)
@never_cache
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Downloaded, never shown in the site: what it holds came from outside."""
    piece = get_object_or_404(MandateRequest.objects.select_related("document"), pk=pk, document__isnull=False).document
    response = HttpResponse(bytes(piece.content), content_type=piece.mime)
    response["Content-Disposition"] = f'attachment; filename="{piece.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@permission_required(MAY)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(MandateRequest.objects.select_related("membership__user"), pk=pk)
    if request.method == "POST":
        return act_and_return(
            request,
            lambda user: api.undo_decision(request_id=pk, by=user, now=clock.now()),
            "Décision annulée : la demande attend de nouveau.",
        )
    return render_screen(request, "undo", "Annuler la décision ?", {"asked": found})


@permission_required(MAY)
@never_cache
@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of one mandate; a check made without being asked is recorded here."""
    found = get_object_or_404(proofs.with_journal(Membership.objects.all()), pk=pk)
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, evidence = api.RequestKind(form.cleaned_data["kind"]), form.cleaned_data["evidence"]
        return act_and_return(
            request,
            lambda user: record_check(membership_id=pk, kind=kind, evidence=evidence, by=user, now=clock.now()),
            "Vérification enregistrée.",
        )
    context = {"membership": found, "form": form, **_about(found)}
    return render_screen(request, "membership", f"{found.user} – {french.name(found.organisation.label)}", context)


@permission_required(MAY)
@require_POST
def decide_membership(request: HttpRequest, pk: int) -> HttpResponse:
    act = api.approve_membership if "accepter" in request.POST else api.refuse_membership
    return act_and_return(request, lambda user: act(membership_id=pk, by=user, now=clock.now()), "C’est noté.")


def _about(one: Membership) -> dict[str, Any]:
    official = proofs.official_address_of(organisation=one.organisation)
    return {
        "official": official,
        "members": api.members_of(organisation=one.organisation, at=clock.now()),
        "held": one.held_level(at=clock.now()),
    }


def act_and_return(request: HttpRequest, act: Callable[[User], Any], done: str, *, back: str = "") -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    try:
        act(user)
    except api.TerritoriesError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, done)
    return redirect(back or "mandates_team:index")


def render_screen(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    steps = [("mandates_team:index", title if name == "index" else "Mandats")]
    return show_screen(request, f"territories/admin/{name}.html", title=title, icon="key", steps=steps, context=context)
