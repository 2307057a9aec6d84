"""What this room is told from above: who the electors are, who may act for them, who wants to know of a ballot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commun.accounts.models import User
    from commun.votes.types import ElectorDraft, Receipt

# Ids of the organisations for which this person holds, now, a mandate sufficient to vote.
Mandates = Callable[["User", datetime], Collection[int]]
# Everyone who is an elector of a vote open to these kinds, now. One elector per key.
Electorate = Callable[[Sequence[str]], Iterable["ElectorDraft"]]
CastListener = Callable[["Receipt"], None]

_mandates: list[Mandates] = []
_electorate: list[Electorate] = []
_listeners: list[CastListener] = []


def register_mandates(source: Mandates) -> None:
    """Called from a room's `AppConfig.ready()`. Until then nobody may vote."""
    _mandates[:] = [source]


def register_electorate(source: Electorate) -> None:
    """Replaces the default, which is the register of territories (`services.electorate`)."""
    _electorate[:] = [source]


def register_cast_listener(listener: CastListener) -> None:
    """`listener` is called with the receipt of each new ballot, once it is committed (to tell the other members)."""
    if listener not in _listeners:
        _listeners.append(listener)


def organisations_of(*, user: User, now: datetime) -> Collection[int]:
    return _mandates[0](user, now) if _mandates else ()


def electors(*, kinds: Sequence[str]) -> Iterable[ElectorDraft]:
    return _electorate[0](kinds) if _electorate else ()


def tell(receipt: Receipt) -> None:
    for listener in _listeners:
        listener(receipt)
