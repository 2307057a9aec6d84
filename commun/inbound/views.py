"""Where providers bring mail, with HTTP basic authentication: `https://utilisateur:secret@site/courrier/postmark/`."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from commun.inbound.transports.webhook import PROVIDERS


@csrf_exempt
def bring(request: HttpRequest, provider: str) -> HttpResponseBase:
    """django-anymail checks the secret; without a secret set there is nothing here."""
    view = PROVIDERS.get(provider)
    if view is None or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404(provider)
    return view.as_view()(request)
