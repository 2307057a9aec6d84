"""Readers and topics, made for a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from commun.common import clock
from commun.mailing.api import new_recipient_key, tokens
from commun.subscribers import api
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.services import subscriptions
from commun.subscribers.types import SubscriberState

CONSENT = "J’accepte de recevoir la lettre."
_numbers = count(1)


def make_subscribers(number: int, *, domain: str = "example.org", now: datetime | None = None) -> list[Subscriber]:
    now = now or clock.now()
    return [
        api.subscribe(
            address=f"lectrice-{rank}@{domain}", consent_text=CONSENT, now=now, confirmed=True, source="essai"
        )
        for rank in range(number)
    ]


def make_topic(*, slug: str = "", name: str = "") -> Topic:
    number = next(_numbers)
    return api.ensure_topic(slug=slug or f"thematique-{number}", name=name or f"Thématique {number}")


def make_subscriber(
    *,
    address: str = "",
    state: SubscriberState = SubscriberState.ACTIVE,
    topics: Iterable[Topic] = (),
    now: datetime | None = None,
) -> Subscriber:
    """A person in that state, who went through the real services."""
    now = now or clock.now()
    subscriber = api.subscribe(
        address=address or f"personne-{next(_numbers)}@example.org",
        consent_text=CONSENT,
        topics=topics,
        confirmed=state != SubscriberState.PENDING,
        now=now,
    )
    if state == SubscriberState.UNSUBSCRIBED:
        subscriptions.unsubscribe(recipient_key=subscriber.key, method="page", now=now)
    subscriber.refresh_from_db()
    return subscriber


def link(*, purpose: str, subscriber: Subscriber | None = None) -> str:
    """Path of a personal link; of nobody's key without `subscriber`, as in a test send."""
    key = subscriber.key if subscriber else new_recipient_key()
    token = tokens.recipient_token(purpose=purpose, key=key)
    prefix = {
        tokens.CONFIRM: "/abonnement/confirmation",
        tokens.PREFERENCES: "/preferences",
        tokens.UNSUBSCRIBE: "/desabonnement",
    }[purpose]
    return f"{prefix}/{token}/"
