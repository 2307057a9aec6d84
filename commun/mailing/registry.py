"""What rooms above tell us from their `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol


class CompletionHandler(Protocol):
    def __call__(self, *, send_id: int, now: datetime) -> None:
        """Called at least once after a send is finished, by a worker; must be idempotent."""


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
