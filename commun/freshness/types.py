"""Words of this room that others may hold."""

from __future__ import annotations

from django.db import models


class PageState(models.TextChoices):
    """What is known of the truth of a page."""

    TRUE = "true", "Rien à vérifier"
    ASKED = "asked", "À confirmer"
    CHANGED = "changed", "A changé"
    OVER = "over", "N’est plus vrai"


class Why(models.TextChoices):
    """Why a page is asked about."""

    AGE = "age", "Personne ne l’a vérifiée depuis dix-huit mois"
    FIGURES = "figures", "Un de ses chiffres a dépassé sa date de relecture"


class Asked(models.TextChoices):
    """Who is asked whether a page is still true, in the order in which they are."""

    CONTRIBUTOR = "contributor", "la personne qui l’a donnée"
    MEMBER = "member", "une personne de la collectivité"
    TEAM = "team", "la rédaction"


class ReportKind(models.TextChoices):
    OUTDATED = "outdated", "C’est dépassé : un chiffre, une date, un fait a changé"
    ERROR = "error", "Il y a une erreur"
    LINK = "link", "Un lien ne mène plus nulle part"
    DUPLICATE = "duplicate", "La même chose existe déjà sur une autre page"


class ReportState(models.TextChoices):
    """Where a report stands. Whoever made it reads the same words."""

    NEW = "new", "Reçu"
    MENDED = "mended", "Corrigé"
    LEFT = "left", "Sans suite"
    SPAM = "spam", "Indésirable"


class LinkState(models.TextChoices):
    NEW = "new", "Pas encore vérifié"
    FINE = "fine", "Mène quelque part"
    SHY = "shy", "Ne se laisse pas vérifier"
    FAILING = "failing", "N’a pas répondu"
    DEAD = "dead", "Mort"
    LEFT = "left", "Mis de côté"
