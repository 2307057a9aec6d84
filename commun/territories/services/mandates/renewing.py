"""Twelve months later: a mail before, one click."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from commun.territories.exceptions import NothingToRenew
from commun.territories.models import Membership
from commun.territories.services.mandates import mails
from commun.territories.services.mandates.journal import note_event
from commun.territories.services.mandates.proving import MANDATE_LASTS
from commun.territories.types import MandateEventKind, MembershipState

FIRST_REMINDER = timedelta(days=30)
LAST_REMINDER = timedelta(days=7)


def can_renew(membership: Membership, *, now: datetime) -> bool:
    expires = membership.expires_at
    return membership.state == MembershipState.ACTIVE and expires is not None and now < expires <= now + FIRST_REMINDER


def renew_mandate(*, membership_id: int, expires_at: datetime, now: datetime) -> Membership:
    """Twelve more months, once: `expires_at` is the end that the person saw. Raises `NothingToRenew`."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
        row = rows.filter(pk=membership_id, expires_at=expires_at, ended_at=None).first()
        if row is None or not can_renew(row, now=now):
            raise NothingToRenew
        row.expires_at = now + MANDATE_LASTS
        row.reminded_at = None
        row.save(update_fields=["expires_at", "reminded_at"])
        note_event(row, MandateEventKind.RENEWED, now=now, by=row.user)
    return row


def remind_expiring(*, now: datetime) -> int:
    """Thirty days before the end, then seven (periodic). A turn that is missed is made up for by the next."""
    late = Q(expires_at__lte=now + LAST_REMINDER, reminded_at__lt=F("expires_at") - LAST_REMINDER)
    due = Membership.objects.open().filter(
        Q(reminded_at=None) | late,
        state=MembershipState.ACTIVE,
        level__gte=1,
        expires_at__gt=now,
        expires_at__lte=now + FIRST_REMINDER,
    )
    told = 0
    for row in due.with_names().order_by("pk")[:2000]:
        with transaction.atomic():
            # Who writes the date sends the mail: two workers cannot both.
            if Membership.objects.filter(pk=row.pk, reminded_at=row.reminded_at).update(reminded_at=now):
                mails.tell_expiry(membership=row)
                told += 1
    return told
