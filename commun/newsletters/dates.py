"""Dates as a letter says them: in full words, the year included, because it is read again years later."""

from __future__ import annotations

from datetime import date, datetime

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def month(day: date) -> str:
    """`novembre 2022`"""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """`1er décembre 2022`"""
    return f"{_number(day)} {month(day)}"


def weekday(day: date) -> str:
    """`mardi 29 novembre 2022`"""
    return f"{_DAYS[day.weekday()]} {day_in_words(day)}"


def days(first: date, last: date) -> str:
    """`Mardi 29 novembre 2022`, `Du 7 au 10 décembre 2022`, `Du 30 décembre 2022 au 2 janvier 2023`."""
    if first == last:
        return weekday(first).capitalize()
    if first.year != last.year:
        return f"Du {day_in_words(first)} au {day_in_words(last)}"
    if first.month != last.month:
        return f"Du {_number(first)} {_MONTHS[first.month - 1]} au {day_in_words(last)}"
    return f"Du {_number(first)} au {day_in_words(last)}"


def span(start: datetime, end: datetime, *, all_day: bool = False) -> str:
    """Both on the same clock. `Mardi 29 novembre 2022, de 15 h à 17 h 30`; several days: without hours."""
    said = days(start.date(), end.date())
    if all_day or start.date() != end.date():
        return said
    return f"{said}, de {hour(start)} à {hour(end)}"


def hour(moment: datetime) -> str:
    """`15 h`, `9 h 05`"""
    return f"{moment.hour} h {moment.minute:02}" if moment.minute else f"{moment.hour} h"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
