"""A short run of `make fuzz`: whatever comes in, nothing raises and nothing takes its time."""

from __future__ import annotations

from benchmarks.fuzz import MOST_SECONDS, fuzz, make_targets

ROUNDS = 300


def test_damaged_messages_texts_calendars_feeds_envelopes_and_files_stop_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.fuzz.FOUND", tmp_path)
    targets = make_targets()

    assert fuzz(targets=targets, seconds=60, seed=4, most_runs=ROUNDS) == []
    assert [target.name for target in targets if target.runs < 10 or target.slowest > MOST_SECONDS] == []


def test_what_raises_is_told_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.fuzz.FOUND", tmp_path)
    targets = make_targets()[:1]
    targets[0].run = lambda raw: 1 / 0
    faults = fuzz(targets=targets, seconds=60, seed=4, most_runs=3)

    assert len(faults) == 1
    assert "ZeroDivisionError" in faults[0]
    assert len(list(tmp_path.iterdir())) == 1
