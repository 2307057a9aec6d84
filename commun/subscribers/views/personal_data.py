"""Taking a copy of everything kept of oneself, or having it erased: behind a link fresh from the mailbox."""

from __future__ import annotations

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commun.common import clock, privacy
from commun.common.guard import anonymous_form
from commun.subscribers.services import requests
from commun.subscribers.views.common import personal


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.personal_data", limit=20, period=timedelta(hours=1))
@personal
def personal_data(request: HttpRequest, token: str) -> HttpResponse:
    """The page; POST downloads."""
    subscriber = requests.read_personal_data_link(token)
    if subscriber is None:
        return render(request, "subscribers/erased.html")
    if request.method != "POST":
        return render(request, "subscribers/personal_data.html", {"token": token, "address": subscriber.address})
    data = privacy.export_person(email=subscriber.address)
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=2, default=str), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="subscribers.erase", limit=20, period=timedelta(hours=1))
@personal
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what will happen; POST erases everywhere. Again: the same calm page."""
    subscriber = requests.read_personal_data_link(token)
    if subscriber is None:
        return render(request, "subscribers/erased.html")
    if request.method != "POST":
        return render(request, "subscribers/erase.html", {"token": token, "address": subscriber.address})
    privacy.erase_person(email=subscriber.address, now=clock.now())
    return render(request, "subscribers/erased.html")
