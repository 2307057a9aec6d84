"""What the other columns of a file of addresses say: which they are, by their headings; a day; a département.

Pure. Headings are read with `word`: « Date d’inscription » is `datedinscription`.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Collection, Mapping, Sequence

from commun.common import french
from commun.subscribers.address_columns import seen, word


class Other(enum.StrEnum):
    """What a column may hold beside addresses."""

    TOPICS = "topics"
    PLACE = "place"
    DATE = "date"
    SOURCE = "source"


# Of each, the surest first: a tool gives several dates, of which one is that of the agreement.
_HEADINGS: Mapping[Other, Sequence[str]] = {
    Other.TOPICS: """thematiques thematique thematiqueschoisies themes theme sujets sujet rubriques rubrique
        centresdinteret centredinteret interets topics topic interests""".split(),
    Other.PLACE: """departement codedepartement numerodepartement dept dep codedept codepostal cp postalcode postcode
        zipcode zip territoire""".split(),
    Other.DATE: """datedelaccord dateduconsentement datedeconsentement dateconsentement consentementle confirmtime
        confirmedat dateconfirmation datedeconfirmation optintime optindate dateoptin doubleoptin datedinscription
        dateinscription datedabonnement dateabonnement inscritle inscritele abonnele abonneele subscribedat
        subscribedate signupdate""".split(),
    Other.SOURCE: "sourceduconsentement source origine provenance signupsource optinsource".split(),
}
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?: .*)?"),
    re.compile(r"(?P<day>\d{1,2})(?:er)?\s+(?P<name>[^\W\d]+\.?)\s+(?P<year>\d{4})(?:\s.*)?"),
)
_MONTHS = {word(french.month(datetime.date(2000, month, 1))).rstrip("0123456789"): month for month in range(1, 13)}
_OLDEST = 1990  # nobody had agreed to receive mail before
_POSTCODE = re.compile(r"\d{5}")
_CODE = re.compile(r"\(?\b(\d{2,3}|2[ab])\b\)?", re.IGNORECASE)
_EVERYTHING = frozenset(("tous", "toutes", "tout", "all", "touslesnumeros", "touteslesthematiques"))


def guessed(headings: Sequence[str], *, addresses: Collection[int]) -> dict[Other, int]:
    """Which column holds what, by its heading alone; those of addresses apart."""
    words = [word(heading) if at not in addresses else "" for at, heading in enumerate(headings)]
    found = {}
    for other, known in _HEADINGS.items():
        column = next((words.index(heading) for heading in known if heading in words), None)
        if column is not None:
            found[other] = column
    return found


def parts(cell: str) -> list[str]:
    """Several values in one cell, as people and tools write them."""
    return [part for one in re.split(r"[,;|/\n]|\s:::\s", seen(cell)) if (part := one.strip())]


def is_everything(cell: str) -> bool:
    return word(cell) in _EVERYTHING


def day(cell: str, *, today: datetime.date) -> datetime.date | None:
    """The day it says, as dates are written in France, or by programs; None where it says none, or one to come."""
    text = " ".join(seen(cell).split())
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            named = found.groupdict()
            month = int(named["month"]) if named.get("month") else _MONTHS.get(word(named["name"]), 0)
            try:
                said = datetime.date(int(named["year"]), month, int(named["day"]))
            except ValueError:
                return None
            return said if said.year >= _OLDEST and said <= today else None
    return None


def departement(cell: str, *, names: Mapping[str, str]) -> str:
    """The code of the département it names: « 35 », « Ille-et-Vilaine », « 35 – Ille-et-Vilaine », « 35000 ».
    `names`: name by code. Empty where it names none."""
    text = seen(cell)
    known = {word(name): code for code, name in names.items()}
    if (code := known.get(word(text))) is not None:
        return code
    if _POSTCODE.fullmatch(text):
        return _of_postcode(text, names)
    found = _CODE.search(text)
    code = found[1].upper() if found else f"0{text}" if re.fullmatch(r"\d", text) else ""
    if code.startswith("0") and len(code) == 3:
        code = code[1:]  # « 035 »
    if code not in names:
        return ""
    said = word(text.replace(found[0], "")) if found else ""
    return code if not said or said == word(names[code]) else ""


def _of_postcode(text: str, names: Mapping[str, str]) -> str:
    """Those of Corsica were one département; those overseas have three digits."""
    if text.startswith("20"):
        code = "2A" if text[2] in "01" else "2B"
    else:
        code = text[:3] if text.startswith("97") else text[:2]
    return code if code in names else ""
