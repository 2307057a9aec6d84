"""What a message that comes back does to a reader. Told by `mailing`, in the transaction that writes it down."""

from __future__ import annotations

from datetime import datetime

from commun.mailing.api import Return, Returned, Way
from commun.subscribers import wording
from commun.subscribers.models import Subscriber
from commun.subscribers.services.scoring import add_soft_bounce
from commun.subscribers.services.subscriptions import unsubscribe

_METHODS = {Way.MAIL: wording.MAIL, Way.PROVIDER: wording.PROVIDER, Way.FEEDBACK_LOOP: wording.COMPLAINT}


def take(*, returned: Return, now: datetime) -> bool:
    """Handler of `mailing`'s registry; whether it concerned one of our readers."""
    key = returned.recipient_key
    if returned.kind is Returned.UNSUBSCRIBED:
        return unsubscribe(recipient_key=key, method=_METHODS[returned.way], now=now)
    if returned.kind is Returned.COMPLAINT:
        return bool(key) and unsubscribe(recipient_key=key, method=wording.COMPLAINT, kind="complained", now=now)
    if returned.kind is Returned.SOFT:
        add_soft_bounce(recipient_key=key, delivery_id=returned.delivery_id, evidence=returned.evidence, now=now)
    return Subscriber.objects.filter(key=key).exists()
