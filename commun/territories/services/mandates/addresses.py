"""M1: an address she has shown to be hers is the collectivité's own."""

from __future__ import annotations

from datetime import datetime

from commun.accounts.models import User
from commun.territories.exceptions import AddressProvesNothing
from commun.territories.models import Membership, OfficialAddress
from commun.territories.selectors.proofs import method_by_address
from commun.territories.services.mandates.codes import own_membership
from commun.territories.services.mandates.ending import suspend_for_bounce
from commun.territories.services.mandates.proving import prove_membership
from commun.territories.types import MandateLevel


def prove_by_address(*, membership_id: int, user: User, now: datetime) -> Membership:
    """Raises `NotMember`, `AddressProvesNothing`."""
    membership = own_membership(membership_id, user=user)
    method = method_by_address(user=user, organisation=membership.organisation)
    if method is None:
        raise AddressProvesNothing
    return prove_membership(membership=membership, level=MandateLevel.M1, method=method, now=now)


def note_hard_bounce(*, email: str, now: datetime) -> int:
    """Mail to this address comes back for good: no code is sent there until another file gives one, and the mandates of
    whoever signs in with it are suspended. Returns how many were."""
    OfficialAddress.objects.filter(email=email, bounced_at=None).update(bounced_at=now)
    return suspend_for_bounce(email=email, now=now)
