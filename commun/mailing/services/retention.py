"""How long people are known by their address: three years after the last letter."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.mailing.models import Delivery, Send
from commun.mailing.types import OVER

KEPT = timedelta(days=3 * 365)


def forget_recipients(*, now: datetime) -> int:
    """Blank the addresses of sends long over (periodic). Rows stay: the ledger still sums to its audience."""
    blanked = 0
    for send in Send.objects.filter(state__in=OVER, finished_at__lt=now - KEPT).only("pk"):
        blanked += Delivery.objects.filter(send=send).exclude(address="").update(address="", diagnostic="")
    return blanked
