"""How long readers are known by their address: three years after they left."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.subscribers import wording
from commun.subscribers.models import Subscriber
from commun.subscribers.services import erasure
from commun.subscribers.types import SubscriberState

KEPT = timedelta(days=3 * 365)
PEOPLE_AT_ONCE = 500  # a sweep comes back tomorrow


def forget_departed(*, now: datetime) -> int:
    """Erase who left long ago (periodic): only the hash stays, so that no old file brings her back."""
    gone = Subscriber.objects.filter(state=SubscriberState.UNSUBSCRIBED, left_at__lt=now - KEPT).order_by("pk")
    addresses = list(gone.values_list("address", flat=True)[:PEOPLE_AT_ONCE])
    for address in addresses:
        erasure.erase(address=address, method=wording.TERM, now=now)
    return len(addresses)
