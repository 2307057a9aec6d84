"""The guide, inside the administration."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from commun.common.screens import show_screen
from commun.website import guide


@require_admin_access
@require_safe
def page(request: HttpRequest, name: str = guide.FIRST) -> HttpResponse:
    try:
        found = guide.read_page(name)
    except guide.UnknownPage as error:
        raise Http404 from error
    context = {
        "page": found,
        "before": guide.title_of(found.before) if found.before else "",
        "after": guide.title_of(found.after) if found.after else "",
    }
    template, steps = "website/admin/guide.html", [("guide", "Guide")] if found.number else []
    return show_screen(request, template, title=found.title, icon="help", steps=steps, context=context)


@require_admin_access
@require_safe
@cache_control(private=True, max_age=3600)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    try:
        return HttpResponse(guide.picture(name).read_bytes(), content_type="image/webp")
    except guide.UnknownPage as error:
        raise Http404 from error
