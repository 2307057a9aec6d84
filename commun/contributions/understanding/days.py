"""Days as French people write them: « mardi 29 novembre », « du 7 au 10 décembre », « les 7 et 8/12 », « demain »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    "jan": 1, "janv": 1, "janvier": 1, "fev": 2, "fevr": 2, "fevrier": 2, "mars": 3, "avr": 4, "avril": 4, "mai": 5,
    "juin": 6, "juil": 7, "juillet": 7, "aout": 8, "sept": 9, "septembre": 9, "oct": 10, "octobre": 10, "nov": 11,
    "novembre": 11, "dec": 12, "decembre": 12,
}  # fmt: skip
_WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}
_W = r"(?:(?P<w{n}>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun\.|mar\.|mer\.|jeu\.|ven\.|sam\.|dim\.),? +(?:le +)?)?"
_D = r"(?P<d{n}>[12]\d|3[01]|0?[1-9])(?: ?er\b)?"
_MONTH_NAME = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|janv\.?|fevr?\.|avr\.|juil\.|sept\.?|oct\.|nov\.|dec\.)(?![a-z])"
)
_M = rf"(?P<m{{n}}>{_MONTH_NAME})"
_Y = r"(?:,? +(?P<y{n}>20\d\d)(?![\d]))?"
_NAMED = rf"{_D} +{_M}{_Y}"
_NUMERIC = r"(?P<e{n}>[12]\d|3[01]|0?[1-9])(?P<s{n}>[/.\-])(?P<n{n}>1[0-2]|0?[1-9])(?:(?P=s{n})(?P<z{n}>20\d\d|\d\d))?"
_ISO = r"(?<![\d-])(?P<i{n}>20\d\d)-(?P<j{n}>1[0-2]|0[1-9])-(?P<k{n}>[0-2]\d|3[01])(?![\d-])"
_NOT_NUMBER_BEFORE = r"(?<![\d/.\-:,])"
_NOT_NUMBER_AFTER = r"(?![\d]|[/.\-]\d|[,]\d)"
_NOT_WORD_BEFORE = r"(?<![\w/:.\-])"


def _build(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _day(n: int, *notations: str) -> str:
    return (_W + "(?:" + "|".join(notations) + ")").replace("{n}", str(n))


# However a day is written, the same at either end of a range: « 2027-03-08 », « 8/03 », « 8 mars 2027 »
_FIGURES = (_ISO, _NOT_NUMBER_BEFORE + _NUMERIC + _NOT_NUMBER_AFTER)
_WRITTEN = (*_FIGURES, _NOT_WORD_BEFORE + _NAMED)
# At the first end its number may stand alone: « du 7 au », but not the minutes of « 9 h 30 au »
_FIRST = _day(1, *_FIGURES, _NOT_WORD_BEFORE + rf"(?<!h ){_D}(?: +{_M}{_Y})?")
_LAST = _day(2, *_WRITTEN)
# An hour that is said of each end: « du lundi 4 à 9 h au mardi 5 janvier à 17 h »
_AT_HOUR = r"(?:,? *(?:a|des|de) *\d{1,2} ?(?:h|heures?) ?(?:[0-5]\d)?)?"
_TO = r" *(?:au|jusqu'au|jusqu'a|->|=>|→) *(?:le +)?"
# « du 7 au 10 décembre », « 3 juin au 8/08/2027 », « du jeudi 30 novembre au samedi 2 décembre 2026 »
_RANGE = _build(r"(?P<open>\b(?:du|des le|de|depuis le) +)?" + _FIRST + _AT_HOUR + _TO + _LAST)
# « entre le 5 et le 9 octobre 2027 »
_RANGE_BETWEEN = _build(r"(?P<open>\bentre +(?:le +)?)" + _FIRST + _AT_HOUR + r" +et +(?:le +)?" + _LAST)
# « 28 janvier – 3 février 2027 », « 05/07/2027 - 09/07/2027 »
_RANGE_DASHED = _build(_day(1, *_WRITTEN) + r" +- +" + _LAST)
# « 28 janvier–3 février 2027 », « 05/07-09/07/2027 », « 2027-03-08/2027-03-12 »
_RANGE_CLOSE = _build(_day(1, _NOT_WORD_BEFORE + _NAMED) + r" *- *" + _day(2, _NUMERIC + _NOT_NUMBER_AFTER, _NAMED))
_RANGE_SLASHED = _build(_NOT_NUMBER_BEFORE + _day(1, _NUMERIC) + "-" + _day(2, _NUMERIC) + _NOT_NUMBER_AFTER)
_RANGE_ISO = _build(_day(1, _ISO) + "/" + _day(2, _ISO))
# « les 7, 8 et 9 décembre », « le 7 et le 8 décembre », « les mardis 7 et 14/12/2027 », « 7 & 8 décembre »
_WEEKDAY = r"(?:(?:[a-z]{2,6}di|dimanche)s? +)?"
_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?: ?er\b)?"
_AND = r" *(?:, *(?:et|ou|puis)\b|,|et|&|ou|puis|ainsi que|-) *"
_LIST = _build(
    rf"(?<!\bau )\b(?P<open>(?:\bles? +)?{_WEEKDAY})(?<![\w/])(?<!\d[.:])(?<!\w-)"
    rf"(?P<list>{_NUMBER}(?:{_AND}(?:le +)?{_WEEKDAY}{_NUMBER}){{0,8}}{_AND}(?:le +)?)"
    + _day(1, _NUMERIC + _NOT_NUMBER_AFTER, _NAMED)
)
# Above what says its month: « du 8 au 10 et du 15 au 17 mars », « le 12 à 9 h et le 13 avril à 14 h »
_HOURS = (
    r"(?:,? *(?:a|des|de) *\d{1,2} ?(?:h|heures?) ?(?:[0-5]\d)?(?: *(?:a|-) *\d{1,2} ?(?:h|heures?) ?(?:[0-5]\d)?)?)?"
)
_BEFORE_ITS_MONTH = _build(
    rf"\b(?:(?:du|de) +{_day(1, _D)}{_TO}{_day(2, _D)}|le +{_day(3, _D)})(?={_HOURS}{_AND}(?P<next>(?:(?:du|de|le) )?))"
)
_SINGLE = _build(r"(?<![\d/])" + _day(1, _NAMED))
_SINGLE_NUMERIC = _build(_NOT_NUMBER_BEFORE + _day(1, _NUMERIC) + _NOT_NUMBER_AFTER)
_SINGLE_ISO = _build(_day(1, _ISO))
_RELATIVE = _build(
    r"\b(?:(?P<when>apres-demain|demain)|(?:ce +)?(?P<w1>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) +prochain"
    r"|ce +(?P<w2>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?! +\d))\b"
)
_BEFORE_NUMERIC = re.compile(r"(?:\b(?:le|du|au|les?|date *:|quand *:|di|avant|jusqu'au)|\.) *$|\bdi,? +$")
_LONGEST_RANGE = timedelta(days=731)  # a residency, a season; beyond, a period that is told


@dataclass(frozen=True, slots=True)
class Days:
    """`first` to `last`, both included, written at [start, end). `guessed`: the year is ours. `odd`: weekday wrong."""

    first: date
    last: date
    start: int
    end: int
    guessed: bool = False
    odd: bool = False


def read(text: str, *, today: date) -> list[Days]:
    """Every day or range in a folded text, in order; what one reading took, no other takes."""
    found: list[Days] = []
    taken = bytearray(len(text))  # by character
    readers = (
        (_RANGE_BETWEEN, _range),
        (_RANGE, _range),
        (_RANGE_DASHED, _range),
        (_RANGE_CLOSE, _range),
        (_RANGE_SLASHED, _range_slashed),
        (_RANGE_ISO, _range),
        (_LIST, _list),
        (_SINGLE, _single),
        (_SINGLE_ISO, _single),
        (_SINGLE_NUMERIC, _single_numeric),
        (_RELATIVE, _relative),
    )
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            days = list(reader(match, today))
            if days or reader is _range:  # what is a range, even a senseless one, is never two events
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                found += days
    found += _before_their_month(text, found, taken)
    return sorted(found, key=lambda one: (one.start, one.first))


def _before_their_month(text: str, found: list[Days], taken: bytearray) -> Iterator[Days]:
    """Days whose month is said by those that follow."""
    known = {one.start: one for one in found}
    for match in reversed(list(_BEFORE_ITS_MONTH.finditer(text))):
        after = known.get(match.start("next")) or known.get(match.end("next"))
        if after is None or any(taken[match.start() : match.end()]):
            continue
        numbers = [int(match[name]) for name in ("d1", "d2", "d3") if match[name]]
        days = [_at(after.first.year, after.first.month, number) for number in numbers]
        first, last = days[0], days[-1]
        if first is not None and last is not None and first <= last < after.first:
            known[match.start()] = Days(first, last, *match.span(), guessed=after.guessed, odd=after.odd)
            yield known[match.start()]


def _range(match: re.Match[str], today: date) -> Iterator[Days]:
    (day1, month1, year1), (day2, month2, year2) = _read_day(match, "1"), _read_day(match, "2")
    month1, weekday1, weekday2 = month1 or month2, match["w1"], match["w2"]
    if not (year1 or year2 or weekday1 or weekday2) and _may_be_numbers(match):
        return
    last = _resolve(day2, month2, year2 or (year1 and year1 + (month1 > month2)), weekday2, today)
    if last is None:
        return
    first = _at(year1 or (last[0].year if month1 <= month2 else last[0].year - 1), month1, day1)
    if first is None or first > last[0] or last[0] - first > _LONGEST_RANGE:
        return
    odd = last[1] or (weekday1 is not None and first.weekday() != _weekday(weekday1))
    yield Days(first, last[0], *match.span(), guessed=not (year1 or year2), odd=odd)


def _may_be_numbers(match: re.Match[str]) -> bool:
    """« de la version 3.5 au 4.2 », where « du 3.5 au 8.5 » is a range."""
    groups = match.groupdict()
    return "." in (groups["s1"], groups["s2"]) and (groups.get("open") or "").strip() in ("", "de")


def _range_slashed(match: re.Match[str], today: date) -> Iterator[Days]:
    """« 1/2-3/4 » may be fractions, « 01-02-03-04 » a number: slashes and a year say that these are days."""
    if match["s1"] == match["s2"] == "/" and match["z2"]:
        yield from _range(match, today)


def _list(match: re.Match[str], today: date) -> Iterator[Days]:
    day, month, year = _read_day(match, "1")
    listed = match["list"]
    if not match["open"] and ((match["n1"] and not year) or re.search(r"\ble\b", listed)):
        return  # « 3 et 4/10 des voix », « nous étions 12 et le 13 avril »
    last = _resolve(day, month, year, match["w1"], today)
    if last is None:
        return
    numbers = [int(n) for n in re.findall(r"\d+", listed)]
    days = [_at(last[0].year, last[0].month, number) for number in numbers]
    if None in days or sorted(numbers) != numbers or numbers[-1] >= last[0].day:
        return
    if listed.rstrip(" le").endswith("-") and len(numbers) == 1:
        yield Days(days[0] or last[0], last[0], *match.span(), guessed=not year, odd=last[1])
        return
    for one in (*filter(None, days), last[0]):
        yield Days(one, one, *match.span(), guessed=not year, odd=last[1])


def _single(match: re.Match[str], today: date) -> Iterator[Days]:
    day, month, year = _read_day(match, "1")
    found = _resolve(day, month, year, match["w1"], today)
    if found is not None:
        yield Days(found[0], found[0], *match.span(), guessed=not year, odd=found[1])


def _single_numeric(match: re.Match[str], today: date) -> Iterator[Days]:
    """« 3/12 » may be three twelfths, « 01.02 » a version: without a year, a word before must say that it is a day."""
    if not match["z1"] and not match["w1"]:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if match["s1"] != "/" or not _BEFORE_NUMERIC.search(before):
            return
    yield from _single(match, today)


def _relative(match: re.Match[str], today: date) -> Iterator[Days]:
    if match["when"]:
        day = today + timedelta(days=1 if match["when"] == "demain" else 2)
    else:
        day = today + timedelta(days=(_weekday(match["w1"] or match["w2"]) - today.weekday() - 1) % 7 + 1)
    yield Days(day, day, *match.span(), guessed=True)


def _read_day(match: re.Match[str], n: str) -> tuple[int, int, int]:
    """(day, month, year) of one end, whichever notation wrote it; 0 for what it leaves out."""
    groups = match.groupdict()

    def said(letters: str) -> str:
        return next((found for letter in letters if (found := groups.get(letter + n))), "")

    return int(said("dek")), _month(said("mnj")), _year(said("yzi"))


def _resolve(day: int, month: int, year: int, weekday: str | None, today: date) -> tuple[date, bool] | None:
    """The day, and whether its weekday is not what was written. Without a year, the one that comes next.

    A day of the last month is taken as past, since people tell what just happened; where a weekday is written, it
    decides among the years around.
    """
    if year:
        found = _at(year, month, day)
        return None if found is None else (found, weekday is not None and found.weekday() != _weekday(weekday))
    around = [found for offset in (0, 1, -1) if (found := _at(today.year + offset, month, day)) is not None]
    if not around:
        return None
    near = [found for found in around if found >= today - timedelta(days=31)]
    best = min(near or around, key=lambda found: abs((found - today).days))
    if weekday is None:
        return best, False
    fitting = [found for found in around if found.weekday() == _weekday(weekday)]
    fitting.sort(key=lambda found: (found < today - timedelta(days=31), abs((found - today).days)))
    return (fitting[0], False) if fitting else (best, True)


def _at(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str | None) -> int:
    if not word:
        return 0
    return int(word) if word.isdigit() else _MONTHS.get(word.rstrip("."), 0)


def _year(word: str | None) -> int:
    return 0 if not word else int(word) if len(word) == 4 else 2000 + int(word)


def _weekday(word: str) -> int:
    return _WEEKDAYS[word[:3]]
