"""Dates: past, contradicted by their weekday, without a year, that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from commun.newsletters.rendering.checks.findings import Finding, Spot, spots
from commun.newsletters.rendering.content import IssueContent
from commun.newsletters.rendering.dates import WEEKDAYS, Written, written_dates

_UNTIL = re.compile(
    r"(?:jusqu['’]au|avant le|d['’]ici (?:le|au)|au plus tard le|date limite\s*:?|clôture le)\s*$", re.IGNORECASE
)
_FROM, _TO = re.compile(r"\bdu\s+(?:le\s+)?$", re.IGNORECASE), re.compile(r"\bau\s+(?:le\s+)?$")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def check_dates(*, content: IssueContent, day: date) -> Iterator[Finding]:
    """`day`: when the issue appears."""
    for spot in spots(content):
        text = spot.text.replace("\u00a0", " ").replace("\u202f", " ")
        found = written_dates(text)
        for written in found:
            yield from _one(spot=spot, written=written, day=day, text=text)
        if spot.name == "when" and found:
            yield from _over(spot=spot, found=found, day=day)
        yield from _backwards(spot=spot, found=found, text=text)


def _one(*, spot: Spot, written: Written, day: date, text: str) -> Iterator[Finding]:
    if not written.is_possible:
        yield spot.find("date_impossible", "blocking", f"« {written.words} » n’existe pas.")
        return
    if written.weekday is not None:
        understood = written.next_after(day)
        if understood is not None and understood.weekday() != written.weekday:
            yield spot.find(
                "weekday_wrong",
                "blocking",
                f"« {written.words} » : le {understood.day} {_month(understood)} {understood.year} est un "
                f"{WEEKDAYS[understood.weekday()]}.",
            )
    if written.year is None and (written.weekday is not None or spot.name == "when"):
        yield spot.find("year_missing", "warning", f"« {written.words} » n’a pas d’année.")
    value = written.value
    if value is not None and value < day and (spot.name == "deadline" or _UNTIL.search(text[: written.start])):
        yield spot.find("deadline_past", "blocking", f"« {written.words} » est passé le jour où ce numéro paraît.")


def _over(*, spot: Spot, found: list[Written], day: date) -> Iterator[Finding]:
    last = max((value for value in (one.value for one in found) if value), default=None)
    if last is not None and last < day:
        yield spot.find("event_past", "blocking", f"« {spot.text} » est passé le jour où ce numéro paraît.")


def _backwards(*, spot: Spot, found: list[Written], text: str) -> Iterator[Finding]:
    for first, second in pairwise(found):
        between = text[first.start : second.start]
        if _TO.search(between) and _FROM.search(text[: first.start]):
            start, end = first.value, second.value
            if start and end and end < start:
                yield spot.find("dates_backwards", "blocking", f"« {between}{second.words} » finit avant de commencer.")


def _month(on: date) -> str:
    return _MONTHS[on.month - 1]
