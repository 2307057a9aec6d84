"""Values of this room that other rooms may use."""

from __future__ import annotations

import enum

from django.db import models


class IssueState(enum.StrEnum):
    """Where an issue stands, from the first draft to the last recipient."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # frozen, waits for a second person
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    HELD = "held"  # the engine waits for a person's confirmation
    STOPPED = "stopped"  # in the middle; some have it, for ever
    SENT = "sent"


class Act(models.TextChoices):
    """What is written in the journal of an issue."""

    SUBMITTED = "submitted", "soumis à l’approbation"
    REFUSED = "refused", "refusé"
    ANSWERED = "answered", "réponse"
    WITHDRAWN = "withdrawn", "repris en brouillon"
    REPLACED = "replaced", "remplacé par une nouvelle soumission"
    APPROVED = "approved", "approuvé"
    PLANNED = "planned", "envoi programmé"
    MOVED = "moved", "envoi déplacé"
    STOPPED = "stopped", "envoi arrêté"
    BEGUN = "begun", "envoi commencé"
    ENDED = "ended", "envoi terminé"
    AUDIENCE_READ = "audience_read", "adresses consultées"
    ERRATUM_WRITTEN = "erratum_written", "rectificatif écrit"
    ERRATUM_APPROVED = "erratum_approved", "rectificatif approuvé"
    ERRATUM_WITHDRAWN = "erratum_withdrawn", "rectificatif retiré"
    ERRATUM_BEGUN = "erratum_begun", "rectificatif envoyé"
    ERRATUM_STOPPED = "erratum_stopped", "rectificatif arrêté"
    ERRATUM_ENDED = "erratum_ended", "rectificatif : envoi terminé"


class CallKind(enum.StrEnum):
    """What the letter asks of its readers."""

    NEED = "need"
    CONTRIBUTION = "contribution"
    VOTE = "vote"
    EVENT = "event"
    QUESTION = "question"


class Document(enum.StrEnum):
    """The three shapes of an issue."""

    WEB = "web"
    EMAIL = "email"
    TEXT = "text"


SEND_KIND = "issue"
ERRATUM_KIND = "erratum"
