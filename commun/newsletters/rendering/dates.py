"""Dates as French people write them, found in a text. Pure: text in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janv(?:ier|\\.)", "f[ée]v(?:rier|r?\\.)", "mars", "avr(?:il|\\.)", "mai", "juin", "juil(?:let|\\.)", "ao[uû]t",
    "sept(?:embre|\\.)", "oct(?:obre|\\.)", "nov(?:embre|\\.)", "d[ée]c(?:embre|\\.)",
)  # fmt: skip
_DAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\s+)?(?:1er|\d{{1,2}})"
_BETWEEN = r"(?:\s*(?:,|&|–|—|-)\s*|\s+(?:au|et|ou|à)\s+)"
_WRITTEN = re.compile(
    rf"(?<![\w.,])(?P<days>{_DAY}(?:{_BETWEEN}(?:le\s+)?{_DAY})*)\s+"
    rf"(?P<month>{'|'.join(_MONTHS)})(?![\wà-ÿ])(?:\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])")
_ONE_DAY = re.compile(rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)})\s+)?(?P<day>1er|\d{{1,2}})", re.IGNORECASE)
_JOINS = re.compile(_BETWEEN + r"(?:le\s+)?")


@dataclass(frozen=True)
class Written:
    """A date as it stands in a text. `weekday` from 0 (Monday); None where the text does not say."""

    words: str
    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int

    @property
    def value(self) -> date | None:
        """None without a year, and for a day that does not exist."""
        return self.of(self.year) if self.year else None

    def of(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_possible(self) -> bool:
        return self.of(self.year or 2028) is not None  # 2028 has a 29 February

    def next_after(self, day: date) -> date | None:
        """Where no year is written, the one a reader of that day understands."""
        if self.year:
            return self.value
        found = [self.of(day.year), self.of(day.year + 1)]
        return next((on for on in found if on and on >= day), None)


def written_dates(text: str) -> list[Written]:
    """In their order. `du 22 au 24 novembre 2022` is two dates; the year of the last holds for the whole group."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    matches = list(_WRITTEN.finditer(text))
    years = [int(match["year"]) if match["year"] else None for match in matches]
    for at in range(len(matches) - 2, -1, -1):
        if years[at] is None and _JOINS.fullmatch(text[matches[at].end() : matches[at + 1].start()]):
            years[at] = years[at + 1]
    found = [one for match, year in zip(matches, years, strict=True) for one in _days(match, year)]
    found += [
        Written(match[0], int(match["day"]), int(match["month"]), int(match["year"]), None, match.start())
        for match in _FIGURES.finditer(text)
    ]
    return sorted(found, key=lambda one: one.start)


def _days(match: re.Match[str], year: int | None) -> Iterator[Written]:
    month = next(at for at, name in enumerate(_MONTHS, start=1) if re.fullmatch(name, match["month"], re.IGNORECASE))
    for one in _ONE_DAY.finditer(match["days"]):
        said = one["weekday"]
        yield Written(
            words=f"{one[0]} {match['month']}" + (f" {year}" if year else ""),
            day=int(one["day"].removesuffix("er")),
            month=month,
            year=year,
            weekday=WEEKDAYS.index(said.lower()) if said else None,
            start=match.start() + one.start(),
        )
