"""Reads on subscribers and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commun.subscribers.models import ConsentEvent, Subscriber, Topic
from commun.subscribers.types import Preference, SubscriberState

MANY = 50_000
_FIGURES = "subscribers.figures"


def get_topics(*, slugs: Iterable[str] | None = None) -> QuerySet[Topic]:
    """Topics offered to readers, or those of these slugs."""
    return Topic.objects.filter(active=True) if slugs is None else Topic.objects.filter(slug__in=list(slugs))


def subscriber_counts() -> dict[str, int]:
    """How many people in each state."""
    rows = Subscriber.objects.values_list("state").annotate(count=Count("*")).order_by()
    return {state.value: 0 for state in SubscriberState} | dict(rows)


def subscriber_of_key(*, key: str) -> Subscriber | None:
    """Whose opaque key it is: nobody's for a test send, or once the person was erased."""
    return Subscriber.objects.filter(key=key).first()


def proofs_of(*, address_hash: str) -> QuerySet[ConsentEvent]:
    """Every proof kept of this person, oldest first."""
    return ConsentEvent.objects.filter(subject=address_hash).select_related("wording").order_by("at", "pk")


def mask_address(address: str) -> str:
    """`marie@mairie.example.org` → `m•••@mairie.example.org`: enough for its owner, too little for a stranger."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many people in each state, how many of the active ones pause or chose a theme; `at`: when it was counted."""

    states: Mapping[str, int]
    paused: int
    topics: Sequence[tuple[str, int]]
    at: datetime


def figures(*, now: datetime) -> Figures:
    """Counted at once where there are few people; among many, as they were at most ten minutes ago."""
    kept: Figures | None = cache.get(_FIGURES)
    if kept is not None:
        return kept
    today = timezone.localdate(now)
    counted = Figures(states=subscriber_counts(), paused=paused_count(today=today), topics=topic_counts(), at=now)
    if sum(counted.states.values()) > MANY:
        cache.set(_FIGURES, counted, timeout=600)
    return counted


def topic_counts() -> list[tuple[str, int]]:
    """(name, active people who chose it) for each topic offered."""
    chosen = Count(
        "subscribers",
        filter=Q(subscribers__state=SubscriberState.ACTIVE, subscribers__preference=Preference.CHOSEN_TOPICS),
    )
    return list(get_topics().annotate(chosen=chosen).values_list("name", "chosen"))


def find_subscribers(*, part: str, limit: int = 20) -> list[Subscriber]:
    """Whose address holds what is given; those that begin with it come first."""
    wanted = part.strip().lower()
    found = list(Subscriber.objects.filter(address__startswith=wanted).order_by("address")[:limit])
    if len(found) < limit:
        others = Subscriber.objects.filter(address__contains=wanted).exclude(address__startswith=wanted)
        found += others.order_by("address")[: limit - len(found)]
    return found


def paused_count(*, today: date) -> int:
    """Active people who asked for a pause that is not over."""
    return Subscriber.objects.filter(state=SubscriberState.ACTIVE, paused_until__gt=today).count()
