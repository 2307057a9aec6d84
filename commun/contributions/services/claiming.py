"""Whoever wrote proves that the address is hers: by a button behind a signed link, or by answering.

Until then nothing is said or done in her name: see decision 13.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.models import User
from commun.contributions.models import Contribution, Event
from commun.contributions.services.letters import write
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.types import Act, Trust

# Whoever is impersonated a thousand times hears of it once a day.
ONCE_EVERY = timedelta(days=1)


def ask_to_claim(*, contribution: Contribution, now: datetime) -> bool:
    """Our own server doubts the sender: whoever owns the address is told, and asked whether it was her."""
    told = Event.objects.filter(
        contribution__address_hash=contribution.address_hash, act=Act.ACKNOWLEDGE, at__gt=now - ONCE_EVERY
    )
    if not contribution.address or told.exists():
        return False
    Contribution.objects.filter(pk=contribution.pk).update(acknowledged_at=now)
    write(contribution=contribution, template="claim", subject="Avez-vous écrit ce message ?")
    Event.objects.create(contribution=contribution, act=Act.ACKNOWLEDGE, at=now, words="claim")
    return True


@transaction.atomic
def claim(*, contribution_id: int, now: datetime, by: User | None = None) -> Contribution:
    """The button was pressed; `by`: somebody of the team vouches for the sender. Pressed twice, it is one claim."""
    row = lock(contribution_id=contribution_id)
    if row.trust != Trust.PROVEN:
        move(
            contribution_id=row.pk,
            act=Act.CLAIM,
            by=by,
            now=now,
            words="vouched" if by is not None else "button",
            trust=Trust.PROVEN,
        )
        row.refresh_from_db()
    return row
