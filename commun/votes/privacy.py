"""Export and erasure of what this room holds: who cast a ballot, who made a vote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.models import User
from commun.votes.models import Ballot, Vote


def export(*, email: str) -> dict[str, Any]:
    """What the person did. Not the answers: they are the collectivité's, and sealed until closing."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return {}
    found = {
        "bulletins déposés": [
            {
                "vote": ballot.vote.title,
                "au nom de": ballot.elector.label,
                "numéro": ballot.number,
                "empreinte": ballot.commitment,
                "date": ballot.cast_at,
            }
            for ballot in Ballot.objects.filter(cast_by=user).select_related("vote", "elector").order_by("cast_at")
        ],
        "votes préparés": list(Vote.objects.filter(created_by=user).values_list("title", flat=True)),
        "votes programmés": list(Vote.objects.filter(scheduled_by=user).values_list("title", flat=True)),
        "votes annulés": list(Vote.objects.filter(cancelled_by=user).values_list("title", flat=True)),
    }
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """The ballots stay: they are the collectivités'. Who cast them goes."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return {}
    forgotten = Ballot.objects.filter(cast_by=user).update(cast_by=None)
    return {"auteur de bulletins": forgotten} if forgotten else {}
