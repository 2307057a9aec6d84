"""Values of the library that other rooms may use."""

from __future__ import annotations

from django.db import models


class ResourceKind(models.TextChoices):
    """What an entry of the library is."""

    EXPERIENCE = "experience", "Expérience"
    ARTICLE = "article", "Article"
    GUIDE = "guide", "Guide"
    KIT = "kit", "Kit"
    CONCEPT = "concept", "Concept"


class ReviewRule(models.IntegerChoices):
    """After how many months a figure must be looked at again."""

    NEVER = 0, "Jamais : il ne change plus"
    ONE_YEAR = 12, "Douze mois"
    TWO_YEARS = 24, "Deux ans"
    THREE_YEARS = 36, "Trois ans"


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
