"""Hours as French people write them: « de 15h à 17h », « 9 h 30-midi », « à partir de 18h30 », « 14:00 »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_HOUR = (
    r"(?:(?P<h{n}>2[0-4]|1\d|0?\d) ?(?:heures?\b|h(?![a-z])) ?(?P<q{n}>[0-5]\d(?!\d))?"
    r"|(?P<c{n}>2[0-3]|1\d|0?\d):(?P<k{n}>[0-5]\d)(?![\d:])|(?P<x{n}>midi(?! ?\d)|minuit)\b)"
)
_BARE = r"(?P<b1>2[0-3]|1\d|0?\d)"
_RANGE = re.compile(
    r"(?<![\w:/])(?:(?:de|entre|d'|des) +)?"
    + _HOUR.replace("{n}", "1")
    + r" *(?:-|/|>|=>|→|a|et|jusqu'a|au) *"
    + _HOUR.replace("{n}", "2")
)
# « de 9 à 12h », « 14-16h »
_SHORT_RANGE = re.compile(r"(?<![\w:/.,])(?:(?:de|entre) +)?" + _BARE + r" *(?:-|/|a|et) *" + _HOUR.replace("{n}", "2"))
_ONE = re.compile(r"(?<![\w:/.,])(?:(?:a|des|a partir de|vers|de|d') *)?" + _HOUR.replace("{n}", "1"))
_DURATION = re.compile(r"\b(?:pendant|duree|dure|toutes les|en|sous|moins de|plus de|soit|volume de)[a-z ]{0,12}:? *$")
_EACH_WEEK = re.compile(r" *(?:par (?:jour|semaine|mois)|hebdomadaires?|de (?:formation|travail|trajet|route)|/)")


@dataclass(frozen=True, slots=True)
class Hours:
    """`last` is None where only the beginning is said."""

    first: time
    last: time | None
    start: int
    end: int


def read(text: str) -> list[Hours]:
    """Every hour or range of a folded text, in order."""
    found: list[Hours] = []
    taken = bytearray(len(text))  # by character
    for pattern in (_RANGE, _SHORT_RANGE, _ONE):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            hours = _hours(match)
            if hours is not None:
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                found.append(hours)
    return sorted(found, key=lambda one: one.start)


def _hours(match: re.Match[str]) -> Hours | None:
    groups = match.groupdict()
    first = time(int(groups["b1"])) if groups.get("b1") else _time(groups, "1")
    last = _time(groups, "2") if "h2" in groups else None
    if first is None or ("h2" in groups and (last is None or (last <= first and last != time(0)))):
        return None
    if "h2" not in groups and (
        _DURATION.search(match.string[max(0, match.start() - 28) : match.start()])
        or _EACH_WEEK.match(match.string, match.end())
    ):
        return None
    return Hours(first, last, *match.span())


def _time(groups: dict[str, str | None], n: str) -> time | None:
    if word := groups[f"x{n}"]:
        return time(12) if word == "midi" else time(0)
    hour = int(groups[f"h{n}"] or groups[f"c{n}"] or 0)
    minute = int(groups[f"q{n}"] or groups[f"k{n}"] or 0)
    if hour == 24:
        return time(0) if not minute else None
    return time(hour, minute)
