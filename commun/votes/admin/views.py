"""The team's screens: prepare, announce, follow the turnout, strike off, draw. There is none that shows a ballot, and
none that sorts or filters electors by whether they voted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import any_permission_required, permission_required

from commun.common import clock, french
from commun.common.screens import show_screen
from commun.votes.admin.forms import (
    CancelForm,
    DepartureForm,
    DrawForm,
    SearchForm,
    StrikeForm,
    VoteForm,
    initial_of,
    options_form,
)
from commun.votes.exceptions import NotReady, StruckOff, VoteNotOpen, VotesError, WrongState
from commun.votes.models import BallotBox, Elector, Vote
from commun.votes.selectors.electors import get_turnout
from commun.votes.selectors.invitations import electors_without_address, invitations_of
from commun.votes.services import preparing
from commun.votes.services.cancelling import cancel_vote
from commun.votes.services.closing import publish_draw
from commun.votes.services.deciding import explain_departure
from commun.votes.services.inviting import ask_invitation
from commun.votes.services.striking import strike_elector
from commun.votes.types import VoteState

PAGE = 50
_REFUSALS = {
    "options": "Donnez au moins deux propositions.",
    "past": "La clôture est déjà passée : corrigez les dates.",
    "kinds": "Choisissez qui vote.",
    "public_value": "Nommez la valeur publique du tirage.",
    "reason": "Donnez le motif : il sera public.",
    "electorate": "Aucun territoire de ces types n’est au registre : personne ne pourrait voter.",
}


def _word(error: VotesError) -> str:
    if isinstance(error, NotReady):
        return _REFUSALS.get(error.reason, "Ce vote n’est pas prêt.")
    if isinstance(error, WrongState):
        return f"Ce vote est maintenant « {VoteState(error.state).label} » : rien n’a été changé."
    if isinstance(error, StruckOff):
        return "Cet électeur était déjà radié."
    if isinstance(error, VoteNotOpen):
        return "Le vote n’est pas ouvert, ou l’heure de la clôture est passée : rien n’a été changé."
    return "Cela n’a pas pu être fait."


@permission_required("votes.view_vote")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _render(request, "index", "Votes", {"votes": Vote.objects.all()})


@permission_required("votes.add_vote")
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = VoteForm(request.POST or None, initial={"method": "majority_judgment"})
    options = options_form(request.POST or None)
    if request.method == "POST" and form.is_valid() & options.is_valid():
        drafts, by = options.drafts, request.user
        made = preparing.create_vote(values=form.values, options=drafts, by=by, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, "Brouillon enregistré. Relisez les règles, puis faites-le annoncer.")
        return redirect("votes_team:vote", made.pk)
    return _form(request, "Nouveau vote", form=form, options=options)


@permission_required("votes.change_vote")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    form = VoteForm(request.POST or None, initial=initial_of(found))
    options = options_form(request.POST or None, vote=found)
    if request.method == "POST" and form.is_valid() & options.is_valid():
        try:
            preparing.change_vote(vote_id=pk, values=form.values, options=options.drafts, now=clock.now())
        except VotesError as error:
            messages.error(request, _word(error))
        else:
            messages.success(request, "Brouillon enregistré.")
        return redirect("votes_team:vote", pk)
    if found.state != VoteState.DRAFT:
        messages.error(request, "Un vote annoncé ne se modifie plus : reprenez-le d’abord en brouillon.")
        return redirect("votes_team:vote", pk)
    return _form(request, "Modifier le vote", form=form, options=options)


def _form(request: HttpRequest, title: str, **forms: Any) -> HttpResponse:
    return _render(request, "form", title, {**forms, "submit": "Enregistrer le brouillon"})


@permission_required("votes.view_vote")
@require_safe
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    box = BallotBox.objects.filter(vote=found).first()
    context = {
        "vote": found,
        "options": found.options.all(),
        "rules": found.rules or preparing.write_rules(vote=found),
        "missing": _REFUSALS.get(preparing.missing(vote=found, now=clock.now()), "") if not box else "",
        "box": box,
        "turnout": get_turnout(vote=found) if box else None,
        "invitations": invitations_of(vote=found),
        "without_address": electors_without_address(vote=found) if box else None,
    }
    return _render(request, "vote", found.title, context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    if request.method == "POST":
        return _act(
            request,
            pk,
            lambda: preparing.schedule_vote(vote_id=pk, by=request.user, now=clock.now()),  # type: ignore[arg-type]
            "Le vote est annoncé : ses règles sont publiques. Il ouvrira et fermera à l’heure dite.",
        )
    context = {
        "vote": found,
        "rules": preparing.write_rules(vote=found),
        "asked": "Les règles ci-dessous deviennent publiques. Le vote ouvrira et fermera tout seul, aux dates qu’elles "
        "donnent. Une fois ouvert, rien n’y change plus ; il peut seulement être annulé, publiquement, avec un motif.",
        "submit": "Annoncer ce vote",
    }
    return _render(request, "confirm", f"Annoncer « {found.title} » ?", context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    if request.method == "POST":
        return _act(request, pk, lambda: preparing.take_back(vote_id=pk), "Le vote n’est plus annoncé.")
    context = {
        "vote": found,
        "asked": "Le vote disparaît du site et redevient un brouillon. Aucun bulletin n’a pu être déposé.",
        "submit": "Annuler l’annonce",
    }
    return _render(request, "confirm", f"Annuler l’annonce de « {found.title} » ?", context)


@permission_required("votes.change_vote")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    if request.method == "POST":
        try:
            preparing.delete_draft(vote_id=pk, now=clock.now())
        except VotesError as error:
            messages.error(request, _word(error))
            return redirect("votes_team:vote", pk)
        messages.success(request, "Le brouillon est supprimé.")
        return redirect("votes_team:index")
    context = {"vote": found, "asked": "Le brouillon et ses propositions sont effacés.", "submit": "Supprimer"}
    return _render(request, "confirm", f"Supprimer « {found.title} » ?", context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        value = form.cleaned_data["value"]
        return _act(
            request, pk, lambda: publish_draw(vote_id=pk, public_value=value), "Tirage fait : le résultat est publié."
        )
    context = {
        "vote": found,
        "form": form,
        "asked": f"Valeur annoncée dans les règles : {found.public_value_name}. Le tirage est public et ne se refait "
        "pas : recopiez la valeur avec soin.",
        "submit": "Tirer au sort et publier",
    }
    return _render(request, "confirm", "Publier le tirage", context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    if request.method == "POST":
        done = (
            "L’invitation part dans la minute."
            if found.state == VoteState.OPEN
            else "L’invitation partira à l’ouverture."
        )
        return _act(request, pk, lambda: ask_invitation(vote_id=pk, by=request.user, now=clock.now()), done)  # type: ignore[arg-type]
    context = {
        "vote": found,
        "asked": "Un courriel part, une seule fois, aux personnes qui peuvent voter au nom d’une collectivité "
        "électrice et aux adresses officielles connues. Chaque adresse en reçoit un, même si elle vaut pour deux "
        "collectivités ; celles qui ont refusé ou qui ne répondent plus sont écartées.",
        "submit": "Envoyer l’invitation",
    }
    return _render(request, "confirm", f"Inviter à voter : « {found.title} » ?", context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _act(
            request,
            pk,
            lambda: cancel_vote(vote_id=pk, by=request.user, reason=reason, now=clock.now()),  # type: ignore[arg-type]
            "Le vote est annulé. Qui avait voté va le savoir par courriel.",
        )
    context = {
        "vote": found,
        "form": form,
        "asked": "Plus aucun bulletin n’est reçu. Ceux qui sont dans l’urne restent scellés pour toujours : il n’y "
        "aura pas de résultat. L’annulation et son motif sont publics et définitifs ; qui a voté est prévenu.",
        "submit": "Annuler ce vote",
    }
    return _render(request, "confirm", f"Annuler le vote « {found.title} » ?", context)


@permission_required("votes.schedule_vote")
@require_http_methods(["GET", "POST"])
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=pk)
    form = DepartureForm(request.POST or None, initial={"text": found.departure})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        done = "Les raisons sont publiées." if text.strip() else "Plus aucune raison n’est publiée."
        return _act(request, pk, lambda: explain_departure(vote_id=pk, text=text, now=clock.now()), done)
    context = {
        "vote": found,
        "form": form,
        "asked": "Si ce qui est lancé n’est pas ce que dit le classement, dites pourquoi : c’est ce que liront les "
        "collectivités qui ont voté. L’urne et le résultat n’en sont pas changés.",
        "submit": "Publier",
    }
    return _render(request, "confirm", "S’écarter du classement", context)


@any_permission_required("votes.view_vote", "votes.strike_elector")
@require_safe
def electors(request: HttpRequest, pk: int) -> HttpResponse:
    """By name. Who voted is not shown here: only totals are, on the page of the vote."""
    found = get_object_or_404(Vote, pk=pk)
    search = SearchForm(request.GET or None)
    start = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
    listed = Elector.objects.filter(vote=found).defer("last_number")
    if start:
        listed = listed.filter(label__istartswith=start)
    after = request.GET.get("apres", "")[:300]
    rows = list(listed.filter(label__gt=after).order_by("label", "pk")[: PAGE + 1])
    context = {
        "vote": found,
        "search": search,
        "start": start,
        "electors": rows[:PAGE],
        "next": rows[PAGE - 1].label if len(rows) > PAGE else "",
        "may_strike": found.state == VoteState.OPEN and request.user.has_perm("votes.strike_elector"),
    }
    return _render(request, "electors", f"Électeurs de « {found.title} »", context)


@permission_required("votes.strike_elector")
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int, elector: int) -> HttpResponse:
    found = get_object_or_404(Elector.objects.select_related("vote"), pk=elector, vote_id=pk)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _act(
            request,
            pk,
            lambda: strike_elector(elector=found, reason=reason),
            f"{french.name(found.label)} est radié de ce vote.",
        )
    context = {
        "vote": found.vote,
        "form": form,
        "asked": "Son bulletin, s’il y en a un, ne sera ni compté ni ouvert, et il ne pourra plus en déposer. La "
        "radiation et son motif sont publics et définitifs.",
        "submit": "Radier",
    }
    return _render(request, "confirm", f"Radier {french.name(found.label)} ?", context)


def _act(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except VotesError as error:
        messages.error(request, _word(error))
    else:
        messages.success(request, done)
    return redirect("votes_team:vote", pk)


def _render(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    steps = [("votes_team:index", title if name == "index" else "Votes")]
    if "vote" in context and name != "vote":
        steps.append((reverse("votes_team:vote", args=[context["vote"].pk]), context["vote"].title))
    return show_screen(request, f"votes/admin/{name}.html", title=title, icon="tasks", steps=steps, context=context)
