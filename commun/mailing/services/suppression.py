"""Whom we must not write to, whoever asks; why, and how that is undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from commun.mailing import tokens
from commun.mailing.models import Send, Suppression
from commun.mailing.services.withdrawing import withdraw_person
from commun.mailing.types import OVER, SuppressionReason


def suppress(*, reason: SuppressionReason, address: str, now: datetime, evidence: str = "") -> Suppression:
    """Idempotent per address and reason; takes the address out of every send under way."""
    with transaction.atomic():
        row, _ = Suppression.objects.get_or_create(
            address_hash=tokens.address_hash(address),
            reason=reason,
            lifted_at=None,
            defaults={"created_at": now, "evidence": evidence[:2000]},
        )
        transaction.on_commit(lambda: withdraw_person(address=address, reason=str(reason), now=now))
    return row


def suppress_many(
    *, reason: SuppressionReason, addresses: Mapping[str, str], now: datetime, evidence: str = ""
) -> None:
    """The same of many at once, by hash: a file may hold a million. In the caller's transaction."""
    Suppression.objects.bulk_create(
        (
            Suppression(address_hash=digest, reason=reason, created_at=now, evidence=evidence[:2000])
            for digest in addresses
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    if addresses and Send.objects.exclude(state__in=OVER).exists():
        for address in addresses.values():
            transaction.on_commit(partial(withdraw_person, address=address, reason=str(reason), now=now))


def lift(*, suppression: Suppression, why: str, by: Any, now: datetime) -> None:
    """The evidence stays; the address may be written to again."""
    Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True).update(
        lifted_at=now, lifted_by=by, lifted_why=why[:200]
    )


def lift_all(*, address_hash: str, but: Collection[SuppressionReason], why: str, now: datetime) -> int:
    """What stood against an address that has answered since, except for those reasons."""
    standing = Suppression.objects.filter(address_hash=address_hash, lifted_at__isnull=True)
    return standing.exclude(reason__in=but).update(lifted_at=now, lifted_why=why[:200])
