"""Where django-anymail hands over what providers tell."""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking

from commun.common import clock
from commun.mailing.returns.events import ProviderEvent
from commun.mailing.services import feedback


def connect() -> None:
    tracking.connect(_take, dispatch_uid="mailing.webhooks")


def _take(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """An error here is the provider's 500: it will tell again."""
    feedback.note_provider_event(event=_read(event, esp_name), now=clock.now())


def _read(event: AnymailTrackingEvent, esp_name: str) -> ProviderEvent:
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = f"{raw.get('event', '')} {raw.get('Type', '')} {raw.get('type', '')}".lower()
    return ProviderEvent(
        provider=esp_name.lower(),
        kind=str(event.event_type or ""),
        reason=str(event.reject_reason or ""),
        text=str(event.mta_response or event.description or raw.get("comment") or ""),
        recipient=str(event.recipient or ""),
        message_id=str(event.message_id or ""),
        event_id=str(event.event_id or ""),
        hard="hard" in words or raw.get("hard_bounce") is True,
    )
