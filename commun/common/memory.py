"""What pages show is worked out once per number of what the public sees, then remembered by each process.

Whatever shows moves the number (`common.public`): nothing remembered is ever older than what is published, and nothing
outlives the moment from which the clock alone changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache import caches
from django.http import HttpRequest

from commun.common import clock, public

SECONDS = 3600
T = TypeVar("T")


def public_version(*, request: HttpRequest) -> int:
    """One query per request, whatever asks."""
    known: int | None = getattr(request, "public_version", None)
    if known is None:
        known = request.public_version = public.version()  # type: ignore[attr-defined]
    return known


def remember(*, request: HttpRequest | None, key: str, compute: Callable[[], T]) -> T:
    """`compute()`, or what it gave for this version of the content. Previews of drafts are never remembered, nor what
    was read where nobody says that writes show."""
    if request is None or getattr(request, "is_preview", False):
        return compute()
    number, now = public_version(request=request), clock.now()
    full, cache = f"memory:{key}:{number}", caches["local"]
    found: Any = cache.get(full)
    if found is not None and found[1] <= now < found[2]:
        return cast(T, found[0])
    until = public.good_until(number=number, now=now)
    with public.reading() as seen:
        value = compute()
    if seen.may_be_kept:
        cache.set(full, (value, now, until), SECONDS)
    return value
