"""Whom we must not write to, whoever asks; why, and how that is undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from commun.common import withdrawals
from commun.mailing import tokens
from commun.mailing.models import Send, Suppression
from commun.mailing.services.withdrawing import withdraw_person
from commun.mailing.types import OVER, SuppressionReason


def suppress(*, reason: SuppressionReason, address: str, now: datetime, evidence: str = "") -> Suppression:
    """Idempotent per address and reason; takes the address out of every send under way."""
    with transaction.atomic():
        row, new = Suppression.objects.get_or_create(
            address_hash=tokens.address_hash(address),
            reason=reason,
            lifted_at=None,
            defaults={"created_at": now, "evidence": evidence[:2000]},
        )
        if new:
            withdrawals.note(kind=withdrawals.SUPPRESSED, reason=reason, who=row.address_hash, now=now)
        transaction.on_commit(lambda: withdraw_person(address=address, reason=str(reason), now=now))
    return row


def suppress_many(
    *, reason: SuppressionReason, addresses: Mapping[str, str], now: datetime, evidence: str = ""
) -> None:
    """The same of many at once, by hash: a file may hold a million. In the caller's transaction. An address that nobody
    here has is "".

    No line is kept beside the database (`withdrawals`): the file these come from says it again when it is read again.
    """
    Suppression.objects.bulk_create(
        (
            Suppression(address_hash=digest, reason=reason, created_at=now, evidence=evidence[:2000])
            for digest in addresses
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    if addresses and Send.objects.exclude(state__in=OVER).exists():
        for address in filter(None, addresses.values()):
            transaction.on_commit(partial(withdraw_person, address=address, reason=str(reason), now=now))


def lift(*, suppression: Suppression, why: str, by: Any, now: datetime) -> None:
    """The evidence stays; the address may be written to again."""
    _lift(Suppression.objects.filter(pk=suppression.pk), why=why, by=by, now=now)


def lift_all(*, address_hash: str, but: Collection[SuppressionReason], why: str, now: datetime) -> int:
    """What stood against an address that has answered since, except for those reasons."""
    return _lift(Suppression.objects.filter(address_hash=address_hash).exclude(reason__in=but), why=why, now=now)


def _lift(rows: QuerySet[Suppression], *, why: str, now: datetime, by: Any = None) -> int:
    with transaction.atomic():
        standing = rows.filter(lifted_at__isnull=True).select_for_update()
        for row in standing:
            withdrawals.note(kind=withdrawals.LIFTED, reason=row.reason, who=row.address_hash, now=now)
        return standing.update(lifted_at=now, lifted_by=by, lifted_why=why[:200])
