"""Pages behind a link that was sent to one mailbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from commun.common.errors import LinkError

View = Callable[..., HttpResponseBase]


def personal_page(*, name: str, find: Callable[..., Any], unknown: str) -> Callable[[View], View]:
    """A view that is given what its link is about, under this name, beside `token`; kept by no cache and no search
    engine, and its address is told to nobody it leads to.

    `find(token=…)` raises `LinkError` or `DoesNotExist`: then the template `unknown` says what to do, with a 404.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            try:
                found = find(token=token)
            except (LinkError, ObjectDoesNotExist):
                response: HttpResponseBase = render(request, unknown, status=404)
            else:
                response = view(request, token=token, **{name: found}, **kwargs)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "no-referrer"
            return response

        return guarded

    return decorate
