"""Taking people out of sends under way."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, F, QuerySet, Value, When

from commun.mailing.models import Delivery, Send
from commun.mailing.types import OVER, UNSETTLED, DeliveryState


def withdraw(*, deliveries: QuerySet[Delivery], reason: str, now: datetime) -> int:
    """These must not leave any more: at once where nobody holds them, within a second where a worker does.

    One statement: a row that a worker claims or gives back meanwhile is seen in its latest state.
    """
    free = When(state__in=[DeliveryState.PENDING, DeliveryState.DEFERRED], then=Value(DeliveryState.EXCLUDED.value))
    return deliveries.filter(state__in=UNSETTLED).update(
        state=Case(free, default=F("state")), reason=reason, withdrawn=reason, settled_at=now
    )


def withdraw_person(*, reason: str, now: datetime, key: str = "", address: str = "", audience: str = "") -> int:
    """Out of every send still to leave, or of those of one audience; by recipient key or by normalised address.

    Call it once what takes her out is committed: a list being written down meanwhile may have seen her still there.
    """
    assert bool(key) != bool(address), "one of the two names her"
    sends = Send.objects.exclude(state__in=OVER)
    if audience:
        sends = sends.filter(audience=audience)
    who = {"recipient_key": key} if key else {"address": address}
    # Send by send, as the ledger is indexed.
    return sum(
        withdraw(deliveries=Delivery.objects.filter(send=send, **who), reason=reason, now=now)
        for send in sends.only("pk")
    )
