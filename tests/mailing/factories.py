"""Subscribers, messages and sends, made for a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from commun.common import clock
from commun.mailing import api, tokens
from commun.mailing.models import Delivery, Message, Send, Subscriber, Topic
from commun.mailing.services import subscriptions
from commun.mailing.types import Recipient, SubscriberState

CONSENT = "J’accepte de recevoir la lettre."
_numbers = count(1)


def make_message(*, subject: str = "Le passage à l’action") -> Message:
    urls = api.personal_urls()
    return api.seal_message(
        subject=subject,
        html=f'<html lang="fr"><body><p>Bonjour.</p><a href="{urls.unsubscribe}">Me désabonner</a> '
        f'<a href="{urls.preferences}">Mes préférences</a></body></html>',
        text=f"Bonjour.\nMe désabonner : {urls.unsubscribe}\nMes préférences : {urls.preferences}\n",
        now=clock.now(),
    )


def make_subscribers(number: int, *, domain: str = "example.org") -> list[Subscriber]:
    return [
        api.subscribe(
            address=f"lectrice-{rank}@{domain}", consent_text=CONSENT, now=clock.now(), confirmed=True, source="essai"
        )
        for rank in range(number)
    ]


def make_send(
    *, addresses: Iterable[str] | None = None, key: str = "essai", ago: timedelta = timedelta(0), kind: str = "issue"
) -> Send:
    """To every subscriber, or to these addresses."""
    recipients = None
    if addresses is not None:
        recipients = [Recipient(address=address, key=api.new_recipient_key()) for address in addresses]
    now = clock.now() - ago
    return api.create_send(message=make_message(), kind=kind, idempotency_key=key, recipients=recipients, now=now)


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


def make_send_under_way(*, people: Iterable[Subscriber]) -> Send:
    """A letter whose audience is written down: one pending delivery per person."""
    send = api.create_send(
        message=make_message(),
        kind="issue",
        idempotency_key=f"essai-{next(_numbers)}",
        recipients=[Recipient(address=person.address, key=person.key) for person in people],
        now=clock.now(),
    )
    Send.objects.filter(pk=send.pk).update(state="sending", started_at=clock.now(), to_subscribers=True)
    send.refresh_from_db()
    return send


def delivery_of(*, send: Send, subscriber: Subscriber) -> Delivery:
    return Delivery.objects.get(send=send, recipient_key=subscriber.key)


def link(*, purpose: str, subscriber: Subscriber | None = None) -> str:
    """Path of a personal link; of nobody's key without `subscriber`, as in a test send."""
    key = subscriber.key if subscriber else api.new_recipient_key()
    token = tokens.recipient_token(purpose=purpose, key=key)
    prefix = {
        tokens.CONFIRM: "/abonnement/confirmation",
        tokens.PREFERENCES: "/preferences",
        tokens.UNSUBSCRIBE: "/desabonnement",
    }[purpose]
    return f"{prefix}/{token}/"


def make_lost_send(
    *, uncertain: int = 0, accepted: int = 0, people: Iterable[Subscriber] = (), key: str = "perdu"
) -> Send:
    """A finished send of which a lost worker left some uncertain: `people`, or as many unknown addresses."""
    now = clock.now()
    recipients = [Recipient(address=person.address, key=person.key) for person in people]
    recipients += [
        Recipient(address=f"{key}-{rank}@example.org", key=api.new_recipient_key())
        for rank in range(uncertain + accepted)
    ]
    send = api.create_send(
        message=make_message(), kind="issue", slug="lettre-7", idempotency_key=key, recipients=recipients, now=now
    )
    rows = Delivery.objects.filter(send=send)
    rows.update(state="uncertain", reason="worker_lost", settled_at=now, first_attempt_at=now, attempts=1)
    arrived = rows.order_by("-pk").values_list("pk", flat=True)[:accepted]
    rows.filter(pk__in=list(arrived)).update(state="accepted", reason="", code=250)
    Send.objects.filter(pk=send.pk).update(
        state="finished", started_at=now, finished_at=now, to_subscribers=not uncertain + accepted
    )
    send.refresh_from_db()
    return send
