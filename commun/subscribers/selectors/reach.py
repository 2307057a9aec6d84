"""Whom a letter would reach, whom not, and why; and the answer for one address."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common import clock
from commun.mailing.api import address_hash, standing
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.segments import Condition
from commun.subscribers.selectors.audience import readers, words_for
from commun.subscribers.types import Preference, SubscriberState


class Reach(enum.StrEnum):
    """Why somebody would, or would not, receive a letter."""

    EVERY_ISSUE = "every_issue"
    CHOSEN = "chosen"
    OTHER_TOPICS = "other_topics"
    PAUSED = "paused"
    PENDING = "pending"
    LEFT = "left"
    SUPPRESSED = "suppressed"
    UNKNOWN = "unknown"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """`total` receives; `parts` and `left_out` say how many by reason. `suppressed` is looked at when it leaves."""

    total: int
    parts: dict[Reach, int]
    left_out: dict[Reach, int]


def audience_of(*, topics: Iterable[Topic]) -> Audience:
    """Two queries, however many people."""
    words, today = words_for(topics=topics), clock.today()
    reached = readers(words=words, today=today).aggregate(
        total=Count("pk"), every=Count("pk", filter=Q(preference=Preference.EVERY_ISSUE))
    )
    paused = Q(state=SubscriberState.ACTIVE, paused_until__gt=today)
    states = Subscriber.objects.aggregate(
        active=Count("pk", filter=Q(state=SubscriberState.ACTIVE)),
        paused=Count("pk", filter=paused),
        pending=Count("pk", filter=Q(state=SubscriberState.PENDING)),
        left=Count("pk", filter=Q(state=SubscriberState.UNSUBSCRIBED)),
    )
    return Audience(
        total=reached["total"],
        parts={Reach.EVERY_ISSUE: reached["every"], Reach.CHOSEN: reached["total"] - reached["every"]},
        left_out={
            Reach.OTHER_TOPICS: states["active"] - states["paused"] - reached["total"],
            Reach.PAUSED: states["paused"],
            Reach.PENDING: states["pending"],
            Reach.LEFT: states["left"],
        },
    )


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Somebody who would receive it, and why. `place`: what the next page of them begins after."""

    place: int
    address: str
    why: Reach


def people_reached(
    *, topics: Iterable[Topic], conditions: Sequence[Condition] = (), after: int = 0, limit: int = 100
) -> list[Reached]:
    """Whom it would reach now, a page at a time; suppressed addresses are looked at when it leaves."""
    words = words_for(topics=topics, conditions=conditions)
    found = readers(words=words, today=clock.today()).filter(pk__gt=after).order_by("pk")
    return [
        Reached(
            place=pk,
            address=address,
            why=Reach.EVERY_ISSUE if preference == Preference.EVERY_ISSUE else Reach.CHOSEN,
        )
        for pk, address, preference in found.values_list("pk", "address", "preference")[:limit]
    ]


def reach_of(*, address: str, topics: Iterable[Topic]) -> Reach:
    """Whether this address would receive it now, and why not."""
    try:
        known = normalise_email(address)
    except InvalidAddress:
        return Reach.NO_ADDRESS
    digest = address_hash(known)
    person = Subscriber.objects.filter(address_hash=digest).first()
    if person is None:
        return Reach.UNKNOWN
    if standing(hashes=[digest]):
        return Reach.SUPPRESSED
    return _of(person, topics=list(topics), today=clock.today())


def _of(person: Subscriber, *, topics: list[Topic], today: date) -> Reach:
    if person.state != SubscriberState.ACTIVE:
        return Reach.PENDING if person.state == SubscriberState.PENDING else Reach.LEFT
    if person.paused_until and person.paused_until > today:
        return Reach.PAUSED
    if person.preference == Preference.EVERY_ISSUE:
        return Reach.EVERY_ISSUE
    return Reach.CHOSEN if person.topics.filter(pk__in=[topic.pk for topic in topics]).exists() else Reach.OTHER_TOPICS
