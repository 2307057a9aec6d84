"""What goes wrong on this machine, called by its name: blamed on no relay, tried again until its cause is gone.

Knows no Django. A fault *stands* from the first sign of it until something succeeds that it would have prevented; in
between, everything is tried again after a pause that doubles, up to half a minute.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import aiosmtplib

from commun.mailing.types import WaitingFor

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A clock that is corrected (NTP) jumps once; an hour's worth of mail waits two minutes to see that it stays there.
CLOCK_TOLERANCE = 30.0
CLOCK_SETTLES = 120.0
BUG_STANDS = 600.0  # other people's messages may well leave meanwhile: nothing else would say that it was met

_NONE_LEFT = {errno.EMFILE, errno.ENFILE}


def name_of(error: BaseException) -> WaitingFor:
    """What an error met while connecting or writing says of the world. `BUG`: nothing of the world; it is ours."""
    errors = list(_chain(error))
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in errors):
        return WaitingFor.CERTIFICATE
    system = [one for one in errors if isinstance(one, OSError)]
    if any(one.errno in _NONE_LEFT for one in system) or (system and _no_descriptor_left()):
        return WaitingFor.DESCRIPTORS
    if any(isinstance(one, socket.gaierror) for one in errors):
        return WaitingFor.NAME
    if system or any(isinstance(one, aiosmtplib.SMTPException) for one in errors):
        return WaitingFor.RELAY_UNREACHABLE
    return WaitingFor.BUG


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _no_descriptor_left() -> bool:
    """A resolver without a descriptor says that the name is unknown: ask the system itself."""
    try:
        os.close(os.dup(2))
    except OSError as error:
        return error.errno in _NONE_LEFT
    return False


@dataclass(slots=True)
class _Fault:
    times: int = 0
    met_at: float = 0.0  # monotonic, as `until`
    until: float = 0.0


class Faults:
    """Those of one worker that stand."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._standing: dict[WaitingFor, _Fault] = {}

    @property
    def standing(self) -> WaitingFor | None:
        """The one that has stood longest."""
        bug = self._standing.get(WaitingFor.BUG)
        if bug is not None and self._clock() - bug.met_at > BUG_STANDS:
            self.gone(WaitingFor.BUG)
        return next(iter(self._standing), None)

    @property
    def holding_up(self) -> WaitingFor | None:
        """The one for which nothing leaves: a fault of ours spoils some copies alone, but while it pauses."""
        found = self.standing
        return found if found is not WaitingFor.BUG or self.pausing else None

    @property
    def pausing(self) -> bool:
        """Whether nothing is to be tried now."""
        now = self._clock()
        return any(one.until > now for one in self._standing.values())

    def stands(self, kind: WaitingFor) -> bool:
        return kind in self._standing

    def met(self, kind: WaitingFor) -> None:
        """Once more. What is met while its pause lasts (four connections at once) is the same time."""
        fault, now = self._standing.setdefault(kind, _Fault()), self._clock()
        fault.met_at = now
        if fault.until <= now:
            fault.until = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2**fault.times)
            fault.times += 1

    def gone(self, *kinds: WaitingFor) -> None:
        for kind in kinds:
            self._standing.pop(kind, None)


class SteadyClock:
    """Tells that the wall clock jumped, against the monotonic one. It is believed again once back, or once it has
    stayed where it is for a while."""

    def __init__(
        self,
        *,
        settles: float = CLOCK_SETTLES,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settles, self._wall, self._clock = settles, wall, clock
        self._believed = self._last = wall() - clock()
        self._jumped_at: float | None = None

    def jumped(self) -> bool:
        """Ask every second or so: a clock that is made to run a little faster or slower is no jump."""
        now = self._clock()
        ahead = self._wall() - now
        if abs(ahead - self._last) > CLOCK_TOLERANCE:
            self._jumped_at = now
        self._last = ahead
        if self._jumped_at is None:
            self._believed = ahead
        elif abs(ahead - self._believed) <= CLOCK_TOLERANCE or now - self._jumped_at >= self._settles:
            self._believed, self._jumped_at = ahead, None
        return self._jumped_at is not None
