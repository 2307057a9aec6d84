"""Words of this room that others may hold. Knows neither Django nor settings."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from commun.inbound.parsing import Attachment, Authentication, Mailbox, ParsedMessage, Robot, Verdict
from commun.inbound.parsing.limits import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "Attachment",
    "Authentication",
    "Handler",
    "InboundState",
    "Incoming",
    "Mailbox",
    "ParsedMessage",
    "RawState",
    "Receipt",
    "Robot",
    "Route",
    "Transport",
    "Verdict",
]


class RawState(enum.StrEnum):
    RECEIVED = "received"  # durable; waits for a worker, or for its next attempt
    PROCESSING = "processing"  # a worker holds it until `retry_at`
    PROCESSED = "processed"  # its handler is done
    QUARANTINED = "quarantined"  # nobody could handle it: waits for a person


@dataclass(frozen=True, kw_only=True)
class InboundState:
    """Counts by state, when the last message came, and since when the oldest one waits to be handled."""

    counts: dict[str, int]
    last_received_at: datetime | None
    oldest_waiting_at: datetime | None


class Transport(enum.StrEnum):
    PIPE = "pipe"
    LMTP = "lmtp"
    IMAP = "imap"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A message is safe: `raw_id` names it. `duplicate`: it already was."""

    raw_id: int
    duplicate: bool = False


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a handler is given. `recipient` is ours, `mail_from` is "" for notices; `message` is parsed on demand."""

    raw_id: int
    recipient: str
    mail_from: str
    received_at: datetime
    raw: bytes
    parse: Callable[[bytes], ParsedMessage]

    @cached_property
    def message(self) -> ParsedMessage:
        return self.parse(self.raw)


class Handler(Protocol):
    def __call__(self, *, incoming: Incoming, now: datetime) -> str:
        """Act on one message, inside a transaction that also marks it processed: all or nothing, exactly once.

        Returns a word that says what was done (shown to the operator; no personal data). Whatever it raises is
        tried again later, then quarantined; `Unprocessable` is quarantined at once. No network inside.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who handles what is sent to which addresses; the bytes are purged `keep` after they were handled."""

    name: str
    matches: Callable[[str], bool]
    handle: Handler
    keep: timedelta
