"""Readers who answer to conditions: lists, counts, and the sentence that says whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from commun.common import clock, french
from commun.mailing.api import domains_of, operator_names
from commun.subscribers import segments
from commun.subscribers.models import Import, Segment, Subscriber, Topic
from commun.subscribers.segments import Condition, On
from commun.subscribers.types import ImportState, Preference
from commun.territories.api import Territory
from commun.territories.types import TerritoryKind

COUNTED = 10_000  # beyond, « plus de » is enough until somebody asks
_COLUMNS = {On.STATE: "state", On.RECEIVES: "preference", On.DOMAIN: "domain", On.DEPARTEMENT: "departement"}
_MOMENTS = {
    On.SINCE: "confirmed_at__gte",
    On.BEFORE: "confirmed_at__lt",
    On.LEFT_SINCE: "left_at__gte",
    On.LEFT_BEFORE: "left_at__lt",
}


def people(
    *, conditions: Sequence[Condition], among: QuerySet[Subscriber] | None = None, today: date | None = None
) -> QuerySet[Subscriber]:
    """Without order. No condition: everybody, or all of those given."""
    found = Subscriber.objects.all() if among is None else among
    for one in conditions:
        asked = _asked(one, today or clock.today())
        found = found.exclude(asked) if one.negated else found.filter(asked)
    return found


def _asked(one: Condition, today: date) -> Q:
    if one.on in _MOMENTS:
        midnight = timezone.make_aware(datetime.combine(date.fromisoformat(one.values[0]), time.min))
        return Q(**{_MOMENTS[one.on]: midnight})
    if one.on in _ASKED:
        return _ASKED[one.on](one.values, today)
    return Q(**{f"{_COLUMNS[one.on]}__in": one.values})


def _chose(values: Sequence[str], today: date) -> Q:
    chose = Subscriber.topics.through.objects.filter(topic__in=[int(value) for value in values])
    return Q(preference=Preference.CHOSEN_TOPICS, pk__in=chose.values("subscriber_id"))


def _kept_by(values: Sequence[str], today: date) -> Q:
    return Q(domain__in=domains_of(operators=[int(value) for value in values]))


def _brought_by(values: Sequence[str], today: date) -> Q:
    brought = Q(brought_by__in=[int(value) for value in values if value != segments.HERSELF])
    return brought | Q(brought_by__isnull=True) if segments.HERSELF in values else brought


def _paused(values: Sequence[str], today: date) -> Q:
    return _yes_or_no(values, Q(paused_until__gt=today))


def _bounced(values: Sequence[str], today: date) -> Q:
    return _yes_or_no(values, Q(score__gt=0))


def _yes_or_no(values: Sequence[str], yes: Q) -> Q:
    if len(values) > 1:
        return Q()
    return yes if values[0] == "yes" else ~yes


_ASKED: dict[On, Callable[[Sequence[str], date], Q]] = {
    On.TOPIC: _chose,
    On.OPERATOR: _kept_by,
    On.SOURCE: _brought_by,
    On.PAUSE: _paused,
    On.BOUNCES: _bounced,
}


def list_people(*, conditions: Sequence[Condition], before: int | None = None, limit: int = 50) -> list[Subscriber]:
    """Latest first, by keyset: `before` is the primary key of the last one shown."""
    found = people(conditions=conditions).order_by("-pk")
    return list((found if before is None else found.filter(pk__lt=before))[:limit])


def every_subscriber(*, conditions: Sequence[Condition]) -> Iterator[Subscriber]:
    """By keyset, in constant memory, for a file."""
    last = 0
    found = people(conditions=conditions).order_by("pk").prefetch_related("topics").select_related("departement")
    while rows := list(found.filter(pk__gt=last)[:1000]):
        yield from rows
        last = rows[-1].pk


def count_people(*, conditions: Sequence[Condition], exactly: bool = False) -> int:
    """At most `COUNTED + 1`, unless asked exactly."""
    found = people(conditions=conditions)
    return found.count() if exactly else found.order_by()[: COUNTED + 1].count()


def choices(on: On) -> list[tuple[str, str]]:
    """The values one may choose, with their words."""
    if on in segments.WORDS:
        return list(segments.WORDS[on].items())
    if on == On.TOPIC:
        return [(str(pk), name) for pk, name in Topic.objects.values_list("pk", "name")]
    if on == On.OPERATOR:
        return [(str(pk), name) for pk, name in operator_names()]
    if on == On.DEPARTEMENT:
        return [(str(one.pk), f"{one.name} ({one.code})") for one in departements()]
    if on == On.SOURCE:
        files = Import.objects.filter(state__in=(ImportState.ADDING, ImportState.DONE)).only(
            "pk", "source", "created_at"
        )
        said = [(str(one.pk), f"{one.source}, {french.day(timezone.localdate(one.created_at))}") for one in files]
        return [(segments.HERSELF, "aucun fichier"), *said]
    return []


def departements() -> QuerySet[Territory]:
    return Territory.objects.current().filter(kind=TerritoryKind.DEPARTEMENT).order_by("code")


def describe(*, conditions: Sequence[Condition]) -> str:
    """What `segments.say` says, with the names of today; one query a kind of thing named."""
    named = {one.on for one in conditions} & {On.TOPIC, On.OPERATOR, On.DEPARTEMENT, On.SOURCE}
    names = {(on, value): word for on in named for value, word in choices(on)}
    return segments.say(conditions, names=names)


def list_segments() -> list[dict[str, Any]]:
    """Each with its conditions, read; one that can no longer be read says so instead of listing anybody."""
    return [{"segment": one, "conditions": read_segment(one)} for one in Segment.objects.all()]


@dataclass(frozen=True, kw_only=True)
class NamedSegment:
    """Saved conditions, as they are today."""

    pk: int
    name: str
    conditions: segments.Segment
    says: str


def usable_segments() -> list[NamedSegment]:
    """Those that can be read, by name."""
    read = [(one["segment"], one["conditions"]) for one in list_segments()]
    return [
        NamedSegment(pk=row.pk, name=row.name, conditions=conditions, says=describe(conditions=conditions))
        for row, conditions in read
        if conditions
    ]


def read_segment(segment: Segment) -> segments.Segment | None:
    try:
        return segments.read(segment.conditions)
    except segments.BadCondition:
        return None
