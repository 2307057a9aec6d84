"""What is published of a box, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commun.votes import chain
from commun.votes.models import Ballot, Elector, Entry, Vote
from commun.votes.types import EntryKind

CHUNK = 2000


def box_lines(*, vote: Vote) -> Iterator[bytes]:
    """The box as published once closed (or cancelled: then every ballot in it is sealed): canonical JSON Lines. Nothing
    before."""
    if not vote.box_is_public:
        return
    for text in Entry.objects.filter(vote=vote).values_list("text", flat=True).iterator(chunk_size=CHUNK):
        yield f"{chain.line(text)}\n".encode()


def electorate_lines(*, vote: Vote) -> Iterator[bytes]:
    """The list of electors whose hash the box carries. Public from opening on."""
    for elector in Elector.objects.filter(vote=vote).order_by("pk").iterator(chunk_size=CHUNK):
        text = chain.elector_line(
            key=elector.key,
            kind=elector.kind,
            label=elector.label,
            departement=elector.departement,
            region=elector.region,
        )
        yield f"{text}\n".encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What a receipt stands for. `state`: "sealed" while the vote is open, then "counted"; "replaced" or "struck_off"
    where it does not count, as soon as it does not; "cancelled" with its vote.
    `head`: hash of the ballot's event; `line`: where it stands in the published file."""

    number: int
    commitment: str
    head: str
    line: int
    at: Any
    state: str


def verify_receipt(*, vote: Vote, number: int, commitment: str) -> Verified | None:
    """None when no ballot of this box has that number and that commitment. Says nothing of who cast it, nor of what."""
    ballot = (
        Ballot.objects.filter(vote=vote, number=number, commitment=commitment)
        .select_related("elector")
        .only("number", "commitment", "cast_at", "elector__last_number", "elector__struck_off_at")
        .first()
    )
    if ballot is None:
        return None
    entry = Entry.objects.get(vote=vote, height=number)
    return Verified(
        number=ballot.number,
        commitment=ballot.commitment,
        head=entry.hash,
        line=number + 1,
        at=ballot.cast_at,
        state=_state(vote=vote, ballot=ballot),
    )


def _state(*, vote: Vote, ballot: Ballot) -> str:
    if vote.is_cancelled:
        return "cancelled"
    if ballot.elector.struck_off_at is not None:
        return "struck_off"
    if ballot.elector.last_number != ballot.number:
        return "replaced"
    return "counted" if vote.is_over else "sealed"


def event_body(*, vote: Vote, kind: EntryKind) -> dict[str, Any] | None:
    """Body of the one event of this kind (setup, close, result)."""
    text = Entry.objects.filter(vote=vote, kind=kind).values_list("text", flat=True).first()
    return None if text is None else json.loads(text)["body"]
