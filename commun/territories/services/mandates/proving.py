"""A membership is declared, proved, approved. Everything about one organisation happens under the lock of its row: the
first verified member is its référent·e, and two people cannot both be first."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from commun.accounts.api import MODERATION
from commun.accounts.models import User
from commun.territories.exceptions import ApprovalRefused, NotMember, NotWaiting
from commun.territories.lives import MANDATE
from commun.territories.models import Membership, Organisation
from commun.territories.selectors.mandates import referent_of
from commun.territories.services.mandates import mails
from commun.territories.services.mandates.ending import close_membership
from commun.territories.services.mandates.journal import note_event
from commun.territories.types import MandateEventKind, MandateLevel, MandateMethod, MembershipEnd, MembershipState

MANDATE_LASTS = timedelta(days=365)
REFERENT_HAS = timedelta(days=7)


def declare_membership(*, user: User, organisation: Organisation, role: str = "", now: datetime) -> Membership:
    """M0: she says whom she acts for. Saying it again changes the job only, and never what was proved."""
    with transaction.atomic():
        lock_organisation(organisation)
        found = Membership.objects.filter(user=user, organisation=organisation, ended_at=None).first()
        if found is None:
            found = Membership.objects.create(user=user, organisation=organisation, role=role.strip(), declared_at=now)
            note_event(found, MandateEventKind.DECLARED, now=now, by=user)
        elif role.strip() and role.strip() != found.role:
            found.role = role.strip()
            found.save(update_fields=["role"])
    return found


def prove_membership(
    *,
    membership: Membership,
    level: MandateLevel,
    method: MandateMethod,
    by: User | None = None,
    note: str = "",
    now: datetime,
) -> Membership:
    """A proof holds: the first member verified is référent·e, a member already in force goes up, another one waits for
    the référent·e. A weaker proof than the one in force changes nothing.

    Raises `NotMember` when the membership is over.
    """
    with transaction.atomic():
        lock_organisation(membership.organisation)
        row = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("organisation__territory", "user")
            .get(pk=membership.pk)
        )
        if row.state == MembershipState.ENDED:
            raise NotMember
        held = row.held_level(at=now)
        if level < held:
            return row
        lapsed = row.expires_at is None or row.expires_at <= now
        if lapsed or level >= row.level:
            row.level, row.method = level, method
        row.verified_at, row.verified_by, row.expires_at = now, by, now + MANDATE_LASTS
        row.reminded_at = None
        if held == MandateLevel.M0:
            _enter(row, now=now)
        row.save()
        note_event(row, MandateEventKind.PROVED, now=now, by=by, note=note)
    return row


def _enter(row: Membership, *, now: datetime) -> None:
    """Somebody who held nothing: référent·e where there is none, otherwise she waits for the one there is. Where her
    mail comes back, no proof is enough: she must first read a code (`resume_after_bounce`)."""
    if row.state == MembershipState.SUSPENDED:
        return
    referent = referent_of(organisation=row.organisation, at=now)
    if referent is not None:
        MANDATE.check(row.state, MembershipState.PENDING)
        row.state = MembershipState.PENDING
        if row.approval_asked_at is None:
            row.approval_asked_at = now
            mails.ask_approval(membership=row, referent=referent)
        return
    # Whoever was référent·e and let the mandate lapse no longer is.
    Membership.objects.acting_for(row.organisation).filter(is_referent=True).update(is_referent=False)
    row.is_referent = True
    row.state, row.approval_asked_at = MembershipState.ACTIVE, None


def approve_membership(*, membership_id: int, by: User, now: datetime) -> Membership:
    """The référent·e says yes; or, from the seventh day, the moderation. Raises `NotWaiting`, `ApprovalRefused`."""
    with transaction.atomic():
        row = _waiting(membership_id)
        _may_decide(row, by=by, now=now)
        row.state, row.approval_asked_at = MembershipState.ACTIVE, None
        row.save(update_fields=["state", "approval_asked_at"])
        note_event(row, MandateEventKind.APPROVED, now=now, by=by)
        mails.tell_approved(membership=row)
    return row


def refuse_membership(*, membership_id: int, by: User, now: datetime) -> Membership:
    """As `approve_membership`: the person keeps her account and may ask again."""
    with transaction.atomic():
        row = _waiting(membership_id)
        _may_decide(row, by=by, now=now)
        close_membership(row, end=MembershipEnd.REFUSED, kind=MandateEventKind.REFUSED, by=by, now=now)
        mails.tell_refused(membership=row)
    return row


def lock_organisation(organisation: Organisation) -> None:
    """Serialise what is decided about a body: its own row, and those of the communes it was merged from or into."""
    territory = organisation.territory
    whose = Q(pk=organisation.pk)
    if territory is not None:
        place = territory.successor_id or territory.pk
        whose |= Q(territory=place) | Q(territory__successor=place)
    list(Organisation.objects.select_for_update(of=("self",)).filter(whose).order_by("pk").values_list("pk"))


def is_moderator(user: User) -> bool:
    return user.is_active and (user.is_superuser or user.groups.filter(name=MODERATION).exists())


def _waiting(membership_id: int) -> Membership:
    found = Membership.objects.filter(pk=membership_id).select_related("organisation__territory").first()
    if found is None:
        raise NotWaiting
    lock_organisation(found.organisation)
    row = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation__territory", "user")
        .get(pk=membership_id)
    )
    if row.state != MembershipState.PENDING:
        raise NotWaiting
    return row


def _may_decide(row: Membership, *, by: User, now: datetime) -> None:
    if by.pk == row.user_id:
        raise ApprovalRefused
    referent = referent_of(organisation=row.organisation, at=now)
    if referent is not None and referent.user_id == by.pk:
        return
    asked = row.approval_asked_at or now
    if is_moderator(by) and (referent is None or now >= asked + REFERENT_HAS):
        return
    raise ApprovalRefused
