"""Striking an elector off while the vote is open: said in the box, with its reason, and for good."""

from __future__ import annotations

from django.db import transaction

from commun.votes.exceptions import StruckOff, VoteNotOpen
from commun.votes.models import BallotBox, Elector
from commun.votes.services.appending import append, instant_for, lock_box
from commun.votes.types import EntryKind


@transaction.atomic
def strike_elector(*, elector: Elector, reason: str) -> Elector:
    """Its ballots no longer count, and stay sealed. Raises `VoteNotOpen`, `StruckOff` when it already is."""
    try:
        box = lock_box(vote_id=elector.vote_id)
    except BallotBox.DoesNotExist:
        raise VoteNotOpen from None
    at = instant_for(box=box)
    if not box.takes_at(at):
        raise VoteNotOpen
    elector = Elector.objects.get(pk=elector.pk)
    if elector.struck_off_at is not None:
        raise StruckOff
    append(box=box, kind=EntryKind.STRIKE, at=at, body={"elector": elector.key, "reason": reason})
    elector.struck_off_at, elector.struck_off_reason = at, reason
    elector.save(update_fields=["struck_off_at", "struck_off_reason"])
    box.save(update_fields=["height", "head", "last_at"])
    return elector
