"""French as it is written: dates, hours, numbers, plurals, elision. Values in, words out; whoever calls puts instants
on the clock they are to be read on.

Spaces inside a number are narrow and do not break (U+202F); nor do those before a unit, inside an hour, between a day
and its month (U+00A0).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

THIN = "\u202f"
NBSP = "\u00a0"

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


# --- Dates and hours ------------------------------------------------------------------------------


def month(on: date) -> str:
    """`novembre 2022`"""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def short_month(on: date) -> str:
    """`nov. 2022`"""
    return f"{_SHORT_MONTHS[on.month - 1]} {on.year}"


def day(on: date) -> str:
    """`1er décembre 2022`"""
    return f"{_number(on)}{NBSP}{month(on)}"


def short_day(on: date) -> str:
    """`1er décembre`, where the year goes without saying."""
    return f"{_number(on)}{NBSP}{_MONTHS[on.month - 1]}"


def weekday(on: date) -> str:
    """`mardi 29 novembre 2022`"""
    return f"{_DAYS[on.weekday()]} {day(on)}"


def weekday_name(on: date) -> str:
    """`mardi`"""
    return _DAYS[on.weekday()]


def hour(at: time | datetime) -> str:
    """`15 h`, `9 h 05`"""
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02}" if at.minute else f"{at.hour}{NBSP}h"


def moment(at: datetime) -> str:
    """`1er mars 2027 à 15 h 30`"""
    return f"{day(at)} à {hour(at)}"


def short_moment(at: datetime) -> str:
    """`1er mars à 15 h 30`"""
    return f"{short_day(at)} à {hour(at)}"


def weekday_moment(at: datetime) -> str:
    """`lundi 1er mars 2027 à 15 h 30`"""
    return f"{weekday(at)} à {hour(at)}"


def days(first: date, last: date) -> str:
    """`Mardi 29 novembre 2022`, `Du 7 au 10 décembre 2022`, `Du 30 décembre 2022 au 2 janvier 2023`."""
    if first == last:
        return weekday(first).capitalize()
    if first.year != last.year:
        return f"Du {day(first)} au {day(last)}"
    if first.month != last.month:
        return f"Du {short_day(first)} au {day(last)}"
    return f"Du {_number(first)} au {day(last)}"


def span(start: datetime, end: datetime, *, all_day: bool = False) -> str:
    """Both on the same clock. `Mardi 29 novembre 2022, de 15 h à 17 h 30`; several days: without hours."""
    said = days(start.date(), end.date())
    if all_day or start.date() != end.date():
        return said
    return f"{said}, de {hour(start)} à {hour(end)}"


def long_span(start: datetime, end: datetime) -> str:
    """Of several days, with hours: `Du 7 décembre 2022 à 9 h au 10 décembre 2022 à 17 h 30`; the year once where it is
    the same."""
    first = short_moment(start) if start.year == end.year else moment(start)
    return f"Du {first} au {moment(end)}"


def age(on: date, *, today: date) -> str:
    """`aujourd’hui`, `hier`, `il y a 3 jours`; a day to come is today."""
    gone = (today - on).days
    if gone <= 0:
        return "aujourd’hui"
    return "hier" if gone == 1 else f"il y a {count(gone, 'jour')}"


def ago(at: datetime, *, now: datetime) -> str:
    """`à l’instant`, `il y a 5 minutes`, `il y a 3 heures`, then as `age`. Both on the same clock."""
    gone = now - at
    if gone < timedelta(minutes=1):
        return "à l’instant"
    if gone < timedelta(days=1):
        return f"il y a {spell(gone)}"
    return age(at.date(), today=now.date())


def spell(lasting: timedelta) -> str:
    """`moins d’une minute`, `5 minutes`, `3 heures`, `2 jours`: the largest unit alone."""
    seconds = int(lasting.total_seconds())
    for unit, length in (("jour", 86_400), ("heure", 3_600), ("minute", 60)):
        if seconds >= length:
            return count(seconds // length, unit)
    return "moins d’une minute"


def term(lasting: timedelta) -> str:
    """How long something is kept, as it was decided: `3 ans`, `30 jours`."""
    years, rest = divmod(lasting.days, 365)
    return count(years, "an") if years and rest <= years else count(lasting.days, "jour")


def _number(on: date) -> str:
    return "1er" if on.day == 1 else str(on.day)


# --- Numbers --------------------------------------------------------------------------------------


def number(value: float, *, decimals: int = 0) -> str:
    """`36 325`, `−12`, `1,5`"""
    # `.0f` would turn a large integer into a float, and lose its last digits.
    digits = f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,.{decimals}f}"
    whole, _, rest = digits.partition(".")
    said = whole.replace(",", THIN) + (f",{rest}" if rest else "")
    return f"−{said}" if value < 0 and said.strip("0,") else said


def percent(value: float, *, decimals: int = 0) -> str:
    """`12 %`, `12,5 %`, `50 %`; what is more than nothing is not written 0: `moins de 0,1 %`."""
    least = 10**-decimals
    if 0 < value < least / 2:
        return f"moins de {number(least, decimals=decimals)}{NBSP}%"
    said = number(value, decimals=decimals)
    return f"{said.rstrip('0').rstrip(',') if ',' in said else said}{NBSP}%"


def weight(size: int) -> str:
    """`1 octet`, `340 ko`, `1,2 Mo`: of a file, by 1,024 as computers show it."""
    if size < 1024:
        return f"{number(size)}{NBSP}{plural(size, 'octet')}"
    for unit, length in (("Go", 1024**3), ("Mo", 1024**2)):
        if size >= length:
            return f"{number(size / length, decimals=int(size < 10 * length)).removesuffix(',0')}{NBSP}{unit}"
    return f"{number(size / 1024)}{NBSP}ko"


def plural(value: float, words: str) -> str:
    """The words that agree with a number: `ligne lue` → `lignes lues` from two on; other plurals are given,
    `est réglé|sont réglés`."""
    one, bar, several = words.partition("|")
    if abs(value) < 2:
        return one
    return several if bar else " ".join(word if word[-1] in "sxz" else f"{word}s" for word in one.split(" "))


def count(value: float, words: str) -> str:
    """`0 ligne lue`, `1 ligne lue`, `36 325 lignes lues`; words as in `plural`."""
    return f"{number(value)} {plural(round(value), words)}"


def either(words: Sequence[str]) -> str:
    """ "Orange", "Orange ou Free", "Orange, Free ou La Poste"."""
    *most, last = words
    return f"{', '.join(most)} ou {last}" if most else last


def rank(value: int) -> str:
    """`1re`, `2e`: of what is feminine, as a theme or a body."""
    return "1re" if value == 1 else f"{value}e"


# --- Names ----------------------------------------------------------------------------------------

# A proper name in H elides, as most places do (d’Hennebont), but those whose H is aspirated; Y and Ou likewise.
_HARD = re.compile(
    r"(?:hau(?:t|te|ts|tes)|hagondange|haguenau|haillicourt|ham|hambach|hamm?eau|hangar|haras|hayange|hœnheim|hoenheim"
    r"|hem|hombourg|hondschoote|honfleur|hongrie|horbourg|houdan|houdain|houilles|houlgate|houplines|huelgoat|huningue"
    r"|halles?|handicap|hors|hub|huit|onze|ouistreham|oui|yaoundé|yenne|youx|yutz|yourte"
    r"|h[a-zà-ÿœ-]*(?:bach|dorf|felden|heim|hoffen|wihr|willer))(?![a-zà-ÿœ])",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[aàâäæeéèêëiîïoôöœuùûühyŷÿ]", re.IGNORECASE)

# Bodies whose name is a common noun, when other words follow it: "de la Communauté de communes…".
_FEMININE = re.compile(
    "(?:agence|association|banque|ca|caisse|cc|chambre|commune|communauté|coopérative|cu|direction|délégation|eurométropole"
    "|fondation|fédération|maison|mairie|mission|métropole|préfecture|région|société|université|ville) [^(]",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    "(?:centre|collectif|comité|commissariat|conseil|département|groupement|institut|laboratoire|ministère|office|parc|petr"
    "|pôle|réseau|syndicat|sivom|sivu) [^(]",
    re.IGNORECASE,
)


def name(text: str) -> str:
    """As it is shown: `L’Haÿ-les-Roses`. The register of places, and keyboards, have straight apostrophes."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def of(text: str) -> str:
    """`d’Arbrissel`, `de Lyon`, `du Havre`, `des Ulis`, `de La Rochelle`, `de la Communauté de communes du Pays`."""
    said = name(text)
    first, _, rest = said.partition(" ")
    if rest and first in {"Le", "Les"}:
        return f"{'du' if first == 'Le' else 'des'} {rest}"
    feminine = _FEMININE.match(said)
    if feminine or _MASCULINE.match(said):
        if _elides(said):
            return f"de l’{said}"
        return f"de la {said}" if feminine else f"du {said}"
    return f"d’{said}" if _elides(said) else f"de {said}"


def that(text: str) -> str:
    """`qu’Arbrissel`, `que Lyon`"""
    said = name(text)
    return f"qu’{said}" if _elides(said) else f"que {said}"


def _elides(said: str) -> bool:
    return _VOWEL.match(said) is not None and _HARD.match(said) is None
