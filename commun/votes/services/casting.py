"""A ballot enters the box: sealed, chained, in time, once per form.

What a crash does: everything is one transaction under the lock of the box, so a ballot is in the chain or nowhere. A
member who did not see the answer sends the same form again and gets the receipt of the ballot that was kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from commun.accounts.models import User
from commun.common import clock
from commun.votes import chain, registry
from commun.votes.exceptions import BallotChanged, InvalidBallot, NotAllowed, StruckOff, VoteNotOpen
from commun.votes.models import Ballot, BallotBox, Elector, Entry, Option, Voice, Vote
from commun.votes.selectors.electors import electors_reached
from commun.votes.services.appending import instant_for, lock_box, next_entry, read_under_lock, write_cast
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
    vote = Vote.objects.annotate(asked=_options()).get(pk=elector.vote_id)
    reached = electors_reached(user=user, votes=[vote], now=clock.now())
    if elector not in reached:
        raise NotAllowed
    _check(vote=vote, grades=grades, roles=roles)
    salt = secrets.token_hex(32)
    with transaction.atomic():
        box = _open_box(vote)
        at = instant_for(box=box)
        # As it is under the lock, which everybody else waits for: the fewer questions here, the more ballots a second.
        locked = read_under_lock(elector_id=elector.pk, submission=submission)
        if locked.sent is not None:
            return _receipt_again(Ballot.objects.get(pk=locked.sent), elector=elector, user=user)
        if not box.takes_at(at):
            raise VoteNotOpen
        if locked.is_struck_off:
            raise StruckOff
        if locked.last_number != seen:
            raise BallotChanged
        _speak(elector=elector, bodies=reached[elector])
        number = box.height + 1
        sealed = chain.commitment(elector=elector.key, number=number, grades=list(grades), roles=list(roles), salt=salt)
        body = {"commitment": sealed, "departement": elector.departement, "elector": elector.key}
        entry = next_entry(box=box, kind=EntryKind.CAST, at=at, body=body)
        box.cast += 1
        ballot = Ballot(
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
        write_cast(box=box, entry=entry, ballot=ballot)
        receipt = _receipt(vote=vote, elector=elector, entry=entry, sealed=sealed, at=at, replaces=seen)
        # A listener that fails must not make believe that the ballot was lost.
        transaction.on_commit(partial(registry.tell, receipt), robust=True)
    return receipt


def _speak(*, elector: Elector, bodies: Collection[int]) -> None:
    """Bodies that vote for the first time speak for this elector from now on. Under the lock of the box, so that one
    body moved between two forms is seen by the second. Raises `NotAllowed`."""
    if not bodies:
        return
    spoken = Voice.objects.filter(vote=elector.vote_id, organisation__in=bodies)
    taken = dict(spoken.values_list("organisation", "elector"))
    if any(other != elector.pk for other in taken.values()):
        raise NotAllowed
    Voice.objects.bulk_create(
        Voice(vote_id=elector.vote_id, elector=elector, organisation_id=body)
        for body in sorted(bodies)
        if body not in taken
    )


def _open_box(vote: Vote) -> BallotBox:
    try:
        return lock_box(vote_id=vote.pk)
    except BallotBox.DoesNotExist:
        raise VoteNotOpen from None


def _options() -> Subquery:
    """How many are asked about: frozen since the opening."""
    counted = Option.objects.filter(vote=OuterRef("pk")).order_by().values("vote").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def _check(*, vote: Any, grades: Sequence[int], roles: Sequence[int]) -> None:
    if len(grades) != vote.asked or any(grade not in range(len(vote.scale.grades)) for grade in grades):
        raise InvalidBallot
    if len(roles) != vote.asked or any(role not in Role.values for role in roles):
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
