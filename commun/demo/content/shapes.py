"""The shapes of the demonstration's content."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, kw_only=True)
class Later:
    """A moment told from the day of loading, so that a demonstration loaded in any year has dates to come."""

    days: int
    at: time = time(10, 0)

    def day(self, *, today: date) -> date:
        """The day itself, moved to the next Monday if it falls on a weekend."""
        day = today + timedelta(days=self.days)
        return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


When = date | datetime | Later


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing of ours under `images/`: file name without suffix, and what it shows to those who do not see it."""

    slug: str
    alt: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An institution. `place` is a key of the register (`commune:92007`) for a collectivité."""

    key: str
    name: str
    kind: str
    website: str = ""
    presentation: str = ""
    place: str = ""
    partner: bool = False
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class ThemeText:
    slug: str
    title: str
    summary: str
    body: str
    picture: str
    planned: date | Later
    """Month of the issue (its first day)."""
    call_until: date | Later | None = None
    question: str = ""
    """What collectivités are asked, under the theme."""
    words: tuple[str, ...] = ()
    """How people speak of it: what search and matching recognise."""


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    text: str
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A dated figure and where it was read."""

    figure: str
    label: str
    on: date
    source: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Means:
    cost: str = ""
    time: str = ""
    people: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every resource of the library has."""

    slug: str
    title: str
    in_short: str
    picture: str
    themes: tuple[str, ...]
    published: date
    reviewed: date
    licence: str
    contributor: str
    """Key of the organisation to which it is credited."""
    body: str = ""
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    stage: str = ""
    source_label: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Experience(Entry):
    context: str
    steps: tuple[Step, ...]
    means: Means
    results: tuple[Result, ...]
    what_failed: str
    testifies_until: Later | None = None


@dataclass(frozen=True, kw_only=True)
class Article(Entry):
    pass


@dataclass(frozen=True, kw_only=True)
class Guide(Entry):
    pass


@dataclass(frozen=True, kw_only=True)
class Sheet:
    slug: str
    title: str
    in_short: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Kit(Entry):
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, kw_only=True)
class Concept(Entry):
    further_label: str
    further_url: str


@dataclass(frozen=True, kw_only=True)
class Event:
    slug: str
    title: str
    kind: str
    """rencontre, atelier, formation, visite, webinaire, salon."""
    summary: str
    body: str
    start: datetime | Later
    end: datetime | Later
    all_day: bool = False
    where: str = ""
    online: bool = False
    organiser: str = ""
    with_places: tuple[str, ...] = ()
    """The collectivités that prepared it together, by their place; the first is the organiser where nobody is named."""
    link: str = ""
    place: str = ""
    themes: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class News:
    slug: str
    title: str
    kind: str
    """rencontre, webinaire, recrutement, salon or annonce."""
    summary: str
    body: str
    on: date | Later
    partner: str
    when: str = ""
    link: str = ""
    themes: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """An invented person of the team or of a collectivité."""

    email: str
    first_name: str
    last_name: str
    groups: tuple[str, ...] = ()
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """An invented subscriber. No theme means every issue; `paused` keeps the letter from her for that many days."""

    email: str
    themes: tuple[str, ...] = ()
    paused_days: int = 0
    since_days: int = field(default=30)
