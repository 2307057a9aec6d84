"""Each ballot is told to whom it concerns: the members who may act for that collectivité, and its official address.

Casting only leaves the ballot untold, so that the lock of the box is held no longer. The sweep writes to everybody in
the transaction that marks the ballots told: a crash tells nobody, and the next turn tells them once. A form sent twice
is one ballot, hence one mail; ballots that follow each other closely are told together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from commun.accounts.models import User
from commun.common import clock, french
from commun.votes.models import Ballot, Elector, Entry, Vote
from commun.votes.selectors.electors import official_address_for, voters_of
from commun.votes.services.letters import address_of, write
from commun.votes.types import VoteState

#: A collectivité hears of its ballots at most this often: its members cannot be flooded by one of them.
QUIET = timedelta(minutes=10)
#: Nobody could do anything any more about an older one.
TOLD_WITHIN = timedelta(days=7)
LOT = 500


def tell_ballots(*, now: datetime) -> int:
    """Mails queued for ballots not told yet (periodic)."""
    return sum(_tell_of(elector_id=pk, now=now) for pk in _waiting(now))


def _waiting(now: datetime) -> list[int]:
    just_told = Ballot.objects.filter(elector=OuterRef("pk"), told_at__gt=now - QUIET)
    untold = Ballot.objects.filter(elector=OuterRef("pk"), told_at=None, cast_at__gt=now - TOLD_WITHIN)
    found = Elector.objects.filter(Exists(untold)).exclude(Exists(just_told))
    return list(found.order_by("pk").values_list("pk", flat=True)[:LOT])


@transaction.atomic
def _tell_of(*, elector_id: int, now: datetime) -> int:
    latest = Ballot.objects.filter(elector=elector_id).select_related("cast_by", "elector__vote__box").last()
    if latest is None:
        return 0
    untold = Ballot.objects.filter(elector=elector_id, told_at=None, number__lte=latest.number)
    told = untold.update(told_at=now)  # another worker waits here, then finds nothing
    if not told:
        return 0
    elector = latest.elector
    context = {
        "vote": elector.vote,
        "elector": elector,
        "ballot": latest,
        "box": elector.vote.box,
        "head": Entry.objects.get(vote=elector.vote_id, height=latest.number).hash,
        "replaces": Ballot.objects.filter(elector=elector_id, number__lt=latest.number).exists(),
        "others": told - 1,
        "open": elector.vote.state == VoteState.OPEN and clock.database_now() < elector.vote.closes_at,
        "receipt_url": address_of("votes:receipt", elector.vote.slug, latest.number, latest.commitment),
        "ballot_url": address_of("votes:ballot", elector.vote.slug, elector.pk),
    }
    said = "remplacé" if context["replaces"] else "déposé"
    subject = f"Bulletin {said} au nom {french.of(elector.label)} – {elector.vote.title}"
    readers = list(_readers(elector=elector, caster=latest.cast_by, now=now))
    for reader in readers:
        write("cast", to=reader.address, subject=subject, **context, **reader.words)
    return len(readers)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    address: str
    words: dict[str, Any]


def _readers(*, elector: Elector, caster: User | None, now: datetime) -> Iterator[_Reader]:
    """Each address once. The official one, also when a member signs in with it, hears of « un membre habilité »."""
    official = official_address_for(elector=elector)
    people = {user.email: user for user in voters_of(elector=elector, at=now)}
    if caster is not None and caster.is_active:
        people.setdefault(caster.email, caster)
    for address, user in people.items():
        if address != official:
            name = "" if caster is None else caster.get_full_name()
            yield _Reader(address=address, words={"by": name, "hers": user == caster, "official": False})
    if official:
        yield _Reader(address=official, words={"by": "", "hers": False, "official": True})


def tell_cancellations(*, now: datetime) -> int:
    """Whoever cast a ballot in a vote cancelled since hears of it and of the reason, once (periodic)."""
    untold = Vote.objects.filter(state=VoteState.CANCELLED, cancellation_told_at=None)
    return sum(_tell_cancelled(vote_id=pk, now=now) for pk in list(untold.values_list("pk", flat=True)))


@transaction.atomic
def _tell_cancelled(*, vote_id: int, now: datetime) -> int:
    if not Vote.objects.filter(pk=vote_id, cancellation_told_at=None).update(cancellation_told_at=now):
        return 0
    vote = Vote.objects.get(pk=vote_id)
    voters = User.objects.filter(pk__in=Ballot.objects.filter(vote=vote).values("cast_by"), is_active=True)
    told = 0
    for address in voters.order_by("pk").values_list("email", flat=True).iterator():
        context = {"vote": vote, "url": address_of("votes:vote", vote.slug)}
        write("cancelled", to=address, subject=f"Vote annulé – {vote.title}", **context)
        told += 1
    return told
