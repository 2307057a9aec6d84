"""Reads on subscribers and topics."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commun.mailing.models import BounceEvent, ConsentEvent, Delivery, Send, Subscriber, Suppression, Topic
from commun.mailing.types import Preference, SubscriberState

HEAVY = ("send__message__raw", "send__message__html", "send__message__text")


def get_topics(*, slugs: Iterable[str] | None = None) -> QuerySet[Topic]:
    """Topics offered to readers, or those of these slugs."""
    return Topic.objects.filter(active=True) if slugs is None else Topic.objects.filter(slug__in=list(slugs))


def subscriber_counts() -> dict[str, int]:
    """How many people in each state."""
    rows = Subscriber.objects.values_list("state").annotate(count=Count("*")).order_by()
    return {state.value: 0 for state in SubscriberState} | dict(rows)


def audience_size(*, topics: Iterable[Topic]) -> int:
    """How many would be written down now; the send's own count is the one that stands."""
    wants = Q(preference=Preference.EVERY_ISSUE) | Q(topics__in=list(topics))
    awake = Q(paused_until__isnull=True) | Q(paused_until__lte=timezone.localdate())
    return Subscriber.objects.filter(wants, awake, state=SubscriberState.ACTIVE).distinct().count()


def subscriber_of_key(*, key: str) -> Subscriber | None:
    """Whose opaque key it is: nobody's for a test send, or once the person was erased."""
    return Subscriber.objects.filter(key=key).first()


def proofs_of(*, address_hash: str) -> QuerySet[ConsentEvent]:
    """Every proof kept of this person, oldest first."""
    return ConsentEvent.objects.filter(subject=address_hash).select_related("wording").order_by("at", "pk")


def deliveries_at(*, address: str) -> QuerySet[Delivery]:
    """What was sent to this address, latest first. By send, as the ledger is indexed."""
    sends = list(Send.objects.values_list("pk", flat=True))
    found = Delivery.objects.filter(send__in=sends, address=address).exclude(address="")
    return found.select_related("send__message").defer(*HEAVY).order_by("-send")


def mask_address(address: str) -> str:
    """`marie@mairie.example.org` → `m•••@mairie.example.org`: enough for its owner, too little for a stranger."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def topic_counts() -> list[tuple[str, int]]:
    """(name, active people who chose it) for each topic offered."""
    chosen = Count(
        "subscribers",
        filter=Q(subscribers__state=SubscriberState.ACTIVE, subscribers__preference=Preference.CHOSEN_TOPICS),
    )
    return list(get_topics().annotate(chosen=chosen).values_list("name", "chosen"))


def list_subscribers(*, state: str = "", before: int | None = None, limit: int = 50) -> list[Subscriber]:
    """Latest first, by keyset: `before` is the primary key of the last one shown."""
    found = Subscriber.objects.order_by("-pk")
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[:limit])


def find_subscribers(*, beginning: str, limit: int = 20) -> list[Subscriber]:
    """Whose address is, or begins with, what is given."""
    return list(Subscriber.objects.filter(address__startswith=beginning.strip().lower()).order_by("address")[:limit])


def suppressions_of(*, address_hash: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(address_hash=address_hash).select_related("lifted_by").order_by("-pk")


def returns_of(*, address_hash: str, limit: int = 50) -> list[BounceEvent]:
    """What came back from this address, latest first."""
    found = BounceEvent.objects.filter(address_hash=address_hash).select_related("delivery__send__message")
    heavy = (f"delivery__{path}" for path in HEAVY)
    return list(found.defer(*heavy).order_by("-pk")[:limit])


def list_suppressions(*, reason: str = "", standing: bool = True, limit: int = 200) -> list[Suppression]:
    """Latest first."""
    found = Suppression.objects.filter(lifted_at__isnull=standing).select_related("lifted_by").order_by("-pk")
    return list((found.filter(reason=reason) if reason else found)[:limit])
