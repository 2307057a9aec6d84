"""The few mails one person is waiting for. Each is queued in the transaction of what it speaks of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from commun.common import french, mails
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
        subject=f"Vos données chez {settings.SITE_NAME} : le lien demandé",
        url=_url("subscribers:personal_data", token),
    )


def send_move_confirmation(*, address: str, token: str) -> None:
    _send(
        "move_confirmation",
        to=address,
        subject=f"Confirmez votre nouvelle adresse pour la lettre {french.of(settings.SITE_NAME)}",
        url=_url("subscribers:move", token),
    )


def send_moved(*, address: str, token: str) -> None:
    """To the address that is left."""
    _send(
        "moved",
        to=address,
        subject=f"La lettre {french.of(settings.SITE_NAME)} change d’adresse",
        url=_url("subscribers:move_back", token),
    )


def send_welcome_here(*, subscriber: Subscriber) -> None:
    _send(
        "welcome_here",
        to=subscriber.address,
        subject=f"La lettre {french.of(settings.SITE_NAME)} arrive désormais ici",
        url=preferences_url(subscriber=subscriber),
    )


def send_welcome(*, subscriber: Subscriber) -> None:
    """Once she confirmed: what she will receive, where to read meanwhile, how to change her mind."""
    _send(
        "welcome",
        to=subscriber.address,
        subject=f"Bienvenue : vous êtes abonné·e à la lettre {french.of(settings.SITE_NAME)}",
        url=preferences_url(subscriber=subscriber),
        archive=f"{settings.SITE_URL}/lettre/",
        subscriber=subscriber,
        topics=[topic.name for topic in subscriber.topics.all()],
    )


def preferences_url(*, subscriber: Subscriber) -> str:
    return _url("subscribers:preferences", tokens.recipient_token(purpose=tokens.PREFERENCES, key=subscriber.key))


def _url(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def _send(name: str, *, to: str, subject: str, **context: Any) -> None:
    mails.post(template=f"subscribers/mail/{name}.txt", to=to, subject=subject, **context)
