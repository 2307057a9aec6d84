"""The personal page of an invitation: for whom this address may vote, and how to receive no other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commun.common import clock
from commun.common.errors import ForgedLink
from commun.votes import tokens
from commun.votes.selectors.invitations import invited_for
from commun.votes.services.inviting import accept_invitations, refuse_invitations


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows. POST takes effect at once, from the button or from a mail program (RFC 8058: no cookie, no login); the
    token is the capability. It opens no ballot: voting asks to sign in."""
    try:
        key = tokens.read_token(token)
    except ForgedLink:
        return _page(request, {"state": "unknown"}, status=404)
    if request.method != "POST":
        return _page(request, {"state": "invited", "electors": invited_for(recipient_key=key)})
    if request.POST.get("action") == "revenir":
        accept_invitations(recipient_key=key)
        return _page(request, {"state": "back"})
    refuse_invitations(recipient_key=key, now=clock.now())
    return _page(request, {"state": "refused"})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "votes/invitation.html", {"electors": [], **context}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
