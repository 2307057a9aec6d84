"""Words of this room that others may hold."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import models

AUDIENCE = "subscribers"  # the name under which `mailing` knows them
DEPARTURES = ("unsubscribed", "complained")  # kinds of proof of whoever leaves; an erasure is one of its own


class SubscriberState(enum.StrEnum):
    PENDING = "pending"  # asked, not confirmed: purged after 30 days
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"


class Preference(enum.StrEnum):
    EVERY_ISSUE = "every_issue"
    CHOSEN_TOPICS = "chosen_topics"


class LegalBasis(enum.StrEnum):
    CONSENT = "consent"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


class BulkKind(models.TextChoices):
    """What is done to many people at once."""

    ADD_TOPIC = "add_topic", "Ajouter une thématique à leur choix"
    REMOVE_TOPIC = "remove_topic", "Retirer une thématique de leur choix"
    EVERY_ISSUE = "every_issue", "Leur envoyer tous les numéros"
    PAUSE = "pause", "Mettre en pause jusqu’à une date"
    RESUME = "resume", "Mettre fin à leur pause"
    LEAVE = "leave", "Désabonner"


class BulkState(models.TextChoices):
    """Where such an act stands."""

    DOING = "doing", "en cours"
    DONE = "done", "fait"
    UNDOING = "undoing", "retour en cours"
    UNDONE = "undone", "défait"


# How each person was before is kept that long after the end of an act: until then, it can be undone.
ACT_UNDOABLE = timedelta(days=30)


class WhyLeave(models.TextChoices):
    """What whoever leaves may say, or not."""

    TOO_MUCH = "too_much", "Je reçois trop de messages"
    ELSEWHERE = "elsewhere", "Ce n’est plus mon métier, ou j’ai changé de poste"
    NOT_FOR_US = "not_for_us", "Ce n’est pas utile à une collectivité comme la mienne"
    NEVER_ASKED = "unasked", "Je n’avais rien demandé"
    OTHER = "other", "Une autre raison"


class ImportState(models.TextChoices):
    """Where a file of addresses stands: it is read without writing anything first."""

    TRYING = "trying", "essai en cours"
    TRIED = "tried", "à confirmer"
    ADDING = "adding", "ajout en cours"
    DONE = "done", "terminé"
    SET_ASIDE = "aside", "abandonné"
    UNREADABLE = "unread", "illisible"
    UNDOING = "undoing", "retrait en cours"
    UNDONE = "undone", "défait"


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did: `rows` is the sum of the other counts. Each refused line is given to a callback.

    `understood` and `unknown`: of each other column that is read, how many values were of use, and those that were not
    with how many lines bear them (« » counts those beyond the first).
    """

    rows: int
    added: int
    already: int
    skipped: int  # suppressed or unsubscribed: never brought back by a file
    refused: int  # lines that hold no address
    repeated: int = 0  # addresses that the file gives again
    kept_out: int = 0  # of those skipped: whom the tool they come from says left, or put out
    truncated: bool = False  # the file stops before its end
    understood: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
