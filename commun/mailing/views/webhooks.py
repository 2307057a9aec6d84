"""The addresses that providers call, with HTTP basic authentication: `https://utilisateur:secret@site/retours/brevo/`."""

from __future__ import annotations

from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

PROVIDERS = {
    "brevo": BrevoTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}


@csrf_exempt
def tell(request: HttpRequest, provider: str) -> HttpResponseBase:
    """django-anymail checks the secret and reads the body; without a secret set there is nothing here."""
    view = PROVIDERS.get(provider)
    if view is None or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404(provider)
    return view.as_view()(request)
