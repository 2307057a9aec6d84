"""Whose turn it is to ask a host: one request at a time and a pause after it, whatever the number of processes.

A turn is won by a conditional UPDATE on the clock of the database. A process that dies holding one leaves it to whoever
comes after the lease.
"""

from __future__ import annotations

import secrets
import time
from datetime import datetime, timedelta
from types import TracebackType

from django.conf import settings

from commun.common import clock
from commun.common.models import HostTurn

KEPT = timedelta(days=1)
_LOOK_AGAIN = 0.1  # seconds


class Turn:
    """The turn of one host after another (redirects), given back at the end."""

    def __init__(self, *, patience: float, lease: timedelta) -> None:
        self._patience, self._lease = patience, lease
        self._key = secrets.token_hex(8)
        self._host = ""

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._give_back()

    def take(self, host: str) -> bool:
        """Wait for it; False where patience ends first. A host whose turn is held is simply asked again."""
        if host == self._host:
            return True
        self._give_back()
        HostTurn.objects.get_or_create(host=host, defaults={"free_at": clock.database_now()})
        until = time.monotonic() + self._patience
        while not self._won(host):
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_AGAIN)
        self._host = host
        return True

    def _won(self, host: str) -> bool:
        now = clock.database_now()
        mine = HostTurn.objects.filter(host=host, free_at__lte=now)
        return mine.update(free_at=now + self._lease, key=self._key) == 1

    def _give_back(self) -> None:
        if self._host:
            pause = timedelta(seconds=settings.FETCH_PAUSE_SECONDS)
            mine = HostTurn.objects.filter(host=self._host, key=self._key)
            mine.update(free_at=clock.database_now() + pause, key="")
            self._host = ""


def forget_over(*, now: datetime) -> int:
    """Periodic: hosts that nobody asked for a day."""
    done, _ = HostTurn.objects.filter(free_at__lt=now - KEPT).delete()
    return done
