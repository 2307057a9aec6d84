"""A ballot enters the box: sealed, chained, in time, once per form.

What a crash does: everything is one transaction under the lock of the box, so a ballot is in the chain or nowhere. A
member who did not see the answer sends the same form again and gets the receipt of the ballot that was kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from commun.accounts.models import User
from commun.common import clock
from commun.votes import chain, registry
from commun.votes.exceptions import BallotChanged, InvalidBallot, NotAllowed, StruckOff, VoteNotOpen
from commun.votes.models import Ballot, BallotBox, Elector, Entry, Vote
from commun.votes.selectors.electors import electors_of
from commun.votes.services.appending import append, instant_for, lock_box
from commun.votes.types import EntryKind, Receipt, Role


def cast_ballot(
    *,
    elector: Elector,
    grades: Sequence[int],
    roles: Sequence[int],
    user: User,
    submission: str,
    seen: int | None,
) -> Receipt:
    """Cast or replace the elector's ballot: one grade (0: lowest) and one role per option, in their order.

    `submission` names the form: the same one again gives the same receipt and changes nothing. `seen` is the number of
    the ballot this one was prepared to replace, None for a first one. Raises `NotAllowed`, `InvalidBallot`,
    `VoteNotOpen`, `StruckOff`, `BallotChanged`.
    """
    vote = Vote.objects.get(pk=elector.vote_id)
    if not electors_of(user=user, vote=vote, now=clock.now()).filter(pk=elector.pk).exists():
        raise NotAllowed
    _check(vote=vote, grades=grades, roles=roles)
    salt = secrets.token_hex(32)
    with transaction.atomic():
        box = _open_box(vote)
        at = instant_for(box=box)
        earlier = Ballot.objects.filter(submission=submission).first()
        if earlier is not None:
            return _receipt_again(earlier, elector=elector, user=user)
        if box.closed_at is not None or at >= box.closes_at:
            raise VoteNotOpen
        elector = Elector.objects.get(pk=elector.pk)  # as it is under the lock
        if elector.struck_off_at is not None:
            raise StruckOff
        if elector.last_number != seen:
            raise BallotChanged
        number = box.height + 1
        sealed = chain.commitment(elector=elector.key, number=number, grades=list(grades), roles=list(roles), salt=salt)
        body = {"commitment": sealed, "departement": elector.departement, "elector": elector.key}
        entry = append(box=box, kind=EntryKind.CAST, at=at, body=body)
        Ballot.objects.create(
            vote_id=box.pk,
            elector=elector,
            number=number,
            grades="".join(map(str, grades)),
            roles="".join(map(str, roles)),
            salt=salt,
            commitment=sealed,
            submission=submission,
            cast_at=at,
            cast_by=user,
        )
        Elector.objects.filter(pk=elector.pk).update(last_number=number)
        box.cast += 1
        box.save(update_fields=["height", "head", "last_at", "cast"])
        receipt = _receipt(vote=vote, elector=elector, entry=entry, sealed=sealed, at=at, replaces=seen)
        transaction.on_commit(partial(registry.tell, receipt))
    return receipt


def _open_box(vote: Vote) -> BallotBox:
    try:
        return lock_box(vote_id=vote.pk)
    except BallotBox.DoesNotExist:
        raise VoteNotOpen from None


def _check(*, vote: Vote, grades: Sequence[int], roles: Sequence[int]) -> None:
    options = vote.options.count()
    if len(grades) != options or any(grade not in range(len(vote.scale.grades)) for grade in grades):
        raise InvalidBallot
    if len(roles) != options or any(role not in Role.values for role in roles):
        raise InvalidBallot


def _receipt(*, vote: Vote, elector: Elector, entry: Entry, sealed: str, at: datetime, replaces: int | None) -> Receipt:
    return Receipt(
        vote=vote.slug,
        elector=elector.label,
        number=entry.height,
        commitment=sealed,
        head=entry.hash,
        at=at,
        replaces=replaces,
    )


def _receipt_again(ballot: Ballot, *, elector: Elector, user: User) -> Receipt:
    """What the form gave the first time. Somebody else's form gives nothing."""
    if ballot.elector_id != elector.pk or ballot.cast_by_id != user.pk:
        raise NotAllowed
    entry = Entry.objects.get(vote_id=ballot.vote_id, height=ballot.number)
    return Receipt(
        vote=elector.vote.slug,
        elector=elector.label,
        number=ballot.number,
        commitment=ballot.commitment,
        head=entry.hash,
        at=ballot.cast_at,
        replaces=None,
        replayed=True,
    )
