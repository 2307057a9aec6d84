"""« Mon espace »: what each room has to show to the person, her sessions and her data."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commun.accounts.api import asked_of, space_sections
from commun.accounts.models import User
from commun.common import clock, privacy
from commun.territories.api import mandates_read_once


class EraseForm(forms.Form):
    confirme = forms.BooleanField(
        label="Oui, effacer mon compte et mes données",
        error_messages={"required": "Cochez la case pour confirmer : l’effacement ne s’annule pas."},
    )


@login_required
@never_cache
@require_safe
def space(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    with mandates_read_once():
        sections = space_sections(user=user, now=clock.now())
    return render(request, "website/space.html", {"sections": sections, "asked": asked_of(sections=sections)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything held about her, as a file. A POST: a page that is merely opened sends nothing."""
    user: User = request.user  # type: ignore[assignment]
    if request.method != "POST":
        return render(request, "website/space_data.html", {"form": EraseForm()})
    response = JsonResponse(
        privacy.export_person(email=user.email), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@login_required
@never_cache
@require_http_methods(["POST"])
def erase(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = EraseForm(request.POST)
    if not form.is_valid():
        return render(request, "website/space_data.html", {"form": form})
    privacy.erase_person(email=user.email, now=clock.now())
    logout(request)
    return render(request, "website/space_erased.html")
