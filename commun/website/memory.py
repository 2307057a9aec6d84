"""What pages show is worked out once per version of the content, then remembered by each process.

Anything published, unpublished or deleted makes a new version: nothing shown is ever older than the page tree. What is
not a page (partners, the network's settings) and what depends on the hour may be a minute old.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import caches
from django.db.models import Count, Max
from django.http import HttpRequest
from wagtail.models import Page

SECONDS = 60
T = TypeVar("T")


def content_version(*, request: HttpRequest) -> str:
    """One query per request, whatever asks."""
    known: str | None = getattr(request, "_commun_version", None)
    if known is None:
        found = Page.objects.filter(live=True).aggregate(at=Max("last_published_at"), n=Count("pk"), pk=Max("pk"))
        known = f"{found['at'].timestamp() if found['at'] else 0}-{found['n']}-{found['pk']}"
        request._commun_version = known  # type: ignore[attr-defined]
    return known


def remember(*, request: HttpRequest | None, key: str, compute: Callable[[], T]) -> T:
    """`compute()`, or what it gave for this version of the content. Previews of drafts are never remembered."""
    if request is None or getattr(request, "is_preview", False):
        return compute()
    full = f"website:{key}:{content_version(request=request)}"
    cache = caches["local"]
    found = cache.get(full)
    if found is None:
        found = (compute(),)
        cache.set(full, found, SECONDS)
    return cast(T, found[0])
