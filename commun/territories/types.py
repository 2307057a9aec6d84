"""Values of the territories room that other rooms may use."""

from __future__ import annotations

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
