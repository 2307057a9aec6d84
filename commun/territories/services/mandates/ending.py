"""How a mandate ends or stops for a while: leaving, expiry, a mail that came back. Rooms above are told in the same
transaction, so that what the person held passes on with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.models import User
from commun.territories.exceptions import NotMember, SuccessorUnfit
from commun.territories.lives import MANDATE
from commun.territories.models import Membership
from commun.territories.registry import tell_ended
from commun.territories.services.mandates import mails
from commun.territories.services.mandates.journal import note_event
from commun.territories.types import (
    MandateEnded,
    MandateEventKind,
    MandateLevel,
    MandateMethod,
    MembershipEnd,
    MembershipState,
)

ENDED_KEPT = timedelta(days=3 * 365)


def leave_organisation(*, membership_id: int, user: User, successor: User | None = None, now: datetime) -> Membership:
    """She no longer acts for it. What she held passes to `successor`, another verified member; a référent·e's part too.

    Raises `NotMember`, `SuccessorUnfit`.
    """
    with transaction.atomic():
        row = _own(membership_id, user=user)
        heir = None
        if successor is not None:
            members = Membership.objects.acting_for(row.organisation).live(at=now).exclude(user=user)
            heir = members.filter(user=successor).first()
            if heir is None:
                raise SuccessorUnfit
        was_referent = row.is_referent
        close_membership(row, end=MembershipEnd.LEFT, kind=MandateEventKind.LEFT, by=user, now=now, successor=successor)
        if heir is not None:
            if was_referent and heir.organisation_id == row.organisation_id:
                heir.is_referent = True
                heir.save(update_fields=["is_referent"])
            note_event(heir, MandateEventKind.HANDED_OVER, now=now, by=user)
    return row


def close_membership(
    row: Membership,
    *,
    end: MembershipEnd,
    kind: MandateEventKind,
    by: User | None,
    now: datetime,
    successor: User | None = None,
) -> None:
    """Ends a locked row, logs it and tells the rooms above."""
    MANDATE.check(row.state, MembershipState.ENDED)
    row.state, row.end, row.ended_at = MembershipState.ENDED, end, now
    row.is_referent, row.approval_asked_at, row.successor = False, None, successor
    row.save()
    note_event(row, kind, now=now, by=by)
    tell_ended(_ended(row, kind, now=now, successor=successor))


def suspend_for_bounce(*, email: str, now: datetime) -> int:
    """Mail to this person comes back for good: her mandates stop until she shows that the address answers again."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).filter(
            user__email=email, state=MembershipState.ACTIVE, level__gte=MandateLevel.M1
        )
        stopped = list(rows.with_names())
        for row in stopped:
            row.state, row.suspended_at = MembershipState.SUSPENDED, now
            row.save(update_fields=["state", "suspended_at"])
            note_event(row, MandateEventKind.SUSPENDED, now=now)
            mails.tell_suspended(membership=row)
            tell_ended(_ended(row, MandateEventKind.SUSPENDED, now=now))
    return len(stopped)


def resume_after_bounce(*, user: User, address_answered_at: datetime, now: datetime) -> int:
    """She has read a code sent to that address since: what was suspended is in force again, if it has not expired."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).filter(
            user=user, state=MembershipState.SUSPENDED, suspended_at__lt=address_answered_at
        )
        back = list(rows)
        for row in back:
            row.state, row.suspended_at = MembershipState.ACTIVE, None
            row.save(update_fields=["state", "suspended_at"])
            note_event(row, MandateEventKind.RESUMED, now=now, by=user)
    return len(back)


def expire_mandates(*, now: datetime) -> int:
    """Those whose twelve months are over fall back to M0 and may be proved again (periodic). They are worth nothing
    from that very second, with or without this sweep."""
    due = Membership.objects.filter(level__gte=MandateLevel.M1, expires_at__lte=now, ended_at=None)
    fallen = 0
    for pk in list(due.values_list("pk", flat=True)[:5000]):
        with transaction.atomic():
            row = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None:
                continue
            note_event(row, MandateEventKind.EXPIRED, now=now)
            row.level, row.method, row.state = MandateLevel.M0, MandateMethod.DECLARED, MembershipState.ACTIVE
            row.verified_at = row.verified_by = row.expires_at = row.reminded_at = None
            row.approval_asked_at = row.suspended_at = None
            row.is_referent = False
            row.save()
            tell_ended(_ended(row, MandateEventKind.EXPIRED, now=now))
            fallen += 1
    return fallen


def forget_ended(*, now: datetime) -> int:
    """Three years after its end nobody needs to know who acted for whom (periodic)."""
    return Membership.objects.filter(ended_at__lt=now - ENDED_KEPT).delete()[0]


def _own(membership_id: int, *, user: User) -> Membership:
    row = Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id, user=user, ended_at=None)
    found = row.select_related("organisation").first()
    if found is None:
        raise NotMember
    return found


def _ended(row: Membership, kind: MandateEventKind, *, now: datetime, successor: User | None = None) -> MandateEnded:
    return MandateEnded(
        user_id=row.user_id,
        organisation_id=row.organisation_id,
        kind=kind,
        at=now,
        successor_id=successor.pk if successor else None,
    )
