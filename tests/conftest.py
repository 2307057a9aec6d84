"""What every test may rely on."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import caches
from pytest_django import DjangoDbBlocker

from commun.common import clock
from tests.databases import MIGRATED, Databases, of_this_process

# A slow machine fails no test: no deadline, no health check that looks at a clock.
hypothesis.settings.register_profile(
    "commun", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("commun")

_DATABASE = {"db", "transactional_db", "live_server"}
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


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


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


@pytest.fixture
def _django_db_helper(database_held: None, _django_db_helper: None) -> None:
    """pytest-django's own, after `database_held`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that touch no database, and looks: a second database tells nothing new of them",
    )
    parser.addoption(
        "--another-follows", action="store_true", help="leave to the database that follows the walks it is stricter in"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = []
    if config.getoption("--another-follows"):
        elsewhere = [item for item in items if "strict" in item.keywords]
    for item in items if config.getoption("--database-only") else ():
        touches = {"django_db", "postgresql"} & set(item.keywords) or _DATABASE & set(getattr(item, "fixturenames", ()))
        if not touches or "looks" in item.keywords:
            elsewhere.append(item)
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
