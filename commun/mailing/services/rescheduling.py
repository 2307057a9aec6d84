"""Another date for a send that has not begun."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.mailing.exceptions import WrongState
from commun.mailing.models import Decision, Send
from commun.mailing.services.sends import lock_send
from commun.mailing.types import SendState


def reschedule(*, send_id: int, at: datetime, by: Any, now: datetime) -> Send:
    """The lock of the send is the one its beginning takes: a date never moves under a send that begins.

    Raises UnknownSend, WrongState.
    """
    with transaction.atomic():
        send = lock_send(send_id)
        if send.state != SendState.SCHEDULED or send.started_at is not None:
            raise WrongState(send.state)
        send.scheduled_at, send.confirmed_at = at, now
        send.save(update_fields=["scheduled_at", "confirmed_at"])
        Decision.objects.create(send=send, action="reschedule", detail=at.isoformat(timespec="minutes"), by=by, at=now)
    return send
