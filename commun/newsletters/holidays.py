"""When one does not write to a town hall without meaning to: nights, Sundays, public holidays, and what time it is then
overseas. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from commun.common.workdays import holiday, is_working_day

MORNING, EVENING = 8, 20
_OVERSEAS = (
    ("en Guadeloupe et en Martinique", "America/Martinique"),
    ("en Guyane", "America/Cayenne"),
    ("à Mayotte", "Indian/Mayotte"),
    ("à La Réunion", "Indian/Reunion"),
    ("en Nouvelle-Calédonie", "Pacific/Noumea"),
    ("en Polynésie française", "Pacific/Tahiti"),
)


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
        if is_working_day(day.date()):
            return day


def overseas(at: datetime) -> list[tuple[str, datetime]]:
    """Where else people read, and what their clocks say then: summer time moves that of Paris alone."""
    return [(where, at.astimezone(ZoneInfo(zone))) for where, zone in _OVERSEAS]
