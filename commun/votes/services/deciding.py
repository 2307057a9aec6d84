"""What the organiser decides after a vote, when it is not what the ranking says: reasons, published with the result."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.votes.exceptions import WrongState
from commun.votes.models import Vote
from commun.votes.types import VoteState


@transaction.atomic
def explain_departure(*, vote_id: int, text: str, now: datetime) -> Vote:
    """Published on the result and in the minutes; empty takes it back. Raises `WrongState` before the result. The box
    is not touched: what was counted stands as it was."""
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state != VoteState.DECIDED:
        raise WrongState(vote.state)
    vote.departure = text.strip()
    vote.departure_at = now if vote.departure else None
    vote.save(update_fields=["departure", "departure_at"])
    return vote
