"""Closing by the clock, opening the counted ballots, publishing the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from commun.votes import tally
from commun.votes.exceptions import NotReady, VoteNotOpen, WrongState
from commun.votes.lives import VOTE
from commun.votes.models import Ballot, BallotBox, Entry, Vote
from commun.votes.selectors.results import rank
from commun.votes.services.appending import append, instant_for, lock_box, next_entry
from commun.votes.types import EntryKind, Role, VoteState

BATCH = 2000
_DIGITS = bytes.maketrans(b"0123456789", bytes(range(10)))
_READY = bytes.maketrans(b"012", bytes([0, 0, 1]))


@transaction.atomic
def close_vote(*, vote_id: int) -> Vote:
    """Close the box, open each elector's last ballot, count. Once only: raises `WrongState` after, `VoteNotOpen` before
    the closing instant. The result follows at once, unless options are level and the draw awaits its public value."""
    box = lock_box(vote_id=vote_id)
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if box.closed_at is not None or vote.state != VoteState.OPEN:
        raise WrongState(vote.state)
    at = instant_for(box=box)
    if at < box.closes_at:
        raise VoteNotOpen
    counted = counted_ballots(vote=vote)
    append(box=box, kind=EntryKind.CLOSE, at=at, body={"cast": box.cast, "counted": len(counted)})
    box.closed_at = at
    _open_ballots(box=box, ballots=counted, at=at)
    vote.profiles = count_ballots(vote=vote, ballots=counted)
    VOTE.check(vote.state, VoteState.CLOSED)
    vote.state = VoteState.CLOSED
    ranking = rank(vote=vote, seed=None)
    if not ranking.waits_for_draw:
        _publish(vote=vote, box=box, at=at, ranking=ranking, public_value="", seed="")
    vote.save(update_fields=["profiles", "state"])
    box.save(update_fields=["height", "head", "last_at", "closed_at"])
    return vote


@transaction.atomic
def publish_draw(*, vote_id: int, public_value: str) -> Vote:
    """The public value is known: draw, and publish the result. Raises `WrongState`, `NotReady` on an empty value."""
    box = lock_box(vote_id=vote_id)
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state != VoteState.CLOSED:
        raise WrongState(vote.state)
    value = " ".join(public_value.split())
    if not value:
        raise NotReady("public_value")
    closing = Entry.objects.get(vote=vote, kind=EntryKind.CLOSE)
    seed = tally.seed_of(closing_hash=closing.hash, public_value=value)
    at = instant_for(box=box)
    _publish(vote=vote, box=box, at=at, ranking=rank(vote=vote, seed=seed), public_value=value, seed=seed)
    vote.public_value = value
    vote.save(update_fields=["state", "public_value"])
    box.save(update_fields=["height", "head", "last_at"])
    return vote


class Counted(NamedTuple):
    """What a ballot says, one digit per option; a whole country's are read at once, without their rows."""

    number: int
    grades: str
    roles: str
    salt: str
    departement: str


def counted_ballots(*, vote: Vote) -> list[Counted]:
    """The last ballot of each elector still standing, by number."""
    found = Ballot.objects.filter(vote=vote, elector__struck_off_at=None, number=F("elector__last_number"))
    read = found.values_list("number", "grades", "roles", "salt", "elector__departement")
    return list(map(Counted._make, read.order_by("number").iterator(chunk_size=BATCH)))


def count_ballots(*, vote: Vote, ballots: list[Counted]) -> list[list[Any]]:
    profiles = tally.count(
        (
            tally.Ballot(
                grades=one.grades.encode().translate(_DIGITS),
                ready=one.roles.encode().translate(_READY),
                departement=one.departement,
            )
            for one in ballots
        ),
        options=vote.options.count(),
        grades=len(vote.scale.grades),
    )
    observer = str(Role.OBSERVER.value)
    observers = [sum(one.roles[option] == observer for one in ballots) for option in range(len(profiles))]
    return [
        [list(one.counts), one.ready, one.departements, watching]
        for one, watching in zip(profiles, observers, strict=True)
    ]


def _open_ballots(*, box: BallotBox, ballots: Iterable[Counted], at: datetime) -> None:
    def entries() -> Iterator[Entry]:
        for one in ballots:
            body = {
                "grades": [int(digit) for digit in one.grades],
                "number": one.number,
                "roles": [int(digit) for digit in one.roles],
                "salt": one.salt,
            }
            yield next_entry(box=box, kind=EntryKind.BALLOT, at=at, body=body)

    made = entries()
    while batch := list(islice(made, BATCH)):
        Entry.objects.bulk_create(batch)


def _publish(*, vote: Vote, box: BallotBox, at: datetime, ranking: tally.Ranking, public_value: str, seed: str) -> None:
    assert vote.profiles is not None
    body = {
        "ballots": sum(vote.profiles[0][0]),
        "counts": [one[0] for one in vote.profiles],
        "ready": [one[1] for one in vote.profiles],
        "departements": [one[2] for one in vote.profiles],
        "before_draw": _numbers(ranking.before_draw),
        "groups": _numbers(ranking.groups),
        "public_value": public_value,
        "seed": seed,
    }
    append(box=box, kind=EntryKind.RESULT, at=at, body=body)
    VOTE.check(vote.state, VoteState.DECIDED)
    vote.state = VoteState.DECIDED


def _numbers(groups: Iterable[tuple[int, ...]]) -> list[list[int]]:
    return [[option + 1 for option in group] for group in groups]
