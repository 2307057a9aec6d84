"""What a person has to prove a mandate with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from commun.accounts.models import User
from commun.territories.free_domains import is_free_domain
from commun.territories.models import MandateEvent, MandateRequest, Membership, OfficialAddress, Organisation, Territory
from commun.territories.types import MandateMethod, MembershipState


def official_address_of(*, organisation: Organisation) -> OfficialAddress | None:
    """The address to which a code can be sent: that of its place today, as long as mail arrives there."""
    place = organisation.place
    return None if place is None else official_address_at(place=place)


def official_address_at(*, place: Territory) -> OfficialAddress | None:
    """That of this place, as long as mail arrives there."""
    return OfficialAddress.objects.filter(territory=place, bounced_at=None).first()


def official_addresses(*, kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    """(key of the place, its official address) for places of these kinds that exist today, where mail arrives."""
    known = OfficialAddress.objects.filter(bounced_at=None, territory__kind__in=kinds, territory__obsolete=False)
    rows = known.order_by("pk").values_list("territory__kind", "territory__code", "email")
    for kind, code, email in rows.iterator(chunk_size=2000):
        yield f"{kind}:{code}", email


def masked(email: str) -> str:
    """`mairie@exemple.fr` → `m…e@exemple.fr`: enough for who knows it, nothing for who does not."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…{local[-1:]}@{domain}" if len(local) > 2 else f"…@{domain}"


def method_by_address(*, user: User, organisation: Organisation) -> MandateMethod | None:
    """How one of her verified addresses proves M1, if any does."""
    official = official_address_of(organisation=organisation)
    if official is None:
        return None
    hers = verified_addresses(user)
    if official.email in hers:
        return MandateMethod.OFFICIAL_ADDRESS
    # A domain shared by several collectivités (a free mailbox we do not know, a host) tells none of them.
    alone = not OfficialAddress.objects.filter(domain=official.domain).exclude(pk=official.pk).exists()
    if alone and not is_free_domain(official.domain) and any(one.endswith(f"@{official.domain}") for one in hers):
        return MandateMethod.OFFICIAL_DOMAIN
    return None


def verified_addresses(user: User) -> set[str]:
    from allauth.account.models import EmailAddress

    return {
        email.lower() for email in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    }


def requests_to_check() -> QuerySet[MandateRequest]:
    """The oldest first, with what the moderation's list shows."""
    return MandateRequest.objects.filter(decided_at=None, membership__ended_at=None).select_related(
        "membership__user", "membership__organisation__territory__departement", "document"
    )


def members_waiting() -> QuerySet[Membership]:
    """Members proved, who wait for a référent·e or for the moderation; the oldest first."""
    waiting = Membership.objects.open().filter(state=MembershipState.PENDING).with_names()
    return waiting.order_by("approval_asked_at", "pk")


def organisations_to_check() -> QuerySet[Organisation]:
    """Entered freely, not yet looked at; the oldest first."""
    return Organisation.objects.filter(is_checked=False).order_by("created_at", "pk")


def recent_decisions(*, since: datetime) -> QuerySet[MandateRequest]:
    return (
        MandateRequest.objects.filter(decided_at__gte=since)
        .select_related("membership__user", "membership__organisation__territory__departement", "decided_by")
        .order_by("-decided_at", "-pk")
    )


def with_journal(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.with_names().prefetch_related(  # type: ignore[attr-defined]
        Prefetch("events", MandateEvent.objects.select_related("by"))
    )
