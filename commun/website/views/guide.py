"""The guide, inside the administration."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from commun.website import guide


@require_admin_access
@require_safe
def page(request: HttpRequest, name: str = guide.FIRST) -> HttpResponse:
    try:
        found = guide.read_page(name)
    except guide.UnknownPage as error:
        raise Http404 from error
    contents = {"url": reverse("guide"), "label": "Guide"}
    context = {
        "page": found,
        "before": guide.title_of(found.before) if found.before else "",
        "after": guide.title_of(found.after) if found.after else "",
        "header_title": found.title,
        "header_icon": "help",
        "header_buttons": [],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            contents if found.number else {**contents, "url": ""},
            *([{"url": "", "label": found.title}] if found.number else []),
        ],
    }
    return render(request, "website/admin/guide.html", context)


@require_admin_access
@require_safe
@cache_control(private=True, max_age=3600)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    try:
        return HttpResponse(guide.picture(name).read_bytes(), content_type="image/webp")
    except guide.UnknownPage as error:
        raise Http404 from error
