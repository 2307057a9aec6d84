"""When town halls work: what is promised in working days skips week ends and public holidays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from commun.common.workdays import evening_after, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 10), True),
        (date(2026, 11, 11), False),
        (date(2026, 11, 14), False),
        (date(2026, 11, 15), False),
        (date(2027, 3, 29), False),
        (date(2027, 5, 6), False),
    ],
)
def test_week_ends_and_public_holidays_are_no_working_days(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-16 07:00", 3, "2026-11-19"),
        ("2026-11-16 23:00", 3, "2026-11-19"),
        ("2026-11-20 18:00", 3, "2026-11-25"),
        ("2026-11-20 18:00", 1, "2026-11-23"),
        # The Ascension is a Thursday; the Friday after works.
        ("2027-05-04 10:00", 2, "2027-05-07"),
        ("2026-12-31 10:00", 1, "2027-01-04"),
    ],
)
def test_an_end_is_the_evening_of_a_working_day(start, days, end):
    found = evening_after(start=datetime.fromisoformat(f"{start}+01:00"), working_days=days)
    assert found == datetime.fromisoformat(f"{end} 20:00+01:00")
