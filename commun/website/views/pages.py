"""Search and its suggestions, the directory, contact, site map."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from commun.common import clock, ratelimit
from commun.common.errors import RateLimited
from commun.common.guard import anonymous_form
from commun.common.kept import kept
from commun.finding import api as finding
from commun.website import searching
from commun.website.directory import DIRECTORY
from commun.website.forms import ContactForm
from commun.website.parameters import OF_SEARCH
from commun.website.services.contact import NobodyToWriteTo, send_contact_message
from commun.website.site_map import site_map as build_site_map


@kept(*OF_SEARCH)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    found = searching.search(request=request, scope=searching.everything(), now=clock.now())
    return render(request, "website/search.html", {"found": found})


@kept(*OF_SEARCH)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    found = searching.search(request=request, scope=DIRECTORY, now=clock.now())
    return render(request, "website/directory.html", {"found": found})


@kept("q")
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`?q=chantier par` → `{"results": [{"label", "marks", "kind", "why", "url"}]}`, the closest first.

    Public data only. `marks`: beginnings and ends, in `label`, of the words that answer; `why`: where it has none,
    what else does.
    """
    try:
        ratelimit.hit(scope="search-suggest", who=ratelimit.client(request), limit=300, period=timedelta(minutes=1))
    except RateLimited as error:
        refusal = JsonResponse({"code": error.code, "results": []}, status=429)
        refusal["Retry-After"] = str(error.retry_after)
        return refusal
    found = finding.suggest(typed=request.GET.get("q", ""), kinds=finding.kind_labels(), now=clock.now())
    results = [
        {
            "label": "".join(piece.text for piece in one.title),
            "marks": searching.marks(one.title),
            "kind": one.kind_label,
            "why": one.why,
            "url": one.address,
        }
        for one in found
    ]
    response = JsonResponse({"results": results})
    response["Cache-Control"] = "public, max-age=60"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contact", limit=5, period=timedelta(hours=1))
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None)
    unavailable = False
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            send_contact_message(name=data["nom"], address=data["adresse"], subject=data["objet"], text=data["message"])
        except NobodyToWriteTo:
            unavailable = True
        else:
            return render(request, "website/contact_sent.html", {"address": data["adresse"]})
    status = 503 if unavailable else 422 if request.method == "POST" else 200
    return render(request, "website/contact.html", {"form": form, "unavailable": unavailable}, status=status)


@kept()
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "website/site_map.html", {"map": build_site_map(request=request)})
