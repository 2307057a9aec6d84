"""People who act for a collectivité, brought there by the services themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.territories import api


def make_mandate(
    *,
    user: Any,
    organisation: api.Organisation,
    now: datetime,
    level: api.MandateLevel = api.MandateLevel.M1,
    method: api.MandateMethod = api.MandateMethod.OFFICIAL_ADDRESS,
) -> api.Membership:
    """In force now: the référent·e, where there is one already, agrees at once."""
    declared = api.declare_membership(user=user, organisation=organisation, role="Maire", now=now)
    held = api.prove_membership(membership=declared, level=level, method=method, now=now)
    if held.state == api.MembershipState.PENDING:
        referent = api.referent_of(organisation=organisation, at=now)
        assert referent is not None
        held = api.approve_membership(membership_id=held.pk, by=referent.user, now=now)
    return held


def end_mandates(*, user: Any, now: datetime) -> None:
    for held in api.memberships_of(user=user, at=now, level=api.MandateLevel.M0):
        api.leave_organisation(membership_id=held.pk, user=user, now=now)
