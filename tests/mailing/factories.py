"""Messages and sends, made for a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction

from commun.common import clock
from commun.mailing import api
from commun.mailing.delivery import ranges
from commun.mailing.delivery.ledger import Row
from commun.mailing.models import Delivery, Frontier, Lease, Message, Operator, Send
from commun.mailing.types import HANDED_OVER, Recipient
from commun.subscribers.models import Subscriber
from commun.subscribers.types import AUDIENCE

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


def make_send(
    *, addresses: Iterable[str] | None = None, key: str = "essai", ago: timedelta = timedelta(0), kind: str = "issue"
) -> Send:
    """To every subscriber, or to these addresses."""
    now = clock.now() - ago
    to: dict[str, Any] = {"audience": AUDIENCE}
    if addresses is not None:
        to = {"recipients": [Recipient(address=address, key=api.new_recipient_key()) for address in addresses]}
    return api.create_send(message=make_message(), kind=kind, idempotency_key=key, now=now, **to)


def make_send_under_way(*, people: Iterable[Subscriber]) -> Send:
    """A letter whose audience is written down: one pending delivery per person."""
    send = api.create_send(
        message=make_message(),
        kind="issue",
        idempotency_key=f"essai-{next(_numbers)}",
        recipients=[Recipient(address=person.address, key=person.key) for person in people],
        now=clock.now(),
    )
    Send.objects.filter(pk=send.pk).update(state="sending", started_at=clock.now(), audience=AUDIENCE)
    send.refresh_from_db()
    return send


def hand_out(*, send: Send, lease: Lease, limit: int = 100) -> list[Row]:
    """Rows of a send in the hands of this lease, as a worker takes them."""
    with transaction.atomic():
        taken = [ranges.take(front=front, lease_id=lease.pk, limit=limit) for front in ranges.fronts(send_id=send.pk)]
    return [row for one in taken if one for row in one.rows]


def give_operator(*, delivery: Delivery, operator: Operator) -> None:
    """As if the audience had been written down with this operator known."""
    Frontier.objects.filter(send=delivery.send, operator=operator).delete()
    Frontier.objects.filter(pk=delivery.frontier_id).update(operator=operator)


def delivery_of(*, send: Send, subscriber: Subscriber) -> Delivery:
    return Delivery.objects.get(send=send, recipient_key=subscriber.key)


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
    rows.update(
        state="uncertain", aside="uncertain", reason="worker_lost", settled_at=now, first_attempt_at=now, attempts=1
    )
    arrived = rows.order_by("-pk").values_list("pk", flat=True)[:accepted]
    rows.filter(pk__in=list(arrived)).update(state="accepted", aside="", reason="", code=250)
    Send.objects.filter(pk=send.pk).update(
        state="finished",
        started_at=now,
        finished_at=now,
        audience=AUDIENCE if not uncertain + accepted else HANDED_OVER,
    )
    send.refresh_from_db()
    return send
