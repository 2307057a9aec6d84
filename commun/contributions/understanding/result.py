"""Values that go in and come out, and the three questions that are asked of outside."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

# From here on a suggestion may fill a field that an editor will confirm; below, it is only shown.
LIKELY = 0.5


class Nature(enum.StrEnum):
    """What a message is. The first six are the kinds of a contribution."""

    RESOURCE = "resource"
    EVENT = "event"
    NEWS = "news"
    NEED = "need"
    PROPOSAL = "proposal"
    QUESTION = "question"
    UNSUBSCRIBE = "unsubscribe"


class Field(enum.StrEnum):
    """What a suggestion is about, and the shape of its `value`."""

    KIND = "kind"  # a `Nature`
    TITLE = "title"
    LINK = "link"  # address
    REGISTRATION = "registration"  # address
    VIDEO = "video"  # address
    TERRITORY = "territory"  # key of the register, "commune:42218"
    SESSION = "session"  # {start, end, all_day, time_zone}, as `contributions.shapes` says
    CANCELLED = "cancelled"  # True: the invitation calls it off
    DEADLINE = "deadline"  # ISO date: until when one answers, not when it happens
    PLACE = "place"  # room, street
    ONLINE = "online"  # True
    ORGANISATION = "organisation"  # key of a known one; "" where only its name is known
    THEME = "theme"  # key of the theme


class Reason(enum.StrEnum):
    """Why we think so; stable words. What an editor reads is `words`."""

    WORDS = "words"
    MAILBOX = "mailbox"
    SUBJECT = "subject"
    FIRST_LINE = "first_line"
    ANCHOR = "anchor"
    BESIDE = "beside"
    ALONE = "alone"
    NAMED = "named"
    POSTCODE = "postcode"
    PARENT = "parent"
    SENDER_PLACE = "sender_place"
    LARGEST = "largest"
    ONE_OF_SEVERAL = "one_of_several"
    WRITTEN_DATE = "written_date"
    YEAR_GUESSED = "year_guessed"
    WEEKDAY_DIFFERS = "weekday_differs"
    PAST = "past"
    CALENDAR = "calendar"
    DOMAIN = "domain"
    FORWARDED = "forwarded"
    CANCELLED = "cancelled"
    SIGNATURE = "signature"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Reason.WORDS: "d’après les mots employés",
    Reason.MAILBOX: "d’après l’adresse à laquelle on a écrit",
    Reason.SUBJECT: "d’après l’objet du message",
    Reason.FIRST_LINE: "d’après la première phrase",
    Reason.ANCHOR: "d’après le texte du lien",
    Reason.BESIDE: "d’après les mots qui précèdent le lien",
    Reason.ALONE: "adresse écrite seule",
    Reason.NAMED: "nom écrit dans le message",
    Reason.POSTCODE: "nom et code postal, ou numéro du département",
    Reason.PARENT: "nom et département ou intercommunalité",
    Reason.SENDER_PLACE: "près de la structure qui écrit",
    Reason.LARGEST: "la plus peuplée de ce nom : à vérifier",
    Reason.ONE_OF_SEVERAL: "plusieurs portent ce nom : à choisir",
    Reason.WRITTEN_DATE: "date écrite dans le message",
    Reason.YEAR_GUESSED: "année déduite de la date de réception",
    Reason.WEEKDAY_DIFFERS: "le jour de la semaine ne correspond pas : à vérifier",
    Reason.PAST: "date passée",
    Reason.CALENDAR: "d’après l’invitation jointe",
    Reason.DOMAIN: "d’après l’adresse de l’expéditeur",
    Reason.SIGNATURE: "d’après la signature",
    Reason.FORWARDED: "d’après l’auteur du message transféré",
    Reason.CANCELLED: "annulé par l’invitation jointe",
}


class Where(enum.StrEnum):
    SUBJECT = "subject"
    BODY = "body"
    SIGNATURE = "signature"
    SENDER = "sender"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence: characters [start, end) of the subject, the body or the signature as they were given."""

    where: Where
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A guess. `label` is what an editor reads; `confidence` goes from 0 to 1."""

    field: Field
    value: Any
    label: str
    confidence: float
    reason: Reason
    evidence: tuple[Span, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field.value,
            "value": self.value,
            "label": self.label,
            "confidence": round(self.confidence, 2),
            "reason": self.reason.value,
            "why": self.reason.words,
            "evidence": [[span.where.value, span.start, span.end] for span in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything suggested, by field, the surest first."""

    suggestions: tuple[Suggestion, ...] = ()

    def all(self, field: Field, *, at_least: float = LIKELY) -> list[Suggestion]:
        return [one for one in self.suggestions if one.field is field and one.confidence >= at_least]

    def best(self, field: Field, *, at_least: float = LIKELY) -> Suggestion | None:
        return next(iter(self.all(field, at_least=at_least)), None)

    def as_json(self) -> list[dict[str, Any]]:
        return [one.as_json() for one in self.suggestions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What somebody wrote: plain texts, and HTML only for the words of its links. `received_at` is aware.

    `is_forwarded`: the sender named here is not who sent it to us. `calendars`: bytes of the iCalendar files. `hint`: what the mailbox or the form says of its nature.
    """

    subject: str
    body: str
    received_at: datetime
    signature: str = ""
    html: str = ""
    sender_address: str = ""
    sender_name: str = ""
    is_forwarded: bool = False
    calendars: tuple[bytes, ...] = ()
    time_zone: str = "Europe/Paris"
    hint: Nature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place of the register. `found_as`: the former or delegated commune by whose name it was found, else ""."""

    key: str
    name: str
    kind: str
    label: str
    departement_code: str = ""
    departement: str = ""
    region: str = ""
    epci: str = ""
    postcodes: tuple[str, ...] = ()
    population: int = 0
    time_zone: str = "Europe/Paris"
    found_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganisation:
    """`domain`: host of its site without "www.", or "". `place`: where it is, if the register knows."""

    key: str
    name: str
    domain: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWords:
    """A theme, and the words and expressions that speak of it."""

    key: str
    title: str
    words: tuple[str, ...] = ()


class Gazetteer(Protocol):
    def __call__(self, names: Sequence[str], /) -> Mapping[str, Sequence[Place]]:
        """Places of the register by each of these names, as people write them. May give more than was asked."""


class Directory(Protocol):
    def __call__(self, *, domain: str, names: Sequence[str]) -> Sequence[KnownOrganisation]:
        """Organisations whose site has this domain, or whose name is one of these."""
