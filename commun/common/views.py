"""Views that belong to no room: uploaded media, refused forms."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from commun.common.storage import is_public, unreachable

logger = logging.getLogger("commun.media")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve what everybody may see of the media (`PUBLIC_MEDIA`). A reverse proxy may take these folders over; what a
    view hands over after asking who is there is kept elsewhere (`common.storage`)."""
    if not is_public(path):
        return HttpResponse(status=404)
    try:
        response = _from_bucket(path) if settings.MEDIA_BUCKET else serve(request, path, str(settings.MEDIA_ROOT))
    except unreachable() as error:  # first: a time-out is an OSError too
        logger.error("media storage unreachable error=%s", type(error).__name__)
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    except (OSError, ValueError):  # a name that no disk takes
        raise Http404 from None
    if isinstance(response, FileResponse):
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _from_bucket(path: str) -> FileResponse:
    """Raises FileNotFoundError, and what `unreachable` names."""
    return FileResponse(default_storage.open(path, "rb"), filename=path.rpartition("/")[2])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/foreign_form.html", status=403)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that a library has and the site does not."""
    raise Http404


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What a library's limit answers; our own say for how long (`common.guard`)."""
    return render(request, "errors/rate_limited.html", {"minutes": 1}, status=429)
