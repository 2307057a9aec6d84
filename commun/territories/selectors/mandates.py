"""Reading mandates: who may act for whom, now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commun.accounts.models import User
from commun.territories.exceptions import MandateMissing
from commun.territories.models import Membership, Organisation
from commun.territories.selectors.organisations import keys_of_collectivites, organisations_at, same_body
from commun.territories.types import MandateLevel, MembershipState, OrganisationKind


@dataclass(frozen=True)
class _Read:
    """What was read of a person, at an instant."""

    memberships: dict[tuple[int, datetime], list[Membership]] = field(default_factory=dict)
    bodies: dict[tuple[int, datetime], dict[int, Organisation]] = field(default_factory=dict)


_read: ContextVar[_Read | None] = ContextVar("_read", default=None)


@contextmanager
def mandates_read_once() -> Iterator[None]:
    """While a page that many rooms write is put together: what one person may act for at one instant is asked once."""
    token = _read.set(_Read())
    try:
        yield
    finally:
        _read.reset(token)


def memberships_of(
    *, user: User | AnonymousUser, at: datetime, level: MandateLevel = MandateLevel.M1
) -> list[Membership]:
    """Her live memberships with at least this level, their organisations loaded; empty for a stranger."""
    if not isinstance(user, User) or not user.is_active:
        return []
    read, key = _read.get(), (user.pk, at)
    if read is None:
        return list(_memberships(user=user, at=at, level=level))
    if key not in read.memberships:
        read.memberships[key] = list(_memberships(user=user, at=at, level=MandateLevel.M0))
    found = read.memberships[key]
    if level == MandateLevel.M0:
        return list(found)
    return [one for one in found if one.organisation.is_checked and one.held_level(at=at) >= level]


def _memberships(*, user: User, at: datetime, level: MandateLevel) -> QuerySet[Membership]:
    held = Membership.objects.filter(user=user).in_force(at=at, level=level)
    return held.with_names().order_by("declared_at", "pk")


def mandated_organisation_ids(*, user: User | AnonymousUser, at: datetime) -> Collection[int]:
    """Ids of the organisations she may act for now (M1 or more): hers, and those of the same body after a merger."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return _bodies(user=user, at=at).keys()


def mandated_collectivites(*, user: User | AnonymousUser, at: datetime) -> dict[int, str]:
    """The collectivités among them → what `keys_of_collectivites` says."""
    if not isinstance(user, User) or not user.is_active:
        return {}
    return keys_of_collectivites(_bodies(user=user, at=at).values())


def _bodies(*, user: User, at: datetime) -> dict[int, Organisation]:
    """What she may act for, by id. Two questions of few joins: one of many costs the database more to plan than to
    answer."""
    read, key = _read.get(), (user.pk, at)
    if read is not None and key in read.bodies:
        return read.bodies[key]
    if read is not None:
        held: Iterable[Membership] = memberships_of(user=user, at=at)
    else:
        in_force = Membership.objects.filter(user=user).in_force(at=at).order_by()
        held = in_force.select_related("organisation__territory__successor")
    found = {one.organisation_id: one.organisation for one in held}
    places = {place.pk for one in found.values() for place in (one.territory, one.place) if place is not None}
    if places:
        found |= {one.pk: one for one in organisations_at(places)}
    if read is not None:
        read.bodies[key] = found
    return found


def find_mandate(
    *, user: User | AnonymousUser, organisation: Organisation, level: MandateLevel = MandateLevel.M1, at: datetime
) -> Membership | None:
    """The strongest live membership by which she acts for this organisation, or None."""
    if not isinstance(user, User) or not user.is_active:
        return None
    held = Membership.objects.filter(user=user).in_force(at=at, level=level)
    return next(iter(_of_body(held.order_by("-level", "pk"), organisation)), None)


def require_mandate(
    *, user: User | AnonymousUser, organisation: Organisation, level: MandateLevel = MandateLevel.M1, at: datetime
) -> Membership:
    """As `find_mandate`; raises `MandateMissing`."""
    found = find_mandate(user=user, organisation=organisation, level=level, at=at)
    if found is None:
        raise MandateMissing
    return found


def mandated_people(*, at: datetime) -> QuerySet[User]:
    """Whoever may act now (M1 or more) for a collectivité, whichever."""
    held = Membership.objects.in_force(at=at).filter(organisation__kind=OrganisationKind.COLLECTIVITE)
    return User.objects.filter(pk__in=held.values("user")).order_by("pk")


def members_of(*, organisation: Organisation, at: datetime, level: MandateLevel = MandateLevel.M1) -> list[Membership]:
    """Who acts for this organisation now, users loaded, the référent·e first. For its own members and the team only."""
    held = Membership.objects.live(at=at, level=level)
    return _of_body(held.order_by("-is_referent", "verified_at", "pk"), organisation)


def referent_of(*, organisation: Organisation, at: datetime) -> Membership | None:
    """Who approves the next members: the first verified, or whoever has been verified longest since she is gone."""
    return next(iter(members_of(organisation=organisation, at=at)), None)


def _of_body(held: QuerySet[Membership], organisation: Organisation) -> list[Membership]:
    """Those of this body, users and names loaded. Two questions of few joins, as in `_bodies`."""
    bodies = same_body(organisation)
    rows = list(held.filter(organisation__in=bodies).select_related("user"))
    for row in rows:
        row.organisation = bodies[row.organisation_id]
    return rows


def organisation_level(*, organisation: Organisation, at: datetime) -> MandateLevel:
    """The highest level that anybody holds for it now: public, about the institution."""
    levels = Membership.objects.acting_for(organisation).in_force(at=at).values_list("level", flat=True)
    return MandateLevel(max(levels, default=MandateLevel.M0))


def waiting_for(*, user: User, at: datetime) -> list[Membership]:
    """Who waits for her word, the longest first: members of the bodies of which she is référent·e."""
    bodies = _bodies(user=user, at=at) if user.is_active else {}
    if not bodies:
        return []
    among = Membership.objects.open().filter(organisation__in=bodies)
    rows = list(among.filter(state__in=(MembershipState.PENDING, MembershipState.ACTIVE)).with_names())
    referents: dict[str, int] = {}
    live = [row for row in rows if row.held_level(at=at) >= MandateLevel.M1]
    for row in sorted(live, key=lambda one: (not one.is_referent, one.verified_at or one.declared_at, one.pk)):
        referents.setdefault(bodies[row.organisation_id].body_key, row.user_id)
    asking = [row for row in rows if row.state == MembershipState.PENDING and row.user_id != user.pk]
    asking.sort(key=lambda one: (one.approval_asked_at or one.declared_at, one.pk))
    return [row for row in asking if referents.get(bodies[row.organisation_id].body_key) == user.pk]
