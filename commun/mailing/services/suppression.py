"""Whom we must not write to, why, and how that is undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.mailing import tokens
from commun.mailing.models import Subscriber, Suppression
from commun.mailing.services.subscriptions import withdraw_person
from commun.mailing.types import SuppressionReason


def suppress(
    *, reason: SuppressionReason, now: datetime, address: str = "", address_hash: str = "", evidence: str = ""
) -> Suppression:
    """Idempotent per address and reason; takes the person out of sends under way."""
    digest = address_hash or tokens.address_hash(address)
    with transaction.atomic():
        row, _ = Suppression.objects.get_or_create(
            address_hash=digest,
            reason=reason,
            lifted_at=None,
            defaults={"created_at": now, "evidence": evidence[:2000]},
        )
        subscriber = Subscriber.objects.filter(address_hash=digest).only("key").first()
        if subscriber is not None:
            key, why = subscriber.key, str(reason)
            transaction.on_commit(lambda: withdraw_person(recipient_key=key, reason=why, now=now))
    return row


def lift(*, suppression: Suppression, why: str, by: Any, now: datetime) -> None:
    """The evidence stays; the address may be written to again, and its refusals are counted from nothing."""
    with transaction.atomic():
        Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True).update(
            lifted_at=now, lifted_by=by, lifted_why=why[:200]
        )
        Subscriber.objects.filter(address_hash=suppression.address_hash).update(score=0, scored_at=None)


def is_dead(*, address: str) -> bool:
    """Whether even a mail of service would be wasted on it."""
    return Suppression.objects.filter(
        address_hash=tokens.address_hash(address), lifted_at__isnull=True, reason=SuppressionReason.HARD_BOUNCE
    ).exists()
