"""How long people are known by their address, three years after the last letter; and what goes before."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.mailing.models import Claim, Delivery, Send
from commun.mailing.types import OVER

KEPT = timedelta(days=3 * 365)
RANGES_KEPT = timedelta(days=30)  # longer than any journal that may still speak of them


def forget_recipients(*, now: datetime) -> int:
    """Blank the addresses of sends long over (periodic). Rows stay: the ledger still sums to its audience."""
    blanked = 0
    for send in Send.objects.filter(state__in=OVER, finished_at__lt=now - KEPT).only("pk"):
        blanked += Delivery.objects.filter(send=send).exclude(address="").update(address="", diagnostic="")
    return blanked


def drop_ranges(*, now: datetime) -> int:
    """Who held which rows of sends that are over (periodic); what became of each row stands in the row."""
    over = Send.objects.filter(state__in=OVER, finished_at__lt=now - RANGES_KEPT).values("frontiers")
    return Claim.objects.filter(frontier__in=over, closed_at__isnull=False).delete()[0]
