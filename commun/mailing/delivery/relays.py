"""Which relay to use: in the order of SMTP_URL, leaving alone for a while one that fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from commun.mailing.types import WaitingFor
from commun.mailing.wire.lane import Address

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
FAILURES_TO_OPEN = 2
TOLD_EVERY = 10.0


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
    """One relay and its circuit breaker. Times are monotonic seconds; `fault` names why it cannot be used."""

    address: Address
    name: str
    failures: int = 0
    open_until: float = 0.0
    error: str = ""
    fault: WaitingFor | None = None
    changed: bool = field(default=True)
    worked_at: float = 0.0
    told_at: float = 0.0

    def failed(self, *, error: str, fault: WaitingFor, now: float) -> None:
        self.failures += 1
        self.error, self.fault, self.changed = error[:200], fault, True
        if self.failures >= FAILURES_TO_OPEN:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.failures - FAILURES_TO_OPEN))
            self.open_until = now + pause

    def worked(self, *, now: float) -> None:
        if self.failures or self.error:
            self.changed = True
        self.failures, self.open_until, self.error, self.fault = 0, 0.0, "", None
        self.worked_at = now

    @property
    def is_to_be_told(self) -> bool:
        """Its state changed, or it has gone on working for a while."""
        return self.changed or self.worked_at - self.told_at > TOLD_EVERY


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

    @property
    def waiting_for(self) -> WaitingFor | None:
        """Why none of them can be used; None as long as one has not failed."""
        if not self.all:
            return WaitingFor.NO_RELAY
        if not all(relay.failures for relay in self.all):
            return None
        faults = {relay.fault for relay in self.all}
        return faults.pop() if len(faults) == 1 else WaitingFor.RELAY_UNREACHABLE

    def failed(self, relay: Relay, *, error: str, fault: WaitingFor = WaitingFor.RELAY_UNREACHABLE) -> None:
        relay.failed(error=error, fault=fault, now=self._clock())

    def worked(self, relay: Relay) -> None:
        relay.worked(now=self._clock())

    def to_tell(self) -> list[tuple[Relay, float]]:
        """Relays of which something is to be told, each with how long it will be left alone, in seconds."""
        now = self._clock()
        found = [(relay, max(0.0, relay.open_until - now)) for relay in self.all if relay.is_to_be_told]
        for relay, _ in found:
            relay.changed, relay.told_at = False, now
        return found
