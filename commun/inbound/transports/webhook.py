"""Webhooks of providers that receive mail for a domain, read by django-anymail: acknowledged once it is safe here."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.http import HttpRequest, HttpResponse

from commun.common import clock
from commun.inbound.exceptions import EmptyMessage, TooLarge
from commun.inbound.services.receiving import accepts, receive, set_aside
from commun.inbound.transports.headers import envelope_of
from commun.inbound.types import MAX_BYTES, Transport

# A message in JSON: base64 adds a third, or each end of line an escape.
MOST_BODY = MAX_BYTES * 3 // 2


class _Receiving(AnymailBaseWebhookView):
    """The provider's secret is checked before anything is read; an error of ours is its 500: it comes back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.run_validators(request)
        # Far over what forms may send, hence read here, once it is known who calls.
        request._body = request.read(MOST_BODY + 1)  # type: ignore[attr-defined]
        if len(request.body) > MOST_BODY:
            return HttpResponse(status=413)
        try:
            for event in self.parse_events(request):
                self._keep(event)
        except TooLarge:
            return HttpResponse(status=413)
        except EmptyMessage:
            return HttpResponse(status=400)
        return HttpResponse()

    def raw_of(self, event: AnymailInboundEvent) -> bytes:
        raise NotImplementedError

    def _keep(self, event: AnymailInboundEvent) -> None:
        """For the recipient of the envelope, else those of the headers; in quarantine where none is ours."""
        raw, message, now = self.raw_of(event), event.message, clock.now()
        sender, recipients = envelope_of(raw)
        sender = message.envelope_sender or sender
        if message.envelope_recipient:
            recipients = [message.envelope_recipient] if accepts(recipient=message.envelope_recipient) else []
        for recipient in recipients:
            receive(raw=raw, mail_from=sender, recipient=recipient, transport=Transport.WEBHOOK, now=now)
        if not recipients:
            set_aside(raw=raw, mail_from=sender, transport=Transport.WEBHOOK, why="no_route", now=now)


class Postmark(_Receiving, PostmarkInboundWebhookView):
    """Wants "Include raw email content" ticked there; without it the message is put together again from its parts."""

    def raw_of(self, event: AnymailInboundEvent) -> bytes:
        given = event.esp_event.get("RawEmail")
        return str(given).encode("utf-8", "surrogateescape") if given else _rebuilt(event.message)


class SparkPost(_Receiving, SparkPostInboundWebhookView):
    def esp_to_anymail_event(self, event_class: str, event: Any, raw_event: Any) -> AnymailInboundEvent:
        """Mail is bytes: the library would read it as UTF-8, and refuse for ever what is not."""
        if event_class == "relay_message":
            text = _bytes(event["content"]).decode("latin-1")
            event = {**event, "content": {"email_rfc822": text, "email_rfc822_is_base64": False}}
        return super().esp_to_anymail_event(event_class, event, raw_event)

    def raw_of(self, event: AnymailInboundEvent) -> bytes:
        return _bytes(event.esp_event["msys"]["relay_message"]["content"])


def _bytes(content: dict[str, Any]) -> bytes:
    text = str(content["email_rfc822"])
    if not content["email_rfc822_is_base64"]:
        return text.encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return text.encode("utf-8", "surrogateescape")


def _rebuilt(message: AnymailInboundMessage) -> bytes:
    return bytes(message.as_bytes())


PROVIDERS = {"postmark": Postmark, "sparkpost": SparkPost}
