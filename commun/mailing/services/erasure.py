"""Forgetting an address: everything but a keyed hash, so as not to write to it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.mailing.models import BounceEvent, Delivery, Send, ServiceMail, Suppression
from commun.mailing.services.suppression import suppress
from commun.mailing.services.withdrawing import withdraw
from commun.mailing.tokens import address_hash
from commun.mailing.types import DeliveryState, SuppressionReason

HELD = (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)


def erase(*, address: str, now: datetime, known: bool = False) -> dict[str, int]:
    """Rows erased or blanked, by kind; empty when nothing was held. `address` is normalised. `known`: a room above held
    something of this person, who must not be brought back by an old file."""
    digest = address_hash(address)
    with transaction.atomic():
        done = {
            "envois": _blank_deliveries(address=address, now=now),
            "messages de service": _blank_service_mail(address=address, now=now),
            "retours": BounceEvent.objects.filter(address_hash=digest).exclude(diagnostic="").update(diagnostic=""),
        }
        if known or done["envois"]:
            suppress(reason=SuppressionReason.ERASURE, address=address, now=now)
        # What servers answered often quotes the address.
        Suppression.objects.filter(address_hash=digest).exclude(evidence="").update(evidence="")
        # Again after the commit: a list being written down meanwhile may have seen her still there.
        transaction.on_commit(lambda: _blank_deliveries(address=address, now=now))
    return {kind: count for kind, count in done.items() if count}


def _blank_deliveries(*, address: str, now: datetime) -> int:
    """The rows stay: the ledger still sums to its audience. Nothing still to leave leaves, invitations included."""
    blanked = 0
    # Send by send, as the ledger is indexed.
    for send in Send.objects.only("pk"):
        hers = Delivery.objects.filter(send=send, address=address)
        withdraw(deliveries=hers, reason=SuppressionReason.ERASURE, now=now)
        blanked += hers.update(address="", diagnostic="")
    return blanked


def _blank_service_mail(*, address: str, now: datetime) -> int:
    """What a worker is carrying at this very moment is blanked by the sweep, once its fate is known."""
    hers = ServiceMail.objects.filter(address=address)
    hers.filter(state__in=[DeliveryState.PENDING, DeliveryState.DEFERRED]).update(
        state=DeliveryState.EXCLUDED, reason=SuppressionReason.ERASURE, settled_at=now, not_before=None
    )
    return hers.exclude(state__in=HELD).update(raw=b"", address="", sender="", diagnostic="", blanked_at=now)
