"""What the public pages of this room share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from commun.common.errors import ExpiredLink, LinkError

# Long enough to cover the slowest of the cases that must not be told apart by the clock.
ANSWER_AFTER_SECONDS = 0.3


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind a link of one's own: kept by no cache, by no search engine; a link that cannot be
    honoured gets a page that says what to do."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except LinkError as error:
            expired = isinstance(error, ExpiredLink)
            response = render(
                request, f"subscribers/link_{'expired' if expired else 'unknown'}.html", status=410 if expired else 404
            )
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def even_pace(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST takes the same time whether the address is known or not."""

    @wraps(view)
    def paced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        started = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0.0, started + ANSWER_AFTER_SECONDS - time.monotonic()))
        return response

    return paced
