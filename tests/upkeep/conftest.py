from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.databases import KEPT, MIGRATED


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A restore locks every table at once; the server of the tests has room for one such transaction."""
    with (KEPT / "restore.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def destroy(databases) -> Callable[[], None]:
    """The database of the site is lost: a new one, as an installation leaves it."""

    def act() -> None:
        databases.forget()
        databases.hold(MIGRATED)
        databases.forget()

    return act


@pytest.fixture
def run() -> Callable[..., str]:
    """A command of this room; what it said."""

    def act(name: str, *words: str | Path) -> str:
        out = StringIO()
        with one_at_a_time():
            call_command(name, *map(str, words), stdout=out)
        return out.getvalue()

    return act
