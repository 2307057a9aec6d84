"""Who receives a letter: given to `mailing` as a query, so that the list is written down in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commun.common import clock
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.types import Preference, SubscriberState


def words_for(*, topics: Iterable[Topic]) -> dict[str, Any]:
    """What a send of these topics keeps: `{"topics": [id, …]}`."""
    return {"topics": sorted(topic.pk for topic in topics)}


def readers(*, words: dict[str, Any], today: date) -> QuerySet[Subscriber]:
    """A subscriber receives every issue, or those of topics she chose; not while paused."""
    chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"), topic__in=words.get("topics", []))
    awake = Q(paused_until__isnull=True) | Q(paused_until__lte=today)
    return Subscriber.objects.filter(
        awake, Q(preference=Preference.EVERY_ISSUE) | Exists(chosen), state=SubscriberState.ACTIVE
    )


def audience_size(*, topics: Iterable[Topic]) -> int:
    """How many would be written down now; the send's own count is the one that stands."""
    return readers(words=words_for(topics=topics), today=clock.today()).count()


class Readers:
    """The audience that `mailing` knows under the name of `types.AUDIENCE`."""

    def people(self, *, words: dict[str, Any], today: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
        return readers(words=words, today=today).values_list("pk", "address", "address_hash", "key", "domain")

    def still_wanted(self, *, words: dict[str, Any], keys: Collection[str]) -> set[str]:
        """Those who are still subscribed; whatever they chose since concerns the next letter."""
        people = Subscriber.objects.select_for_update().filter(key__in=keys).order_by("pk").only("key", "state")
        return {person.key for person in people if person.state == SubscriberState.ACTIVE}
