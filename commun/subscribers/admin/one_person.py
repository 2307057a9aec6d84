"""What the team does for one person, at her word: export, erase, correct her address, her choices; and the list."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_required

from commun.accounts.api import InvalidAddress
from commun.accounts.models import User
from commun.common import clock, french, privacy
from commun.common.errors import ExpiredLink
from commun.common.spreadsheets import stream_csv
from commun.subscribers import wording
from commun.subscribers.admin.forms import ChoicesForm, NewAddressForm, ProofSearchForm
from commun.subscribers.admin.screens import render_screen
from commun.subscribers.admin.segments import HiddenConditions
from commun.subscribers.exceptions import AddressTaken
from commun.subscribers.models import Subscriber
from commun.subscribers.selectors.segments import every_subscriber
from commun.subscribers.services import moving
from commun.subscribers.services.subscriptions import set_preferences
from commun.subscribers.types import Preference, SubscriberState

logger = logging.getLogger(__name__)


@permission_required("subscribers.view_subscriber")
@require_POST
def export_list(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What one sees, as a file: those the conditions keep, or everybody."""
    hidden = HiddenConditions(request.POST)
    if not hidden.is_valid():
        messages.error(request, "Ces conditions ne peuvent pas être lues : rien n’est exporté.")
        return redirect("subscribers_team:index")
    people = every_subscriber(conditions=hidden.cleaned_data["conditions"])
    header = (
        "adresse",
        "état",
        "reçoit",
        "thématiques",
        "en pause jusqu’au",
        "département",
        "demande",
        "confirmation",
        "départ",
    )
    response = StreamingHttpResponse(
        stream_csv(header=header, rows=map(_row, people)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="abonnes.csv"'
    return response


def _row(person: Subscriber) -> tuple[object, ...]:
    dates = (person.created_at, person.confirmed_at, person.left_at)
    return (
        person.address,
        person.get_state_display(),
        person.get_preference_display(),
        ", ".join(topic.name for topic in person.topics.all()),
        french.day(person.paused_until) if person.paused_until else "",
        person.departement.name if person.departement else "",
        *(french.day(timezone.localdate(at)) if at else "" for at in dates),
    )


@permission_required("subscribers.view_subscriber")
@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything held about her, in every room: what the law lets her ask for."""
    found = get_object_or_404(Subscriber, pk=pk)
    return _as_file(privacy.export_person(email=found.address), name=f"personne-{pk}.json")


def _as_file(data: dict[str, Any], *, name: str) -> HttpResponse:
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=2, default=str), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@permission_required("subscribers.change_subscriber")
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what goes; POST erases, everywhere."""
    found = get_object_or_404(Subscriber, pk=pk)
    if request.method == "POST":
        if _may_be_erased(found.address, request):
            _erase(found.address, request)
        return redirect("subscribers_team:index")
    return render_screen(request, "erase", "Effacer une personne", {"person": found})


def _may_be_erased(email: str, request: HttpRequest) -> bool:
    """Whoever is of the team leaves it first: nobody takes a colleague's account away by erasing a subscriber."""
    if not User.objects.filter(email=email, is_staff=True).exists():
        return True
    messages.error(
        request,
        "Cette adresse est celle d’une personne de l’équipe : retirez-lui d’abord ses droits. Rien n’est effacé.",
    )
    return False


def _erase(email: str, request: HttpRequest) -> None:
    done = privacy.erase_person(email=email, now=clock.now())
    logger.info("person erased by=%s rooms=%s", request.user.pk, ",".join(done))
    messages.success(request, "Tout ce qui concernait cette personne est effacé.")


@permission_required("subscribers.view_subscriber")
@require_POST
def export_address(request: HttpRequest) -> HttpResponse:
    """The same for whoever does not receive the letter: she gave a contribution, or has an account."""
    form = ProofSearchForm(request.POST)
    data = privacy.export_person(email=form.cleaned_data["address"]) if form.is_valid() else {}
    if not data:
        messages.error(request, "Nous ne gardons rien sous cette adresse.")
        return redirect("subscribers_team:proofs")
    return _as_file(data, name="personne.json")


@permission_required("subscribers.change_subscriber")
@require_POST
def erase_address(request: HttpRequest) -> HttpResponse:
    """Two steps, by POST alone: what goes; gone."""
    form = ProofSearchForm(request.POST)
    found = form.cleaned_data["address"] if form.is_valid() else ""
    held = held_by_kind(privacy.export_person(email=found)) if found else []
    if not held:
        messages.error(request, "Nous ne gardons rien sous cette adresse.")
        return redirect("subscribers_team:proofs")
    if not _may_be_erased(found, request):
        return redirect("subscribers_team:proofs")
    if "confirme" in request.POST:
        _erase(found, request)
        return redirect("subscribers_team:proofs")
    return render_screen(request, "erase_address", "Effacer une personne", {"address": found, "held": held})


def held_by_kind(data: dict[str, Any]) -> list[tuple[str, int]]:
    """What is held of a person, for whoever looks before asking for all of it: (kind, how many)."""
    kinds = [(kind, what) for room in data.values() for kind, what in room.items() if what]
    return [(kind, len(what) if isinstance(what, list) else 1) for kind, what in kinds]


@permission_required("subscribers.change_subscriber")
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """At once; both addresses are told, and the old one may refuse for seven days. Of who receives the letter alone."""
    found = get_object_or_404(Subscriber, pk=pk)
    if found.state != SubscriberState.ACTIVE:
        return _stays(request, pk)
    form = NewAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moving.correct_address(subscriber=found, address=form.cleaned_data["address"], now=clock.now())
        except ExpiredLink:
            return _stays(request, pk)
        except (AddressTaken, InvalidAddress):
            form.add_error("address", "Cette adresse reçoit déjà la lettre, ou elle est écartée.")
        else:
            messages.success(request, "L’adresse est corrigée ; l’ancienne et la nouvelle en sont prévenues.")
            return redirect("subscribers_team:person", pk)
    context = {"form": form, "submit": "Corriger l’adresse", "multipart": False}
    return render_screen(request, "form", "Corriger l’adresse", context)


def _stays(request: HttpRequest, pk: int) -> HttpResponse:
    messages.error(
        request,
        "Cette personne ne reçoit pas la lettre : son adresse reste celle qu’elle a donnée, et rien n’est envoyé. "
        "Si elle veut la recevoir ailleurs, elle s’y abonne.",
    )
    return redirect("subscribers_team:person", pk)


@permission_required("subscribers.change_subscriber")
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Themes and pause; the proof says that the team wrote them down."""
    found = get_object_or_404(Subscriber, pk=pk)
    initial: dict[str, Any] = {
        "preference": found.preference,
        "topics": found.topics.all(),
        "paused_until": found.paused_until,
    }
    form = ChoicesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_preferences(
            subscriber=found,
            preference=Preference(form.cleaned_data["preference"]),
            topics=form.cleaned_data["topics"],
            paused_until=form.cleaned_data["paused_until"],
            method=wording.TEAM,
            now=clock.now(),
        )
        messages.success(request, "Ses choix sont enregistrés.")
        return redirect("subscribers_team:person", pk)
    context = {"form": form, "submit": "Enregistrer", "multipart": False}
    return render_screen(request, "form", "Thématiques et pause", context)
