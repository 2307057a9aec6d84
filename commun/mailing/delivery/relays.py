"""Which relay to use: in the order of SMTP_URL, leaving alone for a while one that fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from commun.mailing.wire.lane import Address

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
FAILURES_TO_OPEN = 2


class Configured(Protocol):
    """As parsed from SMTP_URL."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def implicit_tls(self) -> bool: ...
    @property
    def starttls(self) -> str: ...


@dataclass
class Relay:
    """One relay and its circuit breaker. Times are monotonic seconds."""

    address: Address
    name: str
    failures: int = 0
    open_until: float = 0.0
    error: str = ""
    changed: bool = field(default=True)

    def failed(self, *, error: str, now: float) -> None:
        self.failures += 1
        self.error, self.changed = error[:200], True
        if self.failures >= FAILURES_TO_OPEN:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.failures - FAILURES_TO_OPEN))
            self.open_until = now + pause

    def worked(self) -> None:
        if self.failures or self.error:
            self.changed = True
        self.failures, self.open_until, self.error = 0, 0.0, ""


class Relays:
    def __init__(self, configured: Sequence[Configured], *, clock: Callable[[], float] = time.monotonic) -> None:
        hostname = socket.getfqdn()
        self._clock = clock
        self.all = [
            Relay(
                Address(
                    host=one.host,
                    port=one.port,
                    username=one.username,
                    password=one.password,
                    implicit_tls=one.implicit_tls,
                    starttls=one.starttls,
                    local_hostname=hostname,
                ),
                f"{one.host}:{one.port}",
            )
            for one in configured
        ]

    def choose(self) -> Relay | None:
        """The first that may be tried now."""
        now = self._clock()
        return next((relay for relay in self.all if relay.open_until <= now), None)

    def failed(self, relay: Relay, *, error: str) -> None:
        relay.failed(error=error, now=self._clock())
