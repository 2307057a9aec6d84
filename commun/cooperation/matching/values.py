"""Values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    EXPERIENCE = "experience"
    ARTICLE = "article"
    GUIDE = "guide"
    KIT = "kit"
    CONCEPT = "concept"
    EVENT = "event"
    PEER = "peer"


class Code(StrEnum):
    """Why something is suggested. At equal weight, reasons are told in this order."""

    THEME = "theme"
    WORDS = "words"
    OBSTACLE = "obstacle"
    POPULATION = "population"
    DEPARTEMENT = "departement"
    REGION = "region"
    STAGE = "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the register. `kind` is the register's: only places of one kind are compared by size.

    `key`, `departement` and `region` are keys; their names are needed on the side of the need only.
    """

    kind: str
    key: str = ""
    population: int | None = None
    departement: str = ""
    departement_name: str = ""
    region: str = ""
    region_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedText:
    """What somebody needs. Everything may be empty."""

    theme: str = ""
    theme_title: str = ""
    title: str = ""
    text: str = ""
    constraints: str = ""
    stage: str = ""
    stage_label: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, and how much one of its words counts."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may be suggested.

    Obstacles are read in `difficulties`, where naming one is enough ("le temps"), and in `circumstances`, where it must
    be said to be one ("nous manquions de temps"). Nothing is suggested from `until` on.
    """

    key: str
    kind: Kind
    title: str = ""
    texts: tuple[Text, ...] = ()
    difficulties: str = ""
    circumstances: str = ""
    themes: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    stage: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A true sentence, in French, and what it weighs in the score."""

    code: Code
    sentence: str
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """`score` sums everything that was found, also what is not told: three reasons at most are, the strongest first."""

    key: str
    kind: Kind
    score: float
    reasons: tuple[Reason, ...]
