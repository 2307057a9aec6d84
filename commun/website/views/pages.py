"""Search, contact, site map."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site

from commun.common.guard import anonymous_form
from commun.website import listings
from commun.website.forms import ContactForm
from commun.website.services.contact import NobodyToWriteTo, send_contact_message


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    found = listings.search_pages(words=words, query=request.GET) if words else None
    results = listings.as_results(list(found.object_list)) if found is not None else []
    return render(request, "website/search.html", {"words": words, "found": found, "results": results})


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


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    site = Site.find_for_request(request)
    pages = Page.objects.none()
    if site is not None:
        pages = Page.objects.live().descendant_of(site.root_page).filter(depth__lte=site.root_page.depth + 2)
    depth = site.root_page.depth + 1 if site is not None else 0
    tree: list[tuple[Page, list[Page]]] = []
    for page in pages.order_by("path"):
        if page.depth == depth:
            tree.append((page, []))
        elif tree:
            tree[-1][1].append(page)
    return render(request, "website/site_map.html", {"tree": tree})
