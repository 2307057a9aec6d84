"""Taking people out of sends under way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from commun.mailing.models import Claim, Delivery, Frontier, Send
from commun.mailing.types import OVER, Aside, DeliveryState


def withdraw(*, deliveries: QuerySet[Delivery], reason: str, now: datetime) -> int:
    """These few must not leave any more: at once where nobody holds them, within a second where a worker does.

    Their frontiers, then the ranges over them, are locked: until the end of the transaction no worker takes or gives
    back a range of theirs. A row held alone is seen in its latest state by the one statement that changes it. One whose
    fate is uncertain stays so, and is not sent again.
    """
    with transaction.atomic():
        rows = list(deliveries.filter(state__in=_MAY_STILL_LEAVE).values_list("pk", "frontier_id", "position"))
        ahead = dict(
            Frontier.objects.select_for_update()
            .filter(pk__in={frontier for _, frontier, _ in rows})
            .order_by("pk")
            .values_list("pk", "next")
        )
        free = [pk for pk, frontier, at in rows if at >= ahead[frontier] or not _is_held(frontier=frontier, at=at)]
        leaves = Q(aside__in=[Aside.AGAIN, Aside.DEFERRED]) | Q(aside=Aside.NONE, pk__in=free)
        return Delivery.objects.filter(pk__in=[pk for pk, *_ in rows], state__in=_MAY_STILL_LEAVE).update(
            state=Case(When(leaves, then=Value(DeliveryState.EXCLUDED.value)), default=F("state")),
            aside=Case(
                When(leaves, then=Value(Aside.NONE.value)),
                When(aside=Aside.NONE, then=Value(Aside.WITHDRAWN.value)),
                default=F("aside"),
            ),
            not_before=Case(When(leaves, then=None), default=F("not_before")),
            reason=Case(When(state=DeliveryState.UNCERTAIN, then=F("reason")), default=Value(reason)),
            settled_at=Case(When(state=DeliveryState.UNCERTAIN, then=F("settled_at")), default=Value(now)),
            withdrawn=reason,
        )


_MAY_STILL_LEAVE = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN)


def _is_held(*, frontier: int, at: int) -> bool:
    over = Claim.objects.select_for_update().filter(
        frontier=frontier, first__lte=at, last__gte=at, closed_at__isnull=True
    )
    return any(claim.lease_id is not None for claim in over)


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
