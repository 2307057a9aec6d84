"""« Ma collectivité »: declare, prove, approve, renew, leave. Every page is the person's own; every act is a POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.accounts.api import PROCONNECT_SIRET, address_answered_at, name_person
from commun.accounts.models import User
from commun.common import clock, french, ratelimit
from commun.common.errors import RateLimited
from commun.territories import api
from commun.territories.exceptions import TooManyCodes
from commun.territories.forms import CheckForm, CodeForm, FreeEntryForm, LeaveForm, LetterForm, PersonForm, PlaceForm
from commun.territories.models import Membership
from commun.territories.selectors import proofs
from commun.territories.selectors.employers import acts_for, find_employer
from commun.territories.selectors.mandates import waiting_for
from commun.territories.services.mandates import codes, renewing, requests
from commun.territories.views.way_back import keep_way_back, way_back
from commun.territories.wording import word


def _mine(request: HttpRequest, pk: int) -> Membership:
    """Somebody else's is not there: an address tells nobody who acts for whom."""
    try:
        return codes.own_membership(pk, user=request.user)  # type: ignore[arg-type]
    except api.NotMember:
        raise Http404 from None


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return login_required(never_cache(view))


@personal
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    keep_way_back(request)
    now = clock.now()
    user: User = request.user  # type: ignore[assignment]
    mine = api.memberships_of(user=user, at=now, level=api.MandateLevel.M0)
    context = {
        "rows": [(one, one.held_level(at=now)) for one in mine],
        "waiting": waiting_for(user=user, at=now),
        "way_back": way_back(request),
    }
    return render(request, "territories/mandates.html", context)


@personal
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    keep_way_back(request)
    form = PlaceForm(request.POST or None, user=request.user, initial={"territoire": request.GET.get("territoire", "")})  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        organisation = api.organisation_of(territory=form.cleaned_data["territoire"])
        return _declare(request, organisation, form)
    return render(request, "territories/add.html", {"form": form})


@personal
@require_http_methods(["GET", "POST"])
def add_free(request: HttpRequest) -> HttpResponse:
    form = FreeEntryForm(request.POST or None, user=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            organisation = api.enter_organisation(name=given["denomination"], kind=given["type"], siren=given["siren"])
        except api.OrganisationExists:
            form.add_error("siren", "Ce numéro est celui d’un territoire du registre : cherchez-le par son nom.")
        else:
            return _declare(request, organisation, form)
    return render(request, "territories/add_free.html", {"form": form})


def _declare(request: HttpRequest, organisation: api.Organisation, form: PersonForm) -> HttpResponse:
    given = form.cleaned_data
    user: User = request.user  # type: ignore[assignment]
    name_person(user=user, first_name=given["prenom"], last_name=given["nom"])
    made = api.declare_membership(user=user, organisation=organisation, role=given["fonction"], now=clock.now())
    return redirect("territories:mandate", made.pk)


@personal
@require_http_methods(["GET", "POST"])
def affiliation(request: HttpRequest) -> HttpResponse:
    """After ProConnect: where she works is known, in whose name she acts is asked. It proves no mandate."""
    user: User = request.user  # type: ignore[assignment]
    siret = str(request.session.get(PROCONNECT_SIRET, ""))
    place = find_employer(siret=siret)
    form = PersonForm(request.POST or None, user=user)
    if place is None or acts_for(user=user, employer=place):
        request.session.pop(PROCONNECT_SIRET, None)
        return redirect("territories:mandates")
    if request.method == "POST" and "autre" in request.POST:
        request.session.pop(PROCONNECT_SIRET, None)
        return redirect("territories:mandates")
    if request.method == "POST" and form.is_valid():
        request.session.pop(PROCONNECT_SIRET, None)
        return _declare(
            request, api.organisation_of(territory=place) if isinstance(place, api.Territory) else place, form
        )
    return render(request, "territories/affiliation.html", {"form": form, "place": place})


@personal
@require_safe
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk), CodeForm())


def _page(request: HttpRequest, membership: Membership, form: CodeForm) -> HttpResponse:
    now = clock.now()
    organisation, user = membership.organisation, membership.user
    held = membership.held_level(at=now)
    official = proofs.official_address_of(organisation=organisation)
    verified = held >= api.MandateLevel.M1 and organisation.is_checked
    context = {
        "membership": membership,
        "organisation": organisation,
        "held": held,
        "form": form,
        "official": proofs.masked(official.email) if official else "",
        "by_address": proofs.method_by_address(user=user, organisation=organisation),
        "code": codes.pending_code(membership=membership, now=now),
        "asked": membership.requests.filter(decided_at=None).first(),
        "can_renew": renewing.can_renew(membership, now=now),
        "members": api.members_of(organisation=organisation, at=now) if verified else [],
        "way_back": way_back(request),
    }
    return render(request, "territories/mandate.html", context)


@personal
@require_POST
def prove_by_address(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda user, now: api.prove_by_address(membership_id=pk, user=user, now=now),
        "Votre adresse le prouve.",
    )


@personal
@require_POST
def send_code(request: HttpRequest, pk: int) -> HttpResponse:
    who = f"{_mine(request, pk).organisation_id} {ratelimit.client(request)}"
    try:
        ratelimit.hit(scope="territories.code", who=who, limit=codes.PER_NETWORK, period=codes.WINDOW)
    except RateLimited as refusal:
        messages.error(request, word(TooManyCodes(again_at=clock.now() + timedelta(seconds=refusal.retry_after))))
        return redirect("territories:mandate", pk)
    return _act(
        request,
        pk,
        lambda user, now: api.send_code(membership_id=pk, user=user, now=now),
        "Le message est parti. Demandez les deux mots à la personne qui lit le courrier de votre collectivité.",
    )


@personal
@require_POST
def confirm_code(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _mine(request, pk)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, form)
    try:
        api.confirm_code(membership_id=pk, user=membership.user, text=form.cleaned_data["code"], now=clock.now())
    except api.TerritoriesError as error:
        form.add_error("code", word(error))
        return _page(request, membership, form)
    messages.success(request, "C’est le bon code.")
    return redirect("territories:mandate", pk)


@personal
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The editor's check, or the signed letter."""
    membership = _mine(request, pk)
    asked = {"verification": api.RequestKind.CHECK, "lettre": api.RequestKind.LETTER}[kind]
    made = LetterForm if asked == api.RequestKind.LETTER else CheckForm
    form = made(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.get("piece")
        upload = api.Upload(name=file.name, content=file.read(requests.MAX_BYTES + 1)) if file else None
        try:
            api.ask_check(
                membership_id=pk,
                user=membership.user,
                kind=asked,
                message=form.cleaned_data["precisions"],
                upload=upload,
                now=clock.now(),
            )
        except api.DocumentRefused as error:
            form.add_error("piece", word(error))
        except api.TerritoriesError as error:
            form.add_error(None, word(error))
        else:
            messages.success(request, "Votre demande est arrivée. L’équipe y répond par courriel.")
            return redirect("territories:mandate", pk)
    context = {"form": form, "membership": membership, "kind": kind}
    return render(request, "territories/ask.html", context)


@personal
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    if mine.expires_at is None:
        raise Http404
    end = mine.expires_at
    return _act(
        request,
        pk,
        lambda user, now: api.renew_mandate(membership_id=pk, expires_at=end, now=now),
        "C’est renouvelé pour douze mois.",
    )


@personal
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Only a session opened by a code sent to the address shows that mail arrives there again."""
    answered = address_answered_at(request=request)
    if answered is None:
        messages.error(request, "Déconnectez-vous, puis connectez-vous avec le code reçu par courriel.")
        return redirect("territories:mandate", pk)
    user: User = request.user  # type: ignore[assignment]
    if api.resume_after_bounce(user=user, address_answered_at=answered, now=clock.now()):
        messages.success(request, "Votre adresse répond : votre mandat a repris.")
    else:
        messages.error(request, "Déconnectez-vous, puis connectez-vous avec le code reçu par courriel.")
    return redirect("territories:mandate", pk)


@personal
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    membership, now = _mine(request, pk), clock.now()
    held = membership.held_level(at=now)
    members = api.members_of(organisation=membership.organisation, at=now) if held >= api.MandateLevel.M1 else []
    colleagues = [one for one in members if one.user_id != membership.user_id]
    form = LeaveForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["relais"]
        successor = next((one.user for one in colleagues if str(one.user_id) == chosen), None)
        try:
            api.leave_organisation(membership_id=pk, user=membership.user, successor=successor, now=now)
        except api.TerritoriesError as error:
            form.add_error("relais", word(error))
        else:
            messages.success(request, f"Vous n’agissez plus au nom {french.of(membership.organisation.name)}. Merci.")
            return redirect("territories:mandates")
    context = {"form": form, "membership": membership, "colleagues": colleagues}
    return render(request, "territories/leave.html", context)


@personal
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The référent·e says yes or no. What she may not decide is not there."""
    user: User = request.user  # type: ignore[assignment]
    now = clock.now()
    if pk not in {one.pk for one in waiting_for(user=user, at=now)}:
        raise Http404
    accepted = "accepter" in request.POST
    act = api.approve_membership if accepted else api.refuse_membership
    try:
        act(membership_id=pk, by=user, now=now)
    except api.TerritoriesError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, "C’est noté : la personne est prévenue.")
    return redirect("territories:mandates")


def _act(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    mine = _mine(request, pk)
    try:
        act(mine.user, clock.now())
    except api.TerritoriesError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, done)
    return redirect("territories:mandate", pk)
