"""Values of the agenda that other rooms may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from commun.library.api import ThemePage
    from commun.territories.api import Organisation, Territory


class TimeZone(models.TextChoices):
    """Where the clock of an event hangs. Overseas territories have their own."""

    PARIS = "Europe/Paris", "Hexagone et Corse (heure de Paris)"
    GUADELOUPE = "America/Guadeloupe", "Guadeloupe"
    MARTINIQUE = "America/Martinique", "Martinique"
    GUYANE = "America/Cayenne", "Guyane"
    REUNION = "Indian/Reunion", "La Réunion"
    MAYOTTE = "Indian/Mayotte", "Mayotte"
    SAINT_PIERRE = "America/Miquelon", "Saint-Pierre-et-Miquelon"
    SAINT_BARTHELEMY = "America/St_Barthelemy", "Saint-Barthélemy"
    SAINT_MARTIN = "America/Marigot", "Saint-Martin"
    NOUVELLE_CALEDONIE = "Pacific/Noumea", "Nouvelle-Calédonie"
    WALLIS = "Pacific/Wallis", "Wallis-et-Futuna"
    TAHITI = "Pacific/Tahiti", "Polynésie française (Tahiti)"
    MARQUISES = "Pacific/Marquesas", "Polynésie française (Marquises)"
    GAMBIER = "Pacific/Gambier", "Polynésie française (Gambier)"


class EventKind(models.TextChoices):
    """What kind of gathering an event is."""

    RENCONTRE = "rencontre", "Rencontre"
    ATELIER = "atelier", "Atelier"
    FORMATION = "formation", "Formation"
    VISITE = "visite", "Visite"
    WEBINAIRE = "webinaire", "Webinaire"
    SALON = "salon", "Salon, congrès"


class NewsKind(models.TextChoices):
    """What a piece of partner news announces."""

    RENCONTRE = "rencontre", "Rencontre"
    WEBINAIRE = "webinaire", "Webinaire"
    RECRUTEMENT = "recrutement", "Recrutement"
    SALON = "salon", "Salon"
    ANNONCE = "annonce", "Annonce"


class Where(models.TextChoices):
    ONLINE = "en-ligne", "En ligne"
    ON_SITE = "sur-place", "Sur place"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What narrows the agenda. `region`: (code, name). `is_known`: false where what was asked for does not exist."""

    theme: ThemePage | None = None
    region: tuple[str, str] | None = None
    where: Where | None = None
    kind: EventKind | None = None
    is_known: bool = True

    @property
    def params(self) -> dict[str, str]:
        """As an address says it."""
        found: dict[str, str] = {}
        if self.theme is not None:
            found["thematique"] = self.theme.slug
        if self.region is not None:
            found["region"] = self.region[0]
        if self.where is not None:
            found["ou"] = self.where.value
        if self.kind is not None:
            found["type"] = self.kind.value
        return found

    @property
    def covers(self) -> str:
        """As people say it; empty for everything."""
        theme = self.theme.title if self.theme is not None else ""
        region = self.region[1] if self.region is not None else ""
        where = self.where.label.lower() if self.where is not None else ""
        kind = self.kind.label.lower() if self.kind is not None else ""
        return ", ".join(filter(None, (theme, region, where, kind)))


@dataclass(frozen=True, kw_only=True)
class NewsFilters:
    """What narrows the news. `is_known`: false where what was asked for does not exist."""

    theme: ThemePage | None
    kind: NewsKind | None
    is_known: bool

    @property
    def params(self) -> dict[str, str]:
        """As an address says it."""
        found = {"thematique": self.theme.slug} if self.theme is not None else {}
        return found | ({"type": self.kind.value} if self.kind is not None else {})

    @property
    def covers(self) -> str:
        """As people say it; empty for everything."""
        said = (self.theme.title if self.theme is not None else "", self.kind.label if self.kind is not None else "")
        return ", ".join(filter(None, said))


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """An event somebody gave, ready to become a draft page.

    `start` and `end` are aware; of an all-day event only their days count, in `time_zone`. All is plain text.
    """

    title: str
    start: datetime
    end: datetime
    summary: str = ""
    body: str = ""
    all_day: bool = False
    time_zone: TimeZone = TimeZone.PARIS
    place: str = ""
    is_online: bool = False
    video_url: str = ""
    website_url: str = ""
    registration_url: str = ""
    organiser: Organisation | None = None
    organiser_name: str = ""
    territory: Territory | None = None
    themes: Sequence[ThemePage] = ()
    cover_image_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewsDraft:
    """A piece of news somebody gave, ready to become a draft page. All is plain text."""

    title: str
    announced_on: date
    kind: NewsKind = NewsKind.ANNONCE
    summary: str = ""
    body: str = ""
    partner: Organisation | None = None
    when: str = ""
    until: date | None = None
    link_url: str = ""
    link_label: str = ""
    themes: Sequence[ThemePage] = ()
    cover_image_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EventChange:
    """What a later version of an event says; None where it says nothing. `start` and `end` are aware."""

    title: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool | None = None
    time_zone: TimeZone | None = None
    place: str | None = None
    is_cancelled: bool | None = None

    @property
    def changed(self) -> dict[str, Any]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}
