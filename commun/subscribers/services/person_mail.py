"""The few mails one person is waiting for. Each is queued in the transaction of what it speaks of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from commun.common import french
from commun.mailing.api import tokens
from commun.subscribers.models import Subscriber


def send_confirmation(*, subscriber: Subscriber) -> None:
    """A link to the page where a button confirms."""
    token = tokens.recipient_token(purpose=tokens.CONFIRM, key=subscriber.key)
    _send(
        "confirmation",
        to=subscriber.address,
        subject=f"Confirmez votre abonnement à la lettre {french.of(settings.SITE_NAME)}",
        url=_url("subscribers:confirm", token),
    )


def send_already_subscribed(*, subscriber: Subscriber) -> None:
    _send(
        "already_subscribed",
        to=subscriber.address,
        subject=f"Vous recevez déjà la lettre {french.of(settings.SITE_NAME)}",
        url=preferences_url(subscriber=subscriber),
        paused_until=subscriber.paused_until,
    )


def send_preferences_link(*, subscriber: Subscriber) -> None:
    _send(
        "preferences_link",
        to=subscriber.address,
        subject=f"Votre lien de préférences pour la lettre {french.of(settings.SITE_NAME)}",
        url=preferences_url(subscriber=subscriber),
    )


def send_personal_data_link(*, subscriber: Subscriber, token: str) -> None:
    _send(
        "personal_data_link",
        to=subscriber.address,
        subject=f"Vos données chez {settings.SITE_NAME} : le lien demandé",
        url=_url("subscribers:personal_data", token),
    )


def preferences_url(*, subscriber: Subscriber) -> str:
    return _url("subscribers:preferences", tokens.recipient_token(purpose=tokens.PREFERENCES, key=subscriber.key))


def _url(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def _send(name: str, *, to: str, subject: str, **context: Any) -> None:
    values = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, "subject": subject, **context}
    message = EmailMultiAlternatives(
        subject=subject, body=render_to_string(f"subscribers/mail/{name}.txt", values).strip() + "\n", to=[to]
    )
    message.attach_alternative(render_to_string(f"subscribers/mail/{name}.html", values), "text/html")
    message.send()
