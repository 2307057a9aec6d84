"""Forgetting a person: everything but a keyed hash, so as not to write to her again and to prove what was done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.mailing import wording
from commun.mailing.models import BounceEvent, ConsentEvent, Delivery, Send, ServiceMail, Subscriber, Suppression
from commun.mailing.services.sends import withdraw
from commun.mailing.services.subscriptions import prove
from commun.mailing.services.suppression import suppress
from commun.mailing.tokens import address_hash
from commun.mailing.types import DeliveryState, SuppressionReason

HELD = (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)


def erase(*, address: str, now: datetime, method: str = wording.PERSON) -> dict[str, int]:
    """Rows erased or blanked, by kind; empty when nothing was held. `address` is normalised."""
    digest = address_hash(address)
    with transaction.atomic():
        done = {
            "envois": _blank_deliveries(address=address, now=now),
            "messages de service": _blank_service_mail(address=address, now=now),
            "retours": BounceEvent.objects.filter(address_hash=digest).exclude(diagnostic="").update(diagnostic=""),
        }
        subscriber = Subscriber.objects.select_for_update().filter(address=address).first()
        known = ConsentEvent.objects.filter(subject=digest).exists()
        if subscriber is not None or done["envois"]:
            # Before the row goes: it names the recipient key of sends that are being written down.
            suppress(reason=SuppressionReason.ERASURE, address_hash=digest, now=now)
            prove(address_hash=digest, kind="erased", method=method, now=now)
            known = True
        if known:
            # What servers answered often quotes the address.
            Suppression.objects.filter(address_hash=digest).exclude(evidence="").update(evidence="")
        if subscriber is not None:
            subscriber.delete()
            done["abonnement"] = 1
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
