from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.databases import MIGRATED


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
        call_command(name, *map(str, words), stdout=out)
        return out.getvalue()

    return act
