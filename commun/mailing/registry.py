"""What rooms above tell us from their `AppConfig.ready()`."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from commun.mailing.types import HANDED_OVER


class CompletionHandler(Protocol):
    def __call__(self, *, send_id: int, now: datetime) -> None:
        """Called at least once after a send is finished, by a worker; must be idempotent."""


class Audience(Protocol):
    """Whom a send goes to, as the room that knows these people says it. `words` are the send's own: JSON that this room
    keeps and does not read."""

    def people(self, *, words: dict[str, Any], today: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
        """One row a person, as `values_list` of five: position (a growing number: the list is read by keyset),
        normalised address, its hash, opaque key, domain. It is compiled into one `INSERT … SELECT`."""
        ...

    def subscribed(self, *, words: dict[str, Any]) -> QuerySet[Any, Any]:
        """Those who are still subscribed, to be asked inside another query by their opaque `key`. What else they chose
        since concerns the next send."""
        ...

    def still_wanted(self, *, words: dict[str, Any], keys: Collection[str]) -> set[str]:
        """Of these recipient keys, those who may still be written to. Locks them until the end of the transaction: a
        departure under way comes before, and is seen, or after, and withdraws the delivery."""
        ...


class Way(enum.StrEnum):
    """By which way a return came."""

    SMTP = "smtp"  # the relay's own answer
    MAIL = "mail"  # a message to one of our addresses
    FEEDBACK_LOOP = "feedback_loop"  # an operator passes on what its user complained of
    PROVIDER = "provider"  # a webhook


class Returned(enum.StrEnum):
    """What came back of a message, once believed."""

    HARD = "hard"  # the address is dead: suppressed already
    SOFT = "soft"  # refused for now; told once per delivery
    COMPLAINT = "complaint"  # she called it unwanted: suppressed already
    UNSUBSCRIBED = "unsubscribed"  # she asked to leave, by her mailbox or her provider


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """`address`, `address_hash`, `recipient_key`: "" where that one is not known."""

    kind: Returned
    address_hash: str
    recipient_key: str
    way: Way
    address: str = ""
    evidence: str = ""
    delivery_id: int | None = None


class ReturnHandler(Protocol):
    def __call__(self, *, returned: Return, now: datetime) -> bool:
        """Called in the transaction that writes the return down. Whether it concerned somebody of that room."""


_audiences: dict[str, Audience] = {}
_returns: list[ReturnHandler] = []
_completion: dict[str, CompletionHandler] = {}
_personal: dict[str, Callable[[str], str]] = {}
_proofs: dict[str, Callable[[int], dict[str, Any]]] = {}


def register_completion_handler(kind: str, handler: CompletionHandler) -> None:
    """`handler(send_id=, now=)` is called (at least once) when a send of this kind is finished."""
    _completion[kind] = handler


def completion_handler(kind: str) -> CompletionHandler | None:
    return _completion.get(kind)


def register_personal_token(kind: str, make: Callable[[str], str]) -> None:
    """`make(recipient_key)` gives the 32 URL-safe characters that replace `PERSONAL_TOKEN` in sends of
    this kind. Computed when the message leaves and stored nowhere."""
    _personal[kind] = make


def personal_token_maker(kind: str) -> Callable[[str], str] | None:
    return _personal.get(kind)


def register_proof(kind: str, describe: Callable[[int], dict[str, Any]]) -> None:
    """`describe(send_id)` says, as JSON-ready values, who agreed to what a send of this kind carries: it goes into the
    sealed proof of the send, which holds no address of a recipient."""
    _proofs[kind] = describe


def proof_of_kind(kind: str, *, send_id: int) -> dict[str, Any]:
    describe = _proofs.get(kind)
    return {} if describe is None else describe(send_id)


def register_audience(name: str, audience: Audience) -> None:
    """Sends made with `audience=name` go to whom `audience` says when they begin."""
    assert name != HANDED_OVER, "the list handed over with its send is this room's own"
    _audiences[name] = audience


def audience(name: str) -> Audience:
    return _audiences[name]


def register_return(handler: ReturnHandler) -> None:
    """`handler(returned=, now=)` hears of every return that says something of a person."""
    _returns.append(handler)


def tell_return(*, returned: Return, now: datetime) -> bool:
    """Whether it concerned anybody."""
    heard = [handler(returned=returned, now=now) for handler in _returns]  # all of them, whatever the first one says
    return any(heard)
