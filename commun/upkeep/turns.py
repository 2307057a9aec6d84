"""One machine at a time changes the tables: the others wait for it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

_KEY = 0x636F6D6D756E  # "commun"


@contextmanager
def alone(*, say: Callable[[str], None]) -> Iterator[None]:
    """Until the end of the block, over whatever happens to the connection of Django meanwhile. A process that dies
    gives its turn up."""
    if connection.vendor == "postgresql":
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as turn:
            (free,) = turn.execute("SELECT pg_try_advisory_lock(%s)", [_KEY]).fetchone() or (False,)
            if not free:
                say("une autre machine met à niveau ou restaure : on l’attend")
                turn.execute("SELECT pg_advisory_lock(%s)", [_KEY])
            yield
        return
    path = Path(settings.VAR_DIR) / "upkeep.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("un autre processus met à niveau ou restaure : on l’attend")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
