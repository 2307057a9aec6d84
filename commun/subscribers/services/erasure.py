"""Forgetting a reader: her row goes, the proofs of what she agreed to stay under a keyed hash."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.mailing.api import address_hash, erase_address, withdraw
from commun.subscribers import wording
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services.subscriptions import prove
from commun.subscribers.types import AUDIENCE


def erase(*, address: str, now: datetime, method: str = wording.PERSON) -> dict[str, int]:
    """How many rows went, by kind; empty when nothing was held. `address` is normalised. What was sent to her
    is blanked with it."""
    digest = address_hash(address)
    with transaction.atomic():
        person = Subscriber.objects.select_for_update().filter(address=address).first()
        if person is None and not ConsentEvent.objects.filter(subject=digest).exists():
            return {}
        done = erase_address(address=address, known=person is not None, now=now)
        if person is None and "envois" not in done:
            return done
        prove(address_hash=digest, kind="erased", method=method, now=now)
        if person is not None:
            key = person.key
            person.delete()
            done["abonnement"] = 1
            # Again after the commit: a list being written down meanwhile may have seen her still there.
            transaction.on_commit(lambda: withdraw(key=key, audience=AUDIENCE, reason="erasure", now=now))
    return done
