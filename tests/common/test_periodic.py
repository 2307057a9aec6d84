from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock, periodic
from commun.common.models import PeriodicRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweep(monkeypatch):
    calls = []
    monkeypatch.setattr(periodic, "_sweeps", {})
    periodic.register("test", title="Essai", every=timedelta(minutes=1), service=lambda *, now: calls.append(now))
    return calls


def test_a_sweep_runs_once_per_period_whoever_asks(sweep):
    now = clock.now()
    assert periodic.run_due(now=now) == ["test"]
    assert periodic.run_due(now=now + timedelta(seconds=59)) == []
    assert periodic.run_due(now=now + timedelta(seconds=60)) == ["test"]
    assert len(sweep) == 2


def test_a_failing_sweep_is_recorded_and_stops_no_other(monkeypatch, sweep):
    def broken(*, now):
        raise RuntimeError

    periodic.register("broken", title="En panne", every=timedelta(minutes=1), service=broken)
    assert periodic.run_due(now=clock.now()) == ["broken", "test"]
    assert PeriodicRun.objects.get(name="broken").last_error == "RuntimeError"
    assert len(sweep) == 1


def test_a_worker_that_leaves_begins_no_other_sweep(sweep):
    asked = iter([False, True])
    periodic.register("tester", title="Essai", every=timedelta(minutes=1), service=lambda *, now: sweep.append(now))
    now = clock.now()
    assert periodic.run_due(now=now, leaving=lambda: next(asked)) == ["test"]
    assert periodic.run_due(now=now) == ["tester"]
