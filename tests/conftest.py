"""What every test may rely on."""

from __future__ import annotations

import functools
import gc
import itertools
import re
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import caches
from django.core.signals import setting_changed
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from commun.common import clock, french, kept, public
from tests.chromium import chromium  # noqa: F401 (a fixture)
from tests.databases import MIGRATED, Databases, of_this_process

# A slow machine fails no test: no deadline, no health check that looks at a clock.
hypothesis.settings.register_profile(
    "commun", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("commun")

# What is kept under one setting says nothing of another; in production a setting changes with the process.
setting_changed.connect(lambda **told: kept.store.clear(), weak=False)

_DATABASE = {"db", "transactional_db", "live_server"}
_LEFT = pytest.StashKey[int]()
_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: object) -> None:
    """Tests talk to this machine alone: a call elsewhere is a bug, not a slow test."""
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
        raise AssertionError(f"network call outside loopback: {address[0]}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _quarantine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)
    for cache in caches.all():
        cache.clear()
    kept.store.clear()
    public.forget()


@pytest.fixture(autouse=True)
def _words_of_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instant is worded on somebody's clock, Paris's as a rule: in UTC its hour, and at night its day, are wrong."""
    for name in ("_number", "month", "short_month", "weekday_name", "hour"):
        monkeypatch.setattr(french, name, _on_a_clock(getattr(french, name)))


def _on_a_clock(word: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(word)
    def checked(at: Any) -> str:
        assert not (isinstance(at, datetime) and at.tzname() == "UTC"), f"{at} is worded in UTC"
        return word(at)

    return checked


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals.txt"


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still: what is counted by the minute or the hour does not begin anew in the middle of a test."""
    instant = clock.now()
    monkeypatch.setattr(clock, "now", lambda: instant)


@pytest.fixture(scope="session")
def databases(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Databases]:
    with django_db_blocker.unblock():
        found = of_this_process()
        found.prepare()
    yield found
    with django_db_blocker.unblock():
        found.close()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases) -> None:
    """Instead of pytest-django's, which migrates in every process."""


@pytest.fixture
def database_held(request: pytest.FixtureRequest, databases: Databases, django_db_blocker: DjangoDbBlocker) -> None:
    """Before a test begins its transaction, or commits: an untouched database. Overridden where another is wanted."""
    with django_db_blocker.unblock():
        databases.hold(MIGRATED)


@pytest.fixture(scope="class", autouse=True)
def _held_for_a_class(request: pytest.FixtureRequest) -> None:
    """A class of Django's begins its transaction before its first test: the database is changed before that."""
    if request.cls is not None and issubclass(request.cls, TransactionTestCase):
        databases = request.getfixturevalue("databases")
        with request.getfixturevalue("django_db_blocker").unblock():
            databases.hold(MIGRATED)


@pytest.fixture
def _django_db_helper(database_held: None, _django_db_helper: None) -> None:
    """pytest-django's own, after `database_held`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="what touches no database, and looks, have run on another"
    )
    parser.addoption("--another-follows", action="store_true", help="leave to PostgreSQL what is the same on both")


# Rooms with SQL of their own, or which an engine holds in its way: locks, seals, search, imports, migrations.
_OWN_SQL = {"common", "demo", "finding", "inbound", "mailing", "subscribers", "territories", "votes"}
_SCREENS = re.compile(r"test_(\w+_)?(screens|pages)\.py")
# Walks through all screens for what no database changes: looks, words, scripts, rights.
_LOOKS = {"browser", "test_admin_pages.py", "test_permissions.py", "test_words.py"}


def _touches(item: pytest.Item) -> bool:
    return bool({"django_db", "postgresql"} & set(item.keywords) or _DATABASE & set(getattr(item, "fixturenames", ())))


def _looks(item: pytest.Item) -> bool:
    return not _LOOKS.isdisjoint(item.path.relative_to(Path(__file__).parent).parts)


def _same_on_both(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ()):
        return False  # its transactions are the engine's
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return room not in _OWN_SQL or bool(_SCREENS.fullmatch(item.path.name))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Which database proves what: the table of CONTRIBUTING.md."""
    left: list[pytest.Item] = []
    if config.getoption("--another-follows"):
        left = [item for item in items if _touches(item) and not _looks(item) and _same_on_both(item)]
    if config.getoption("--database-only"):
        left = [item for item in items if not _touches(item) or _looks(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]
    _longest_first(items, processes=getattr(config, "workerinput", {}).get("workercount", 1))
    if hasattr(config, "workeroutput"):
        config.workeroutput["left"] = len(left)
    config.stash[_LEFT] = len(left)


def _longest_first(items: list[pytest.Item], *, processes: int) -> None:
    """Each process begins with its part of those that last: nobody waits for one of them alone at the end."""
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    shares = [len(others) * number // processes for number in range(processes + 1)]
    items[:] = [
        item
        for number, (start, end) in enumerate(itertools.pairwise(shares))
        for item in (*long[number::processes], *others[start:end])
    ]


def pytest_collection_finish() -> None:
    """What is loaded once stays to the end: the collector has no need to walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process of pytest-xdist, all of which leave out the same, tells the one that writes the summary."""
    node.config.stash[_LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left := config.stash.get(_LEFT, 0):
        terminalreporter.write_line(f"{left} tests left to the other database")
