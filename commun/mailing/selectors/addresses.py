"""What is known of one address: what was sent there, what came back, why it is left alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from commun.mailing import tokens
from commun.mailing.models import BounceEvent, Delivery, Send, Suppression
from commun.mailing.returns.verdicts import Verdict
from commun.mailing.types import DeliveryState, SuppressionReason

HEAVY = ("send__message__raw", "send__message__html", "send__message__text")


def deliveries_at(*, address: str) -> QuerySet[Delivery]:
    """What was sent to this address, latest first. By send, as the ledger is indexed."""
    sends = list(Send.objects.values_list("pk", flat=True))
    found = Delivery.objects.filter(send__in=sends, address=address).exclude(address="")
    return found.with_life().select_related("send__message").defer(*HEAVY).order_by("-send")


def suppressions_of(*, address_hash: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(address_hash=address_hash).select_related("lifted_by").order_by("-pk")


def returns_of(*, address_hash: str, limit: int = 50) -> list[BounceEvent]:
    """What came back from this address, latest first."""
    found = BounceEvent.objects.filter(address_hash=address_hash).select_related("delivery__send__message")
    heavy = (f"delivery__{path}" for path in HEAVY)
    return list(found.defer(*heavy).order_by("-pk")[:limit])


def list_suppressions(*, reason: str = "", standing: bool = True, limit: int = 200) -> list[Suppression]:
    """Latest first."""
    found = Suppression.objects.filter(lifted_at__isnull=standing).select_related("lifted_by").order_by("-pk")
    return list((found.filter(reason=reason) if reason else found)[:limit])


def standing(*, hashes: Iterable[str]) -> dict[str, str]:
    """Of these hashes of addresses, those that must not be written to, and why."""
    return dict(
        Suppression.objects.filter(address_hash__in=list(hashes), lifted_at__isnull=True)
        .order_by("-reason")
        .values_list("address_hash", "reason")
    )


def suppressed_among(*, hashes: QuerySet[Any, str]) -> int:
    """How many of these hashes of addresses must not be written to; `hashes` is asked in the database."""
    found = Suppression.objects.filter(address_hash__in=hashes, lifted_at__isnull=True)
    return found.values("address_hash").distinct().count()


def is_dead(*, address: str) -> bool:
    """Whether even a mail of service would be wasted on it."""
    return Suppression.objects.filter(
        address_hash=tokens.address_hash(address), lifted_at__isnull=True, reason=SuppressionReason.HARD_BOUNCE
    ).exists()


def is_closed(*, address_hash: str) -> bool:
    """Whether a mail of service must not go there either: the address is dead, or the team decided so."""
    closed = (SuppressionReason.HARD_BOUNCE, SuppressionReason.MANUAL)
    return Suppression.objects.filter(address_hash=address_hash, lifted_at__isnull=True, reason__in=closed).exists()


def standing_suppression(*, pk: int) -> Suppression | None:
    return Suppression.objects.filter(pk=pk, lifted_at__isnull=True).first()


def suppression_reasons() -> dict[str, str]:
    """Each reason and its French name."""
    return dict(Suppression._meta.get_field("reason").flatchoices)


def arrived_since(*, key: str, since: datetime, but: int | None) -> int:
    """How many messages a relay accepted for this recipient key in sends begun since, and that did not come back; one
    delivery left aside. Send by send, as the ledger is indexed."""
    sends = list(Send.objects.filter(started_at__gt=since).values_list("pk", flat=True))
    returned = [Verdict.SOFT.value, Verdict.HARD.value]
    accepted = Delivery.objects.filter(send__in=sends, recipient_key=key, state=DeliveryState.ACCEPTED)
    return accepted.exclude(pk=but or 0).exclude(events__verdict__in=returned).count()
