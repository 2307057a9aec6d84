"""The network in numbers, and one collectivité among its neighbours: what anybody may see of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from commun.common import clock
from commun.common.kept import kept
from commun.peers.network import LABELS, Kind
from commun.peers.selectors.network import draw_regions, latest, neighbours_of, sees_all_of
from commun.territories.api import Organisation


@kept()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    snapshot = latest()
    context: dict[str, Any] = {"snapshot": snapshot}
    if snapshot is not None:
        public = snapshot.public
        counted = public["kinds"]
        context |= {
            "public": public,
            "kinds": [(LABELS[kind].capitalize(), counted[kind]) for kind in Kind if kind in counted],
            "drawing": draw_regions(snapshot=snapshot),
        }
    return render(request, "peers/network.html", context)


@kept()
@require_safe
def neighbours(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(
        Organisation.objects.select_related("territory__departement", "territory__successor__departement"),
        slug=slug,
        is_checked=True,
    )
    sees_all = sees_all_of(user=request.user, organisation=organisation, at=clock.now())
    found = neighbours_of(organisation=organisation, sees_all=sees_all)
    context = {"organisation": organisation, "neighbours": found, "snapshot": latest()}
    response = render(request, "peers/neighbours.html", context)
    if sees_all:
        patch_cache_control(response, private=True, no_store=True)
    return response
