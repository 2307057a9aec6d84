"""How long people are known by their address: three years after the last letter, or after they left."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.mailing import wording
from commun.mailing.models import Delivery, Send, Subscriber
from commun.mailing.services import erasure
from commun.mailing.services.sends import OVER
from commun.mailing.types import SubscriberState

KEPT = timedelta(days=3 * 365)
PEOPLE_AT_ONCE = 500  # a sweep comes back tomorrow


def forget_recipients(*, now: datetime) -> int:
    """Blank the addresses of sends long over (periodic). Rows stay: the ledger still sums to its audience."""
    blanked = 0
    for send in Send.objects.filter(state__in=OVER, finished_at__lt=now - KEPT).only("pk"):
        blanked += Delivery.objects.filter(send=send).exclude(address="").update(address="", diagnostic="")
    return blanked


def forget_departed(*, now: datetime) -> int:
    """Erase who left long ago (periodic): only the hash stays, so that no old file brings her back."""
    gone = Subscriber.objects.filter(state=SubscriberState.UNSUBSCRIBED, left_at__lt=now - KEPT).order_by("pk")
    addresses = list(gone.values_list("address", flat=True)[:PEOPLE_AT_ONCE])
    for address in addresses:
        erasure.erase(address=address, method=wording.TERM, now=now)
    return len(addresses)
