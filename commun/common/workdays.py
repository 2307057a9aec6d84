"""When town halls work in France: from Monday to Friday, public holidays excepted. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_SATURDAY = 5
_EVENING = time(20)
_FIXED = {
    (1, 1): "le jour de l’An",
    (5, 1): "la fête du Travail",
    (5, 8): "le 8 mai",
    (7, 14): "le 14 juillet",
    (8, 15): "l’Assomption",
    (11, 1): "la Toussaint",
    (11, 11): "le 11 novembre",
    (12, 25): "Noël",
}
_FROM_EASTER = {1: "le lundi de Pâques", 39: "l’Ascension", 50: "le lundi de Pentecôte"}


def holiday(day: date) -> str:
    """The name of the French public holiday; "" on any other day."""
    return _FIXED.get((day.month, day.day)) or _FROM_EASTER.get((day - easter(day.year)).days, "")


def easter(year: int) -> date:
    """Butcher's rule, good for every year of the Gregorian calendar."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and not holiday(day)


def evening_after(*, start: datetime, working_days: int) -> datetime:
    """Eight in the evening of the working day so many after that of `start`; on the same clock.

    Whoever works on any of these days has had each of them whole: three from a Friday noon end on Wednesday evening.
    """
    day = start.date()
    while working_days:
        day += timedelta(days=1)
        working_days -= is_working_day(day)
    return datetime.combine(day, _EVENING, start.tzinfo)
