"""Addresses that refuse for now, again and again: a score that grows with refusals and fades with time and successes.

A full mailbox is no dead address. One refused letter counts for one; half of it is forgotten in six months, and half
of the rest at each letter that arrives since. At `THRESHOLD`, which a person reaches whose mailbox refused about six
monthly letters running and received none, the address is left alone until the team says otherwise.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.mailing.api import arrived_since, suppress
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import Subscriber

HALF_LIFE = timedelta(days=180)
THRESHOLD = 4.5


def faded(*, score: float, since: timedelta, successes: int) -> float:
    """Pure: what is left of a score."""
    return score * 0.5 ** (max(since, timedelta(0)) / HALF_LIFE) * 0.5**successes


def add_soft_bounce(*, recipient_key: str, delivery_id: int | None, evidence: str, now: datetime) -> float:
    """Count one more letter that an address refused for now; suppresses at the threshold. Returns the score."""
    with transaction.atomic():
        person = Subscriber.objects.select_for_update().filter(key=recipient_key).first()
        if person is None:
            return 0.0
        left = 0.0
        if person.scored_at is not None:
            successes = arrived_since(key=person.key, since=person.scored_at, but=delivery_id)
            left = faded(score=person.score, since=now - person.scored_at, successes=successes)
        person.score, person.scored_at = left + 1, now
        person.save(update_fields=["score", "scored_at"])
        if person.score >= THRESHOLD:
            suppress(reason=SuppressionReason.SOFT_BOUNCES, address=person.address, evidence=evidence, now=now)
    return person.score


def forget_score(*, address_hash: str) -> None:
    """Its refusals are counted from nothing."""
    Subscriber.objects.filter(address_hash=address_hash).update(score=0, scored_at=None)
