"""The append-only log of mandates."""

from __future__ import annotations

from datetime import datetime

from commun.accounts.models import User
from commun.territories.models import MandateEvent, Membership
from commun.territories.types import MandateEventKind


def note_event(
    membership: Membership, kind: MandateEventKind, *, now: datetime, by: User | None = None, note: str = ""
) -> None:
    MandateEvent.objects.create(
        membership=membership, kind=kind, level=membership.level, at=now, by=by, note=note[:500]
    )
