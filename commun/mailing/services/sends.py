"""Creating a send and steering it. What happens to each recipient is the engine's business."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.common import clock
from commun.mailing.exceptions import BrokenLedger, UnknownSend, WrongState
from commun.mailing.lives import SEND
from commun.mailing.models import Decision, Delivery, Message, Send
from commun.mailing.selectors.progress import send_progress
from commun.mailing.services.audience import write_list
from commun.mailing.types import HANDED_OVER, Recipient, SendState, new_recipient_key

TEST_KIND = "test"


def create_send(
    *,
    message: Message,
    kind: str,
    idempotency_key: str,
    audience: str = HANDED_OVER,
    words: dict[str, Any] | None = None,
    recipients: Iterable[Recipient] = (),
    scheduled_at: datetime | None = None,
    slug: str = "",
    created_by: Any = None,
    now: datetime | None = None,
) -> Send:
    """One send per `idempotency_key`: asked twice, the first is returned unchanged.

    `audience` is a registered name, and `words` what that audience is told (JSON): people are written down when the
    send begins. Without a name they are `recipients`, written down now.
    """
    now = now or clock.now()
    with transaction.atomic():
        send, created = Send.objects.get_or_create(
            idempotency_key=idempotency_key,
            defaults={
                "kind": kind,
                "slug": slug,
                "message": message,
                "audience": audience,
                "audience_words": words or {},
                "scheduled_at": scheduled_at or now,
                "created_at": now,
                "confirmed_at": now,
                "created_by": created_by,
            },
        )
        if created and audience == HANDED_OVER:
            write_list(send=send, recipients=recipients)
    return send


def send_test(*, message: Message, addresses: Iterable[str], created_by: Any = None) -> Send:
    """The sealed message to a few addresses, at once; its links work and change nothing of anybody."""
    return create_send(
        message=message,
        kind=TEST_KIND,
        idempotency_key=f"test-{uuid.uuid4()}",
        recipients=[Recipient(address=address, key=new_recipient_key()) for address in addresses],
        created_by=created_by,
    )


def lock_send(send_id: int) -> Send:
    """Until the end of the transaction. Raises UnknownSend."""
    try:
        return Send.objects.select_for_update().get(pk=send_id)
    except Send.DoesNotExist:
        raise UnknownSend(send_id) from None


def _move(*, send_id: int, action: str, to: SendState, reason: str, by: Any, now: datetime) -> Send:
    with transaction.atomic():
        send = lock_send(send_id)
        if not SEND.allows(send.state, to):
            raise WrongState(send.state)
        send.state, send.state_reason = to, reason
        send.save(update_fields=["state", "state_reason"])
        Decision.objects.create(send=send, action=action, by=by, at=now)
    return send


def pause(*, send_id: int, by: Any = None, reason: str = "person", now: datetime | None = None) -> Send:
    """Workers stop within a second; what is on the wire finishes. Raises UnknownSend, WrongState."""
    return _move(
        send_id=send_id,
        action="pause",
        to=SendState.PAUSED,
        reason=reason,
        by=by,
        now=now or clock.now(),
    )


def resume(*, send_id: int, by: Any = None, now: datetime | None = None) -> Send:
    """Go on where it stopped. Raises UnknownSend, WrongState, BrokenLedger."""
    return _go_on(send_id=send_id, action="resume", allowed=SendState.PAUSED, by=by, now=now)


def release(*, send_id: int, by: Any = None, now: datetime | None = None) -> Send:
    """Confirm a send held after an outage or a restored backup. Raises UnknownSend, WrongState."""
    return _go_on(send_id=send_id, action="release", allowed=SendState.HELD, by=by, now=now)


def _go_on(*, send_id: int, action: str, allowed: SendState, by: Any, now: datetime | None) -> Send:
    now = now or clock.now()
    with transaction.atomic():
        send = lock_send(send_id)
        if send.state != allowed:
            raise WrongState(send.state)
        if not send_progress(send_id=send_id).consistent:
            raise BrokenLedger(send_id)
        to = SendState.SCHEDULED
        if send.started_at is not None:
            to = SendState.FREEZING if send.total is None else SendState.SENDING
        SEND.check(send.state, to)
        send.state = to
        send.state_reason, send.confirmed_at = "", now
        send.save(update_fields=["state", "state_reason", "confirmed_at"])
        Decision.objects.create(send=send, action=action, by=by, at=now)
    return send


def cancel(*, send_id: int, by: Any = None, now: datetime | None = None) -> Send:
    """Nobody else receives it; those who did are counted. For ever. Raises UnknownSend, WrongState.

    Rows stay as they are, a million of them: what they stand for is said by the state of the send.
    """
    now = now or clock.now()
    with transaction.atomic():
        send = _move(send_id=send_id, action="cancel", to=SendState.CANCELLED, reason="person", by=by, now=now)
        if send.total is None:
            # The audience was not written down whole: what is written is all there will ever be.
            send.total = Delivery.objects.filter(send=send).count()
        send.finished_at = now
        send.save(update_fields=["total", "finished_at"])
    return send
