"""The page of a body: institutions only, never a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commun.common import clock
from commun.common.kept import kept
from commun.territories import api
from commun.territories.selectors.organisations import listed


@kept()
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What is public of a body: what it is, how sure we are that it takes part, what it gave."""
    found = get_object_or_404(listed().select_related("territory__epci", "territory__region", "logo"), slug=slug)
    now = clock.now()
    context = {
        "organisation": found,
        "place": found.place,
        "level": api.organisation_level(organisation=found, at=now),
        "sections": [one for one in api.public_sections(organisation=found, now=now) if one.entries],
    }
    return render(request, "territories/organisation.html", context)
