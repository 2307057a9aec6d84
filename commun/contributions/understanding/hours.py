"""Hours as French people write them: « de 15h à 17h », « 9 h 30-midi », « à partir de 18h30 », « 14:00 »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_HOUR = (
    r"(?:(?P<h{n}>2[0-4]|1\d|0?\d) ?(?:heures?\b|h(?![a-z])) ?(?P<q{n}>[0-5]\d(?!\d))?"
    r"|(?P<c{n}>2[0-3]|1\d|0?\d):(?P<k{n}>[0-5]\d)(?![\d:])|(?P<x{n}>midi(?! ?\d)|minuit)\b)"
    r"(?P<p{n}> *(?:du soir|de l'apres-midi|du matin|et demie))?"
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
# « le 17 janvier 2027 entre 14 et 16 »: hours without their letter, just behind a day and before nothing one counts
_BARE_RANGE = re.compile(
    r"\b(?:entre|de) +"
    + _BARE
    + r" +(?:et|a) +(?P<b2>2[0-4]|1\d|0?\d)(?= *(?:[.,;:!)\n]|$)| +(?:a|au|dans|en|salle|pour)\b)"
)
_DAY_BEFORE = re.compile(
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|20\d\d|\d/\d{1,2})[ ,:(]{0,4}$"
)
_NIGHT = (time(17), time(9))  # a party that begins after the one ends before the other, on the next day
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
    for pattern in (_RANGE, _SHORT_RANGE, _BARE_RANGE, _ONE):
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
    if "b2" in groups:
        return _bare_range(match)
    last = _time(groups, "2", groups.get("p2")) if "h2" in groups else None
    own = groups.get("p1")
    first = time(int(groups["b1"])) if groups.get("b1") else _time(groups, "1", own)
    if first is not None and last is not None and own is None and (said := groups.get("p2")) and "demie" not in said:
        # « de 6 h à 8 h du soir » begins in the evening too, « de 10 h à 2 h de l'après-midi » does not.
        first = later if (later := _later(first, said)) < last else first
    if first is None or ("h2" in groups and last is None):
        return None
    if last is not None and last <= first and last != time(0) and not (first >= _NIGHT[0] and last <= _NIGHT[1]):
        return None
    if "h2" not in groups and (
        _DURATION.search(match.string[max(0, match.start() - 28) : match.start()])
        or _EACH_WEEK.match(match.string, match.end())
    ):
        return None
    return Hours(first, last, *match.span())


def _bare_range(match: re.Match[str]) -> Hours | None:
    first, last = int(match["b1"]), int(match["b2"])
    if first >= last or not _DAY_BEFORE.search(match.string[max(0, match.start() - 16) : match.start()]):
        return None
    return Hours(time(first), time(last % 24), *match.span())


def _time(groups: dict[str, str | None], n: str, part: str | None) -> time | None:
    if word := groups[f"x{n}"]:
        return (time(12) if word == "midi" else time(0)).replace(minute=30 if "demie" in (part or "") else 0)
    hour = int(groups[f"h{n}"] or groups[f"c{n}"] or 0)
    minute = int(groups[f"q{n}"] or groups[f"k{n}"] or 0)
    if hour == 24:
        return time(0) if not minute else None
    return _later(time(hour, minute), part)


def _later(moment: time, part: str | None) -> time:
    """« 6 h du soir » is 18 h, « 8 heures et demie » 8 h 30."""
    if part is None:
        return moment
    if "demie" in part:
        return moment.replace(minute=30)
    return moment.replace(hour=moment.hour + 12) if "matin" not in part and moment.hour < 12 else moment
