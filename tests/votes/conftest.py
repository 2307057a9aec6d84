"""A clock that is held, and the collectivités that vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from commun.common import clock as common_clock
from commun.votes import registry
from tests.territories.conftest import register  # noqa: F401  (a fixture)
from tests.votes.factories import DRAFTS, OPENS


@dataclass
class HeldClock:
    at: datetime


@pytest.fixture
def clock(monkeypatch) -> HeldClock:
    """Both clocks, the machine's and the database's, read `.at`."""
    held = HeldClock(at=OPENS)
    monkeypatch.setattr(common_clock, "now", lambda: held.at)
    monkeypatch.setattr(common_clock, "database_now", lambda: held.at)
    return held


@pytest.fixture(autouse=True)
def _electorate(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_electorate", [lambda kinds: [one for one in DRAFTS if one.kind in kinds]])


@pytest.fixture
def listened(monkeypatch) -> list[object]:
    heard: list[object] = []
    monkeypatch.setattr(registry, "_listeners", [heard.append])
    return heard
