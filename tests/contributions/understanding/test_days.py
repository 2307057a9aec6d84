"""Days and ranges of days, however each end is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commun.contributions.understanding import days
from commun.contributions.understanding.text import fold

TODAY = date(2026, 11, 24)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
NOTATIONS = {
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    "words and year": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "weekday": lambda day: f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}",
    "figures": lambda day: f"{day.day}/{day.month:02}",
    "figures and year": lambda day: f"{day:%d/%m/%Y}",
    "short year": lambda day: f"{day:%d/%m/%y}",
    "points": lambda day: f"{day:%d.%m.%Y}",
    "dashes": lambda day: f"{day:%d-%m-%Y}",
    "programs": lambda day: f"{day:%Y-%m-%d}",
}
ALONE = {
    "number": lambda day: f"{day.day}",
    "weekday and number": lambda day: f"{WEEKDAYS[day.weekday()]} {day.day}",
}
BETWEEN = ("{} au {}", "du {} au {}", "du {} à 9h au {} à 17h", "{} jusqu’au {}", "entre le {} et le {}", "{} → {}")
DASHED = ("{} - {}", "{} – {}")
TO_COME = st.dates(date(2026, 12, 1), date(2027, 8, 31))


def read(text: str) -> list[tuple[date, date]]:
    return [(one.first, one.last) for one in days.read(fold(text), today=TODAY)]


@pytest.mark.parametrize("last", NOTATIONS)
@pytest.mark.parametrize("first", [*NOTATIONS, *ALONE])
@given(start=TO_COME, lasting=st.integers(1, 20), saying=st.sampled_from([*BETWEEN, *DASHED]))
def test_a_range_is_one_whatever_the_notation_of_each_end(first, last, start, lasting, saying):
    end = start + timedelta(days=lasting)
    if first in ALONE:
        assume(start.month == end.month and saying in BETWEEN)
    text = saying.format((NOTATIONS | ALONE)[first](start), NOTATIONS[last](end))
    assert read(f"Salon {text}, entrée libre.") == [(start, end)]


@pytest.mark.parametrize(
    "saying", ["les {} et {}", "le {} et le {}", "le {}, le {}", "le {} puis le {}", "le {} ou le {}"]
)
@pytest.mark.parametrize("last", [name for name in NOTATIONS if name != "programs"])
@pytest.mark.parametrize("first", ALONE)
@given(start=TO_COME, after=st.integers(1, 20))
def test_days_of_a_list_are_all_kept(first, last, saying, start, after):
    end = start + timedelta(days=after)
    assume(start.month == end.month)
    text = saying.format(ALONE[first](start), NOTATIONS[last](end))
    assert read(f"Stages {text}.") == [(start, start), (end, end)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("du 1er au 3, du 8 au 10 et du 15 au 17 mars 2027", [(1, 3), (8, 10), (15, 17)]),
        ("du lundi 8 au mercredi 10 et le 15/03/2027", [(8, 10), (15, 15)]),
        ("du 8 au 10, 12 et 15 mars 2027", [(8, 10), (12, 12), (15, 15)]),
        ("le 12 à 9 h, le 13 de 9 h à 10 h 30 et le 14 mars 2027 à 14 h", [(12, 12), (13, 13), (14, 14)]),
        ("du 28 au 30 et du 4 au 6 mars 2027", [(4, 6)]),
        ("le 12 rue des Lilas et le 13 mars 2027", [(13, 13)]),
    ],
)
def test_days_whose_month_is_said_below_are_read_with_it(text, found):
    assert read(text) == [(date(2027, 3, first), date(2027, 3, last)) for first, last in found]


@pytest.mark.parametrize(
    "text",
    [
        "Nous étions 12 et le 13 avril 2027 nous fêterons nos dix ans.",
        "Ouvert de 9 h 30 au 13 avril 2027.",
    ],
)
def test_a_number_that_is_no_day_is_none(text):
    assert read(text) == [(date(2027, 4, 13), date(2027, 4, 13))]


@pytest.mark.parametrize(
    "text", ["Logiciel : de la version 3.5 au 4.2.", "3 et 4/10 des voix", "entre 1/2-3/4 du budget"]
)
def test_numbers_are_no_days(text):
    assert read(text) == []
