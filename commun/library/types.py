"""Values of the library that other rooms may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from commun.cms.types import Licence

if TYPE_CHECKING:
    from commun.library.models import ThemePage
    from commun.territories.api import Organisation, Territory


class ResourceKind(models.TextChoices):
    """What an entry of the library is."""

    EXPERIENCE = "experience", "Expérience"
    ARTICLE = "article", "Article"
    GUIDE = "guide", "Guide"
    KIT = "kit", "Kit"
    CONCEPT = "concept", "Concept"


class Stage(models.TextChoices):
    """How far a collectivité is: with what it needs help for, or when a resource is of most use to it."""

    IDEA = "idea", "Nous y pensons"
    PREPARING = "preparing", "Nous préparons"
    DOING = "doing", "C’est en cours"
    STUCK = "stuck", "Nous avons commencé et nous sommes bloqués"


class Audience(models.TextChoices):
    """With whom it is done, beyond inhabitants in general."""

    CHILDREN = "enfants", "Enfants"
    YOUTH = "jeunes", "Jeunes"
    ELDERLY = "aines", "Personnes âgées"
    POOR = "precaires", "Personnes en situation de précarité"
    DISABLED = "handicap", "Personnes en situation de handicap"
    ELECTED = "elus", "Élues et élus"
    AGENTS = "agents", "Agentes et agents"
    ASSOCIATIONS = "associations", "Associations"
    FARMERS = "agriculteurs", "Agriculteurs"


class Obstacle(models.TextChoices):
    """What gets in the way, and what a resource helps with. `finding.analysis.obstacles` reads them in texts."""

    TIME = "time", "Le manque de temps"
    BUDGET = "budget", "Le budget"
    ELECTED = "elected", "Des élus réticents"
    TURNOUT = "turnout", "Des habitants qui ne viennent pas"
    TEAM = "team", "Une petite équipe"
    SKILLS = "skills", "Le manque de compétences"
    CONFLICT = "conflict", "Un conflit"
    TRUST = "trust", "La défiance"
    LASTING = "lasting", "L’essoufflement"
    LAND = "land", "Le foncier et les locaux"
    RULES = "rules", "Les règles et les responsabilités"
    DISTANCE = "distance", "L’éloignement"


class Missing(models.TextChoices):
    """What a theme still lacks before an issue can be made of it. The label ends "Il manque…"."""

    PUBLICATION = "publication", "sa mise en ligne"
    COVER = "cover", "une image"
    QUESTION = "question", "la question posée aux collectivités"
    DEADLINE = "deadline", "la date limite des contributions"
    EXPERIENCE = "experience", "une expérience"
    METHOD = "method", "un article, un guide ou un kit"
    CONCEPT = "concept", "un concept"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One line of the editorial calendar. `counts` holds published resources by kind; every kind is a key."""

    theme: ThemePage
    planned_month: date | None
    call_until: date | None
    counts: Mapping[ResourceKind, int]
    drafts: int
    missing: Sequence[Missing]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, kw_only=True)
class FigureDraft:
    """A result: a figure, what it counts, when, and who says so."""

    value: str
    label: str
    date: date
    source: str
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ResourceDraft:
    """What somebody gave, ready to become a draft page. All is plain text: what is rich on the page is made of it.

    The fields of an experience are ignored for the other kinds.
    """

    kind: ResourceKind
    title: str
    summary: str = ""
    body: str = ""
    themes: Sequence[ThemePage] = ()
    territories: Sequence[Territory] = ()
    organisations: Sequence[Organisation] = ()
    contributor: Organisation | None = None
    credit: str = ""
    licence: Licence | None = None
    source_label: str = ""
    source_url: str = ""
    cover_image_id: int | None = None
    document_ids: Sequence[int] = ()
    context: str = ""
    what_failed: str = ""
    means_cost: str = ""
    means_time: str = ""
    means_people: str = ""
    figures: Sequence[FigureDraft] = field(default_factory=tuple)
    testifies_until: date | None = None
