"""What this room is told from above: who the electors are, who wants to know of a ballot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from commun.votes.models import Option, Vote
    from commun.votes.types import Became, ElectorDraft, Receipt

# Everyone who is an elector of a vote open to these kinds, now. One elector per key.
Electorate = Callable[[Sequence[str]], Iterable["ElectorDraft"]]
CastListener = Callable[["Receipt"], None]
DropListener = Callable[[Collection["Option"], "datetime"], object]
CancelListener = Callable[["Vote", "datetime"], object]
BecameSource = Callable[["Vote"], Sequence["Became"]]

_electorate: list[Electorate] = []
_listeners: list[CastListener] = []
_dropped: list[DropListener] = []
_cancelled: list[CancelListener] = []
_became: list[BecameSource] = []


def register_electorate(source: Electorate) -> None:
    """Replaces the default, which is the register of territories (`services.electorate`)."""
    _electorate[:] = [source]


def register_cast_listener(listener: CastListener) -> None:
    """`listener` is called with the receipt of each new ballot, once it is committed (to tell the other members)."""
    if listener not in _listeners:
        _listeners.append(listener)


def electors(*, kinds: Sequence[str]) -> Iterable[ElectorDraft]:
    return _electorate[0](kinds) if _electorate else ()


def tell(receipt: Receipt) -> None:
    for listener in _listeners:
        listener(receipt)


def register_options_dropped(listener: DropListener) -> None:
    """`listener` is called before options of a draft are deleted, with it or out of it, in that transaction, to let go
    of them."""
    if listener not in _dropped:
        _dropped.append(listener)


def tell_dropped(options: Collection[Option], now: datetime) -> None:
    for listener in _dropped:
        listener(options, now)


def register_vote_cancelled(listener: CancelListener) -> None:
    """`listener` is called when an open vote is cancelled, in that transaction, to let go of it."""
    if listener not in _cancelled:
        _cancelled.append(listener)


def tell_cancelled(vote: Vote, now: datetime) -> None:
    for listener in _cancelled:
        listener(vote, now)


def register_became(source: BecameSource) -> None:
    """`source` gives what a vote that is over led to, which its page shows; its tables must be `public.shows`, for
    pages are kept."""
    if source not in _became:
        _became.append(source)


def became(*, vote: Vote) -> list[Became]:
    return [one for source in _became for one in source(vote)]
