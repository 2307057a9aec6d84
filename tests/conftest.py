"""What every test may rely on."""

from __future__ import annotations

import socket

import pytest
from django.core.cache import caches
from pytest_django import DjangoDbBlocker

from tests import snapshot

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: object) -> None:
    """Tests talk to this machine alone: a call elsewhere is a bug, not a slow test."""
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
        raise AssertionError(f"network call outside loopback: {address[0]}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _quarantine(monkeypatch: pytest.MonkeyPatch) -> None:
    from commun.cooperation.selectors.shelf import forget_index

    monkeypatch.setattr(socket.socket, "connect", _loopback_only)
    for cache in caches.all():
        cache.clear()
    forget_index()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture(scope="session")
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> snapshot.Snapshot:
    with django_db_blocker.unblock():
        snapshot.forget_djangos()
        return snapshot.Snapshot()


@pytest.fixture(autouse=True)
def _database_as_migrated(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        fresh = request.getfixturevalue("fresh_database")
        request.getfixturevalue("transactional_db")
        fresh.restore()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that touch no database, and looks: a second database tells nothing new of them",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that really commit leave an empty database; `_database_as_migrated` gives each what migrations had made
    (Wagtail's root page, operators, groups)."""
    elsewhere = []
    for item in items:
        marker, fixtures = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or {"live_server", "transactional_db"} & fixtures:
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
        elif marker is None and "db" not in fixtures and "postgresql" not in item.keywords:
            elsewhere.append(item)
        if "looks" in item.keywords:
            elsewhere.append(item)
    if config.getoption("--database-only") and elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
