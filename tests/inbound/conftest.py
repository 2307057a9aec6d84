from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from commun.inbound import registry
from commun.inbound.types import Incoming

DOMAIN = "essai.example.org"


@dataclass
class Recorder:
    """A room above, for a test: what it was handed, and what it raises."""

    seen: list[Incoming] = field(default_factory=list)
    raises: BaseException | None = None

    def __call__(self, *, incoming: Incoming, now) -> str:
        self.seen.append(incoming)
        if self.raises is not None:
            raise self.raises
        return "noted"


@pytest.fixture
def room(monkeypatch) -> Recorder:
    """A route of its own: every address of `DOMAIN`."""
    recorder = Recorder()
    monkeypatch.setattr(registry, "_routes", dict(registry._routes))
    registry.register_route(
        "tests.room", matches=lambda a: a.endswith(f"@{DOMAIN}"), handle=recorder, keep=timedelta(days=30)
    )
    return recorder
