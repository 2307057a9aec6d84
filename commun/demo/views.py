"""The demonstration's mailbox: what two hundred readers received, so that every link of a mail can be followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_exempt
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commun.demo.outbox import Caught, NotInOutbox, Outbox

PER_PAGE = 25
TABS = (
    ("html", "demo:message", "Message"),
    ("text", "demo:text", "Texte seul"),
    ("headers", "demo:headers", "En-têtes"),
    ("source", "demo:source", "Source"),
)
_SANDBOX = "allow-popups allow-top-navigation-by-user-activation"

# What left under another PORT still leads here: a demonstration has one site, this one.
_THIS_SITE = re.compile(r"http://localhost(?::\d+)?(?=[/\"'<\s])")

View = Callable[..., HttpResponse]


def only_on_this_machine(view: View) -> View:
    """Messages carry everybody's tokens. A system check refuses `DEMO` elsewhere (`config.E002`); so do we."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEMO and settings.SITE_IS_LOOPBACK):
            raise Http404("outbox")
        return view(request, *args, **kwargs)

    return guarded


def _outbox() -> Outbox:
    return Outbox(settings.VAR_DIR / "outbox")


def _caught(key: str) -> Caught:
    try:
        return _outbox().message(key=key)
    except NotInOutbox:
        raise Http404("message") from None


@require_safe
@never_cache
@only_on_this_machine
def outbox(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("destinataire", "").strip()[:100]
    envelopes = _outbox().envelopes(recipient=query)
    page = Paginator(envelopes, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "total": len(envelopes)}
    return render(request, "demo/outbox.html", context)


@require_safe
@never_cache
@only_on_this_machine
def message(request: HttpRequest, key: str, tab: str) -> HttpResponse:
    caught = _caught(key)
    context = {
        "caught": caught,
        "text": _THIS_SITE.sub(settings.SITE_URL, caught.text),
        "envelope": caught.envelope,
        "tab": tab,
        "tabs": TABS,
        "sandbox": _SANDBOX,
        "source": caught.raw.decode("utf-8", "replace") if tab == "source" else "",
    }
    return render(request, "demo/message.html", context)


@require_safe
@never_cache
@only_on_this_machine
@csp_exempt()
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part alone, as a mail client would show it: no script, no request but images of this site.

    Its own policy allows the inline styles a mail needs; `sandbox` takes everything else away, so that this page is
    harmless even when it is opened by itself.
    """
    html = _caught(key).html
    if not html:
        raise Http404("html")
    response = HttpResponse(_open_links_in_the_page(html))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; img-src 'self' {settings.SITE_URL}; style-src 'unsafe-inline'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors 'self'; sandbox {_SANDBOX}"
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


def _open_links_in_the_page(html: str) -> str:
    """The links of the message replace the page, not the frame. Shown so, never stored so."""
    base = '<base target="_top">'
    html = _THIS_SITE.sub(settings.SITE_URL, html)
    found = re.search(r"<head\b[^>]*>", html, re.IGNORECASE)
    return f"{html[: found.end()]}{base}{html[found.end() :]}" if found else base + html
