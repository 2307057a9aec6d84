from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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


@pytest.mark.parametrize(
    ("at", "runs"),
    [
        ("2026-12-01T07:59", False),
        ("2026-12-01T08:00", True),
        ("2026-07-01T19:59", True),  # in summer time
        ("2026-12-01T20:00", False),
        ("2026-12-05T10:00", False),  # a Saturday
    ],
)
def test_what_writes_to_people_waits_for_the_day(sweep, at, runs):
    calls = []
    periodic.register(
        "letters", title="Lettres", every=timedelta(minutes=1), service=lambda *, now: calls.append(now), by_day=True
    )
    now = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Paris"))
    assert periodic.run_due(now=now) == (["letters", "test"] if runs else ["test"])
    assert (len(calls), len(sweep)) == (int(runs), 1)
    assert PeriodicRun.objects.get(name="letters").next_at == now + timedelta(minutes=1)  # late to nobody's eyes


def test_one_that_is_daily_and_came_by_night_runs_in_the_morning_each_day(sweep):
    calls = []
    periodic.register(
        "daily", title="Relances", every=timedelta(days=1), service=lambda *, now: calls.append(now), by_day=True
    )
    start = datetime(2026, 12, 1, 3, 7, tzinfo=ZoneInfo("Europe/Paris"))  # a Tuesday
    for quarter in range(3 * 24 * 4):
        periodic.run_due(now=start + timedelta(minutes=15) * quarter)
    assert [call.strftime("%d %H") for call in calls] == ["01 08", "02 08", "03 08"]


def test_questions_of_the_loop_are_asked_by_day():
    by_day = {one.name for one in periodic.sweeps() if one.by_day}
    assert by_day == {
        "contributions.remind", "cooperation.ask_for_news", "cooperation.ask_how_it_goes", "territories.remind"
    }  # fmt: skip
