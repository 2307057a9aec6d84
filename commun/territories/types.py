"""Values of the territories room that other rooms may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import models


class TerritoryKind(models.TextChoices):
    """What a place of the official register is.

    The eight overseas collectivités (Saint-Martin, Polynésie française…) stand once under a kind of their own: they are
    neither départements nor régions, although statistical files list them as both.
    """

    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    EPT = "ept", "Établissement public territorial"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    COM = "com", "Collectivité d’outre-mer"


class NameKind(models.TextChoices):
    """How a searchable name belongs to its territory."""

    OFFICIAL = "officiel", "Nom officiel"
    DELEGUEE = "deleguee", "Commune déléguée"
    ASSOCIEE = "associee", "Commune associée"
    ARRONDISSEMENT = "arrondissement", "Arrondissement municipal"
    FORMER = "ancienne", "Ancienne commune"
    POSTCODE = "code_postal", "Code postal"


class OrganisationKind(models.TextChoices):
    """What an organisation is. Only a collectivité votes and joins shared projects."""

    COLLECTIVITE = "collectivite", "Collectivité"
    SYNDICAT = "syndicat", "Syndicat, PETR, établissement public local"
    ETAT = "etat", "État et ses opérateurs"
    ASSOCIATION = "association", "Association"
    ENTREPRISE = "entreprise", "Entreprise"
    AUTRE = "autre", "Autre"


class MandateLevel(models.IntegerChoices):
    """How sure we are that a person acts for a collectivité (an IntEnum: levels compare)."""

    M0 = 0, "M0 – déclaré"
    M1 = 1, "M1 – adresse vérifiée"
    M2 = 2, "M2 – confirmé par la collectivité"
    M3 = 3, "M3 – lettre signée ou délibération"


class MandateMethod(models.TextChoices):
    """What proved it."""

    DECLARED = "declared", "Déclaration"
    OFFICIAL_ADDRESS = "address", "Adresse officielle de la collectivité"
    OFFICIAL_DOMAIN = "domain", "Adresse au nom de domaine de la collectivité"
    CODE = "code", "Code reçu à l’adresse officielle"
    CHECK = "check", "Vérification par l’équipe (rappel, courrier)"
    LETTER = "letter", "Lettre signée ou délibération"


class MembershipState(models.TextChoices):
    """Only an active membership gives its level."""

    ACTIVE = "active", "En cours"
    PENDING = "pending", "En attente d’accord"
    SUSPENDED = "suspended", "Suspendu : un courriel est revenu"
    ENDED = "ended", "Terminé"


class MembershipEnd(models.TextChoices):
    """Why a membership is over."""

    LEFT = "left", "La personne a quitté la collectivité"
    REFUSED = "refused", "Refusé"
    ERASED = "erased", "Compte effacé"


class MandateEventKind(models.TextChoices):
    """Acts on a membership, for the moderation's log."""

    DECLARED = "declared", "Déclaré"
    PROVED = "proved", "Prouvé"
    APPROVED = "approved", "Accord donné"
    REFUSED = "refused", "Refusé"
    RENEWED = "renewed", "Renouvelé"
    EXPIRED = "expired", "Expiré"
    SUSPENDED = "suspended", "Suspendu"
    RESUMED = "resumed", "Repris"
    LEFT = "left", "Départ"
    HANDED_OVER = "handed_over", "Relais reçu"
    UNDONE = "undone", "Décision annulée"
    ERASED = "erased", "Effacé"
    CODE_SENT = "code_sent", "Code envoyé"
    CODE_LOCKED = "code_locked", "Code bloqué"
    ASKED = "asked", "Vérification demandée"
    REFUSED_PROOF = "refused_proof", "Preuve refusée"


class RequestKind(models.TextChoices):
    """What the moderation is asked to look at."""

    CHECK = "check", "Vérification par l’équipe"
    LETTER = "letter", "Lettre signée ou délibération"


#: Wrong guesses after which a code is worth nothing.
GUESSES = 5


@dataclass(frozen=True, kw_only=True)
class MandateEnded:
    """A person no longer acts for an organisation. `kind` says why: left, refused, expired, suspended, erased, undone.

    `successor_id` is the colleague to whom what she held passes, when one was named.
    """

    user_id: int
    organisation_id: int
    kind: MandateEventKind
    at: datetime
    successor_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublicEntry:
    """One thing an organisation gave or committed to; `detail` is a date or a kind."""

    text: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicSection:
    title: str
    entries: Sequence[PublicEntry] = ()


class Body(Protocol):
    """An organisation, to the modules that its model stands on and that cannot know it."""

    kind: Any
    territory: Any
    territory_id: Any
    siren: Any
    is_checked: Any
    memberships: Any
