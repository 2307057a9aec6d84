"""A small language of conditions on readers: what a list is filtered by, what a segment keeps, what a send carries.

A segment is a list of conditions that all hold; a condition names what it looks at, one or several values of which one
is enough, and whether it keeps them or leaves them out. In JSON, where a send and a segment keep it:

    [{"on": "topic", "values": ["3", "5"]}, {"on": "operator", "values": ["2"], "except": true}]

Pure: `selectors.segments` turns it into SQL, and finds the names that `say` puts into a sentence.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commun.common import french
from commun.subscribers.types import Preference, SubscriberState

MOST_CONDITIONS = 24
MOST_VALUES = 60
LONGEST_VALUE = 253  # a domain's
_DOMAIN = re.compile(r"[^\s@/]+\.[^\s@/]+")


class On(enum.StrEnum):
    """What a condition looks at."""

    STATE = "state"
    PAUSE = "pause"
    RECEIVES = "receives"
    TOPIC = "topic"
    OPERATOR = "operator"
    DOMAIN = "domain"
    DEPARTEMENT = "departement"
    SOURCE = "source"
    SINCE = "since"
    BEFORE = "before"
    LEFT_SINCE = "left_since"
    LEFT_BEFORE = "left_before"
    BOUNCES = "bounces"


LABELS: Mapping[On, str] = {
    On.STATE: "état",
    On.PAUSE: "pause",
    On.RECEIVES: "reçoit",
    On.TOPIC: "thématiques choisies",
    On.OPERATOR: "messagerie",
    On.DOMAIN: "domaine",
    On.DEPARTEMENT: "département",
    On.SOURCE: "apporté·e par",
    On.SINCE: "abonnement depuis le",
    On.BEFORE: "abonnement avant le",
    On.LEFT_SINCE: "départ depuis le",
    On.LEFT_BEFORE: "départ avant le",
    On.BOUNCES: "rejets récents",
}
DATES = frozenset((On.SINCE, On.BEFORE, On.LEFT_SINCE, On.LEFT_BEFORE))
HERSELF = "0"  # as a source: whom no file brought
_NUMBERS = frozenset((On.TOPIC, On.OPERATOR, On.DEPARTEMENT, On.SOURCE))
WORDS: Mapping[On, Mapping[str, str]] = {
    On.STATE: {
        SubscriberState.ACTIVE.value: "abonné·e",
        SubscriberState.PENDING.value: "à confirmer",
        SubscriberState.UNSUBSCRIBED.value: "désabonné·e",
    },
    On.RECEIVES: {
        Preference.EVERY_ISSUE.value: "tous les numéros",
        Preference.CHOSEN_TOPICS.value: "des thématiques choisies",
    },
    On.PAUSE: {"yes": "oui", "no": "non"},
    On.BOUNCES: {"yes": "oui", "no": "non"},
}


class BadCondition(ValueError):
    """`str(error)` says in French what cannot be read."""


@dataclass(frozen=True, slots=True)
class Condition:
    on: On
    values: tuple[str, ...]
    negated: bool = False

    def __post_init__(self) -> None:
        if not self.values or len(self.values) > MOST_VALUES:
            raise BadCondition(f"« {LABELS[self.on]} » : entre une et {MOST_VALUES} valeurs.")
        for value in self.values:
            _check(self.on, value)

    def as_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"on": self.on.value, "values": list(self.values)}
        return kept | {"except": True} if self.negated else kept


Segment = tuple[Condition, ...]


def _check(on: On, value: str) -> None:
    if not value or len(value) > LONGEST_VALUE or "\0" in value:
        raise BadCondition(f"« {LABELS[on]} » : valeur vide ou trop longue.")
    if on in WORDS and value not in WORDS[on]:
        raise BadCondition(f"« {LABELS[on]} » : valeur inconnue.")
    if on in _NUMBERS and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise BadCondition(f"« {LABELS[on]} » : valeur inconnue.")
    if on == On.DOMAIN and not _DOMAIN.fullmatch(value):
        raise BadCondition(f"« {value} » n’est pas un domaine : écrivez par exemple « mairie.example.org ».")
    if on in DATES:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise BadCondition(f"« {LABELS[on]} » : cette date n’existe pas.") from None


def segment(conditions: Iterable[Condition]) -> Segment:
    """In the order of the language, whatever the order given: two that say the same are equal.

    Raises `BadCondition`.
    """
    order = list(On)
    kept = {(one.on, one.negated, tuple(sorted(set(one.values)))) for one in conditions}
    if len(kept) > MOST_CONDITIONS:
        raise BadCondition(f"Un segment a {MOST_CONDITIONS} conditions au plus.")
    return tuple(
        Condition(on, values, negated)
        for on, negated, values in sorted(kept, key=lambda one: (order.index(one[0]), one[1], one[2]))
    )


def read(raw: Any) -> Segment:
    """From JSON. Nothing that is not of the language passes: a segment misread would write to the wrong people.

    Raises `BadCondition`.
    """
    if not isinstance(raw, list) or len(raw) > MOST_CONDITIONS:
        raise BadCondition("Ces conditions ne peuvent pas être lues.")
    return segment(_read_one(one) for one in raw)


def _read_one(raw: Any) -> Condition:
    if not isinstance(raw, dict) or not raw.keys() <= {"on", "values", "except"}:
        raise BadCondition("Une condition ne peut pas être lue.")
    values, negated = raw.get("values"), raw.get("except", False)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadCondition("Les valeurs d’une condition ne peuvent pas être lues.")
    if not isinstance(negated, bool) or raw.get("on") not in set(On):
        raise BadCondition("Une condition n’est pas de celles que l’on connaît.")
    return Condition(On(raw["on"]), tuple(values), negated)


def as_json(conditions: Sequence[Condition]) -> list[dict[str, Any]]:
    return [one.as_json() for one in conditions]


def say(conditions: Sequence[Condition], *, names: Mapping[tuple[On, str], str]) -> str:
    """One line: « état : abonné·e ; messagerie : ni Orange ni La Poste ». `names` of what is known by its number."""
    return " ; ".join(_say_one(one, names) for one in conditions) or "tout le monde"


def _say_one(one: Condition, names: Mapping[tuple[On, str], str]) -> str:
    label = LABELS[one.on]
    if one.on in DATES:
        said = french.day(date.fromisoformat(one.values[0]))
        return f"{'pas de ' if one.negated else ''}{label} {said}"
    words = [_word(one.on, value, names) for value in one.values]
    if one.negated:
        return f"{label} : ni {' ni '.join(words)}" if len(words) > 1 else f"{label} : pas {words[0]}"
    return f"{label} : {french.either(words)}"


def _word(on: On, value: str, names: Mapping[tuple[On, str], str]) -> str:
    if on in WORDS:
        return WORDS[on][value]
    if on == On.SOURCE and value == HERSELF:
        return "aucun fichier"
    return names.get((on, value), "(n’existe plus)") if on in _NUMBERS else value
