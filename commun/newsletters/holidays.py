"""When one does not write to a town hall without meaning to: nights, Sundays, public holidays, and what time it is then
overseas. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = 8, 20
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
_OVERSEAS = (
    ("en Guadeloupe et en Martinique", "America/Martinique"),
    ("en Guyane", "America/Cayenne"),
    ("à Mayotte", "Indian/Mayotte"),
    ("à La Réunion", "Indian/Reunion"),
    ("en Nouvelle-Calédonie", "Pacific/Noumea"),
    ("en Polynésie française", "Pacific/Tahiti"),
)
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


def odd_hour(at: datetime) -> str:
    """Why a letter does not leave then unless somebody insists; "" when nothing is odd. `at` on the clock of Paris."""
    if at.hour < MORNING or at.hour >= EVENING:
        return "C’est la nuit : la lettre serait sous celles du matin."
    if at.weekday() == 6:
        return "C’est un dimanche."
    named = holiday(at.date())
    return f"C’est un jour férié, {named}." if named else ""


def next_working_morning(after: datetime) -> datetime:
    """The next day at nine when a town hall works, from Monday to Friday; same clock as given."""
    day = after
    while True:
        day = (day + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
        if day.weekday() < 5 and not odd_hour(day):
            return day


def overseas(at: datetime) -> list[tuple[str, datetime]]:
    """Where else people read, and what their clocks say then: summer time moves that of Paris alone."""
    return [(where, at.astimezone(ZoneInfo(zone))) for where, zone in _OVERSEAS]
