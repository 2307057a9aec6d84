"""Who receives a letter: given to `mailing` as a query, so that the list is written down in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commun.common import clock
from commun.mailing.api import keys_reached, suppressed_among
from commun.subscribers import segments
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.segments import Condition
from commun.subscribers.selectors.segments import people
from commun.subscribers.types import Preference, SubscriberState


def words_for(*, topics: Iterable[Topic], conditions: Sequence[Condition] = ()) -> dict[str, Any]:
    """What a send of these topics keeps: `{"topics": [id, …]}`, and the conditions of a segment as they are today."""
    words: dict[str, Any] = {"topics": sorted(topic.pk for topic in topics)}
    return words | {"segment": segments.as_json(conditions)} if conditions else words


def conditions_of(*, words: dict[str, Any]) -> segments.Segment:
    """Those of the segment that a send keeps; none where it goes to everybody. Raises `segments.BadCondition`."""
    return segments.read(words.get("segment", []))


def words_for_correction(*, send_id: int, with_uncertain: bool) -> dict[str, Any]:
    """Those whom a former send reached: `{"correction_of": id, "with_uncertain": bool}`."""
    return {"correction_of": send_id, "with_uncertain": with_uncertain}


def readers(*, words: dict[str, Any], today: date) -> QuerySet[Subscriber]:
    """A subscriber receives every issue, or those of topics she chose; not while paused. What corrects a letter goes to
    whoever received it and has not left since, whatever she chose meanwhile, at the address she has now."""
    if "correction_of" in words:
        return _reached(words).filter(state=SubscriberState.ACTIVE)
    chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"), topic__in=words.get("topics", []))
    awake = Q(paused_until__isnull=True) | Q(paused_until__lte=today)
    wanting = Subscriber.objects.filter(
        awake, Q(preference=Preference.EVERY_ISSUE) | Exists(chosen), state=SubscriberState.ACTIVE
    )
    # Conditions that cannot be read stop the send: without them it would go to everybody.
    return people(conditions=conditions_of(words=words), among=wanting, today=today)


def _reached(words: dict[str, Any]) -> QuerySet[Subscriber]:
    keys = keys_reached(send_id=words["correction_of"], with_uncertain=words["with_uncertain"])
    return Subscriber.objects.filter(key__in=keys)


@dataclass(frozen=True, kw_only=True)
class CorrectionAudience:
    """`total` would be written to now; `reached` are those of the first send, of whom the others are missing."""

    reached: int
    total: int
    left: int
    erased: int
    suppressed: int


def correction_audience(*, send_id: int, with_uncertain: bool) -> CorrectionAudience:
    """Three queries, however many people."""
    words = words_for_correction(send_id=send_id, with_uncertain=with_uncertain)
    known = _reached(words)
    counts = known.aggregate(all=Count("pk"), active=Count("pk", filter=Q(state=SubscriberState.ACTIVE)))
    hashes = known.filter(state=SubscriberState.ACTIVE).values_list("address_hash", flat=True)
    suppressed = suppressed_among(hashes=hashes)
    reached = keys_reached(send_id=send_id, with_uncertain=with_uncertain).count()
    return CorrectionAudience(
        reached=reached,
        total=counts["active"] - suppressed,
        left=counts["all"] - counts["active"],
        erased=reached - counts["all"],
        suppressed=suppressed,
    )


def audience_size(*, topics: Iterable[Topic], conditions: Sequence[Condition] = ()) -> int:
    """How many would be written down now; the send's own count is the one that stands."""
    return readers(words=words_for(topics=topics, conditions=conditions), today=clock.today()).count()


class Readers:
    """The audience that `mailing` knows under the name of `types.AUDIENCE`."""

    def people(self, *, words: dict[str, Any], today: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
        return readers(words=words, today=today).values_list("pk", "address", "address_hash", "key", "domain")

    def subscribed(self, *, words: dict[str, Any]) -> QuerySet[Any, Any]:
        return Subscriber.objects.filter(state=SubscriberState.ACTIVE)

    def still_wanted(self, *, words: dict[str, Any], keys: Collection[str]) -> set[str]:
        """Those who are still subscribed; whatever they chose since concerns the next letter."""
        people = Subscriber.objects.select_for_update().filter(key__in=keys).order_by("pk")
        # Both columns, not a filter: whoever leaves at this moment is waited for, then seen gone.
        return {key for key, state in people.values_list("key", "state") if state == SubscriberState.ACTIVE}
