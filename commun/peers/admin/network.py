"""What the network's links hang on, and what one could do about it. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock, french
from commun.common.errors import AppError
from commun.peers.admin.screens import screen
from commun.peers.exceptions import AlreadySuggested, CannotBeAsked
from commun.peers.network import LABELS, Fragile, Kind
from commun.peers.selectors.introductions import FOLLOW
from commun.peers.selectors.network import fragility, latest
from commun.peers.services import suggesting
from commun.territories.api import Organisation

# Why a link is fragile, and what one could do.
WHY = {
    Fragile.ALONE: ("Sans lui, deux parties du réseau ne se touchent plus", "faire se rencontrer leurs voisines"),
    Fragile.PERSON: ("D’un côté, une seule personne agit", "lui proposer d’associer un·e collègue"),
    Fragile.OLD: ("Rien ensemble depuis deux ans", "leur demander où elles en sont"),
}


@permission_required(FOLLOW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    snapshot = latest()
    context: dict[str, Any] = {"snapshot": snapshot}
    if snapshot is not None:
        found = fragility(snapshot=snapshot, now=clock.now())
        kinds = snapshot.team.get("kinds", {})
        context |= {
            "team": snapshot.team,
            "kinds": [(LABELS[kind].capitalize(), kinds[kind]) for kind in Kind if kind in kinds],
            "found": found,
            "bonds": [(row, [WHY[Fragile(why)] for why in row.why]) for row in found.bonds],
        }
    return screen(request, "network", "Liens du réseau", context)


@permission_required(FOLLOW)
@require_POST
def suggest(request: HttpRequest, first: int, second: int) -> HttpResponse:
    pair = [get_object_or_404(Organisation, pk=pk, is_checked=True) for pk in (first, second)]
    try:
        written = suggesting.suggest(first=pair[0], second=pair[1], by=request.user, now=clock.now())  # type: ignore[arg-type]
    except AlreadySuggested:
        messages.warning(request, "Cette rencontre leur a été suggérée il y a moins de six mois.")
    except CannotBeAsked:
        messages.error(request, "Personne n’agit pour l’une des deux, ou personne ne souhaite être sollicité.")
    except AppError:
        messages.error(request, "Cela n’a pas pu être fait. Réessayez, ou prévenez l’exploitation.")
    else:
        people = french.count(written, "personne")
        messages.success(request, f"Suggestion envoyée à {people} ; elles décident.")
    return redirect("peers_team:network")
