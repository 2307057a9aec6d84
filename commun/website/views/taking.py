"""What others take away: the page that tells how, files of the night, lists to include, the picture of a link."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    JsonResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from commun.cms.api import get_network
from commun.common import ratelimit
from commun.common.errors import RateLimited
from commun.common.guard import refuse_for_now
from commun.common.kept import kept
from commun.library.api import ResourcePage, SheetPage, kit_of
from commun.website import reuse
from commun.website.heading import seal_of_picture
from commun.website.open import dumps, interface, records
from commun.website.open.listing import listing_of
from commun.website.open.picture import draw

_DAY = 86_400
_EVERYWHERE = {"Access-Control-Allow-Origin": "*"}


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """All of it in five minutes."""
    script = (Path(settings.BASE_DIR) / "docs" / "reuse.py").read_text(encoding="utf-8")
    context = {
        "tables": [(name, label) for name, (_, label) in records.RECORDS.items()],
        "dictionary": [(name, label, records.fields_of(model)) for name, (model, label) in records.RECORDS.items()],
        "manifest": dumps.manifest(),
        "script": script,
        "limit": interface.LIMIT,
        "minutes": int(interface.PERIOD.total_seconds() // 60),
    }
    return render(request, "website/open/developers.html", context)


@require_safe
def dump(request: HttpRequest, name: str) -> HttpResponseBase:
    if name == "manifest.json":
        told = dumps.manifest()
        if told is None:
            raise Http404("manifest")
        return JsonResponse(told, headers=_EVERYWHERE, json_dumps_params={"ensure_ascii": False})
    found = dumps.open_file(name)
    if found is None:
        raise Http404("dump")
    file, said, content_type = found
    etag = f'"{said["sha256"]}"'
    headers = {**_EVERYWHERE, "ETag": etag, "Cache-Control": "public, max-age=3600"}
    if etag in request.headers.get("If-None-Match", ""):
        file.close()
        return HttpResponseNotModified(headers=headers)
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type, headers=headers)


@require_safe
@kept("url", "format", "maxwidth", "maxheight")
def oembed(request: HttpRequest) -> HttpResponse:
    """https://oembed.com, of type `rich`."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"code": "format", "message": "JSON seulement."}, status=501)
    found = listing_of(request.GET.get("url", ""))
    if found is None:
        raise Http404("oembed")
    width = request.GET.get("maxwidth", "")
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": found.title,
            "provider_name": settings.SITE_NAME,
            "provider_url": f"{settings.SITE_URL}/",
            "html": found.html,
            "width": min(600, int(width)) if width.isdecimal() and len(width) < 6 and int(width) else 600,
            "height": None,
            "cache_age": _DAY // 24,
        },
        headers=_EVERYWHERE,
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@kept("url")
def included(request: HttpRequest) -> HttpResponse:
    """The same, bare, for sites that include it from their server."""
    found = listing_of(request.GET.get("url", ""))
    if found is None:
        raise Http404("included")
    return HttpResponse(found.html, headers={**_EVERYWHERE, "X-Robots-Tag": "noindex"})


@require_safe
@kept()
def plain(request: HttpRequest, number: UUID) -> HttpResponse:
    """The text alone of a resource, or of a sheet of a kit."""
    sheet = SheetPage.objects.live().filter(translation_key=number).first()
    page = sheet or _resource(number)
    text = reuse.plain_text(page) if sheet is None else _sheet_text(sheet)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}.txt"'
    return answer


@require_safe
def pack(request: HttpRequest, number: UUID) -> HttpResponseBase:
    """All of a resource in one file."""
    page = _resource(number)
    try:
        ratelimit.hit(scope="pack", who=ratelimit.client(request), limit=60, period=timedelta(minutes=10))
    except RateLimited as error:
        return refuse_for_now(request, error)
    return FileResponse(reuse.pack(page), as_attachment=True, filename=f"{page.slug}.zip")


def _sheet_text(sheet: SheetPage) -> str:
    kit = kit_of(sheet=sheet)
    if not kit.live or not reuse.may_be_taken(kit):
        raise Http404("sheet")
    return reuse.sheet_text(sheet, kit=kit)


def _resource(number: UUID) -> ResourcePage:
    page = ResourcePage.objects.live().filter(translation_key=number).first()
    if page is None or not reuse.may_be_taken(page):
        raise Http404("resource")
    found: ResourcePage = page.specific
    return found


@require_safe
@kept()
def picture(request: HttpRequest, number: UUID) -> HttpResponse:
    """Of a page that has none of its own; its kind, its title, the network's name."""
    page = Page.objects.live().filter(translation_key=number, depth__gt=1).select_related("content_type").first()
    if page is None:
        raise Http404("picture")
    model = page.specific_class
    kind = str(model._meta.verbose_name) if model is not None and page.depth > 3 else ""
    return _drawn(request, kind=kind[:1].upper() + kind[1:], title=page.title)


@require_safe
@kept("titre", "rubrique")
def picture_of_view(request: HttpRequest, seal: str) -> HttpResponse:
    """Of a page that a room makes; the words are those that we gave."""
    title, section = request.GET.get("titre", ""), request.GET.get("rubrique", "")
    if not compare_digest(seal.encode(), seal_of_picture(title=title, section=section).encode()):
        raise Http404("picture")
    return _drawn(request, kind=section, title=title)


def _drawn(request: HttpRequest, *, kind: str, title: str) -> HttpResponse:
    image = draw(kind=kind, title=title, publisher=get_network(request=request).name)
    return HttpResponse(image, content_type="image/png", headers={"Cache-Control": f"public, max-age={_DAY}"})
