"""What the team does on a person's behalf."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.api import normalise_email
from commun.mailing.api import address_hash, lift, standing
from commun.subscribers import wording
from commun.subscribers.exceptions import PersonLeft
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.services import subscriptions
from commun.subscribers.services.scoring import forget_score
from commun.subscribers.types import LegalBasis, Preference, SubscriberState


def add_person(
    *, address: str, basis: LegalBasis, source: str, topics: Iterable[Topic], by: Any, now: datetime
) -> Subscriber:
    """An active subscriber, with the proof of what allows it; unchanged if she already is one.

    Raises `InvalidAddress`; `PersonLeft` when she left or is suppressed: she alone may come back.
    """
    address = normalise_email(address)
    digest = address_hash(address)
    chosen = list(topics)
    with transaction.atomic():
        if standing(hashes=[digest]):
            raise PersonLeft
        person, created = Subscriber.objects.select_for_update().get_or_create(
            address=address,
            defaults={
                "address_hash": digest,
                "domain": address.rpartition("@")[2],
                "created_at": now,
                "preference": Preference.CHOSEN_TOPICS if chosen else Preference.EVERY_ISSUE,
            },
        )
        if person.state == SubscriberState.UNSUBSCRIBED:
            raise PersonLeft
        if person.state == SubscriberState.ACTIVE:
            return person
        if created:
            person.topics.set(chosen)
        person.state, person.confirmed_at = SubscriberState.ACTIVE, now
        person.save(update_fields=["state", "confirmed_at"])
        declaration = wording.team_declaration(basis=basis, source=source)
        subscriptions.prove(
            address_hash=digest,
            kind="imported",
            method=wording.TEAM,
            source=source[:200],
            basis=basis,
            wording=subscriptions.wording(text=declaration, now=now),
            detail={"by": by.pk if by else None},
            now=now,
        )
    return person


def lift_suppression(*, suppression: Any, why: str, by: Any, now: datetime) -> None:
    """The address may be written to again; what it refused before counts no more."""
    with transaction.atomic():
        lift(suppression=suppression, why=why, by=by, now=now)
        forget_score(address_hash=suppression.address_hash)
