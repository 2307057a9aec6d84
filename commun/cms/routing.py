"""From an address to its page, in one question and the page itself. Wagtail asks two for each level on the way."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from commun.common.memory import remember


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view, told what it would look for: it reads it on the request, under these names."""
    site = site_of(request=request)
    if site is not None:
        names = [one for one in path.split("/") if one]
        asked: Any = request
        asked._wagtail_route_for_request = _route(request, root=site.root_page, names=names)
    response: HttpResponseBase = views.serve(request, path)
    return response


def site_of(*, request: HttpRequest) -> Site | None:
    """The site this request is for. What was read for the same version of the content is left where Wagtail looks for
    it: on the request, with where the addresses of pages begin."""
    asked: Any = request
    if not hasattr(request, "_wagtail_site"):
        asked._wagtail_site, asked._wagtail_cached_site_root_paths = remember(
            request=request,
            key=f"site:{request.get_host()}",
            compute=lambda: (Site.find_for_request(request), Site.get_site_root_paths()),
        )
    found: Site | None = asked._wagtail_site
    return found


def _route(request: HttpRequest, *, root: Page, names: list[str]) -> RouteResult | None:
    """What answers there: the page of that address, or the first above it that reads the rest of an address itself."""
    levels = {f"{root.url_path}{'/'.join(names[:level])}/": level for level in range(1, len(names) + 1)}
    rows = Page.objects.filter(slug__in=names, url_path__in=levels).values_list("url_path", "pk", "content_type_id")
    try:
        if not names:
            return root.specific.route(request, [])
        for address, pk, kind in sorted(rows, key=lambda row: levels[row[0]]):
            level, model = levels[address], _type(kind)
            if level == len(names) or model.route is not Page.route:
                found = model._default_manager.filter(pk=pk)
                if beside := getattr(model, "served_with", ()):
                    found = found.select_related(*beside)
                return found.get().route(request, names[level:])
    except Http404:
        pass
    return None


def _type(kind: int) -> Any:
    """Of a page; `Page` itself where its code is gone."""
    return ContentType.objects.get_for_id(kind).model_class() or Page
