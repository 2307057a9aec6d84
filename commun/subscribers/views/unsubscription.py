"""Leaving: as easy as joining, for people and for their mail client."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commun.common import clock
from commun.mailing.api import tokens
from commun.subscribers import wording
from commun.subscribers.selectors.people import subscriber_of_key
from commun.subscribers.services import requests, subscriptions
from commun.subscribers.types import SubscriberState, WhyLeave
from commun.subscribers.views.common import personal


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button. POST takes effect at once, whether from that button or from a mail client
    (RFC 8058: no cookie, no login, no redirect, answered 200 however often it is repeated).

    The token is the capability, so neither the origin nor the rate is checked: the servers of a mail
    provider send the clicks of all their users, without the headers of a browser.
    """
    key = tokens.read_recipient_token(purpose=tokens.UNSUBSCRIBE, token=token)
    preferences = tokens.recipient_token(purpose=tokens.PREFERENCES, key=key)
    context = {"token": token, "preferences_token": preferences, "reasons": WhyLeave.choices}
    if request.method != "POST":
        return render(request, "subscribers/unsubscribe.html", context)
    if _posted(request, "action") == "revenir":
        back = requests.come_back(key=key, method=wording.UNSUBSCRIBE_PAGE, now=clock.now())
        return render(request, f"subscribers/{'came_back' if back else 'nobody'}.html", context)
    if _posted(request, "action") == "raison":
        return _why(request, context, key=key)
    one_click = _posted(request, "List-Unsubscribe") == "One-Click"
    method = wording.ONE_CLICK if one_click else wording.UNSUBSCRIBE_PAGE
    subscriptions.unsubscribe(recipient_key=key, method=method, now=clock.now())
    return render(request, "subscribers/unsubscribed.html", context)


def _why(request: HttpRequest, context: dict[str, Any], *, key: str) -> HttpResponse:
    """Asked once she has left, kept without saying who; told once a page, and never instead of leaving."""
    left = subscriber_of_key(key=key)
    if left is not None and left.state != SubscriberState.UNSUBSCRIBED:
        return render(request, "subscribers/unsubscribe.html", context)  # she is back since that page was shown
    reason = _posted(request, "raison")
    said = left is not None and reason in WhyLeave.values
    once = cache.add(f"subscribers.why.{key}", True, timeout=24 * 3600) if said else False
    if once:
        subscriptions.say_why(reason=WhyLeave(reason), today=clock.today())
    return render(request, "subscribers/unsubscribed.html", context | {"thanked": said})


def _posted(request: HttpRequest, name: str) -> str:
    try:
        return request.POST.get(name, "")
    except MultiPartParserError:  # a body we cannot read does not keep anybody from leaving
        return ""
