"""Calling off a vote that is open: said in the box, with its reason, and for good.

Nothing is ever counted: ballots stay sealed, no salt is published, no result is computed. What a crash does: the event,
the state and the box are one transaction; whoever voted is told by a sweep that marks them told.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.votes import registry
from commun.votes.exceptions import NotReady, VoteNotOpen, WrongState
from commun.votes.lives import VOTE
from commun.votes.models import BallotBox, Vote
from commun.votes.services.appending import append, instant_for, lock_box
from commun.votes.services.inviting import stop_invitations
from commun.votes.types import EntryKind, VoteState


@transaction.atomic
def cancel_vote(*, vote_id: int, by: User | None, reason: str, now: datetime) -> Vote:
    """Raises `NotReady` without a reason, `WrongState` unless it is open, `VoteNotOpen` from its closing instant on: a
    vote that is to be counted can no longer be called off."""
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise NotReady("reason")
    try:
        box = lock_box(vote_id=vote_id)
    except BallotBox.DoesNotExist:
        raise WrongState(Vote.objects.get(pk=vote_id).state) from None
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state != VoteState.OPEN:
        raise WrongState(vote.state)
    at = instant_for(box=box)
    if not box.takes_at(at):
        raise VoteNotOpen
    append(box=box, kind=EntryKind.CANCEL, at=at, body={"cast": box.cast, "reason": reason})
    box.cancelled_at = at
    box.save(update_fields=["height", "head", "last_at", "cancelled_at"])
    VOTE.check(vote.state, VoteState.CANCELLED)
    vote.state, vote.cancelled_reason, vote.cancelled_by = VoteState.CANCELLED, reason, by
    vote.save(update_fields=["state", "cancelled_reason", "cancelled_by"])
    stop_invitations(vote=vote, by=by, now=now)
    registry.tell_cancelled(vote, now)
    return vote
