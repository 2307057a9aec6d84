"""The link of the reminder: a page with a button, for whoever reads the person's mail. Scanners open it and change
nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commun.common import clock, signing
from commun.common.errors import LinkError
from commun.common.guard import anonymous_form
from commun.territories import api
from commun.territories.models import Membership
from commun.territories.services.mandates import mails, renewing


@anonymous_form(scope="territories.renew", limit=30, period=timedelta(hours=1))
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    try:
        pk, end = signing.unsign(purpose=mails.RENEWAL_PURPOSE, token=token)
        expires_at = datetime.fromisoformat(end)
    except (LinkError, ValueError, TypeError):
        return render(request, "territories/renew.html", {"state": "forged"}, status=404)
    row = Membership.objects.with_names().filter(pk=pk, expires_at=expires_at, ended_at=None).first()
    if row is None or not renewing.can_renew(row, now=clock.now()):
        return render(request, "territories/renew.html", {"state": "gone"}, status=410)
    if request.method == "POST":
        try:
            row = api.renew_mandate(membership_id=pk, expires_at=expires_at, now=clock.now())
        except api.NothingToRenew:
            return render(request, "territories/renew.html", {"state": "gone"}, status=410)
        return render(request, "territories/renew.html", {"state": "done", "membership": row})
    return render(request, "territories/renew.html", {"state": "ask", "membership": row})
