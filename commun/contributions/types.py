"""Words of this room that others may hold: what is given, where it stands, and which way it may go."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What somebody gives, or asks."""

    RESOURCE = "resource", "Ressource"
    EVENT = "event", "Événement"
    NEWS = "news", "Actualité"
    NEED = "need", "Besoin"
    PROPOSAL = "proposal", "Proposition de thématique"
    QUESTION = "question", "Question ou remarque"


class State(models.TextChoices):
    """Where a contribution stands. Whoever gave it reads the same words."""

    RECEIVED = "received", "Reçue"
    IN_REVIEW = "in_review", "En cours de lecture"
    WAITING = "waiting", "En attente d’une réponse"
    ACCEPTED = "accepted", "Retenue"
    PUBLISHED = "published", "Publiée"
    DECLINED = "declined", "Non retenue"
    SPAM = "spam", "Indésirable"
    MERGED = "merged", "Rattachée à une autre"
    WITHDRAWN = "withdrawn", "Retirée"


OPEN = (State.RECEIVED, State.IN_REVIEW, State.WAITING)

# Something that is answered, or handed on, is not « retenue ».
_OWN_LABELS = {
    (Kind.QUESTION, State.ACCEPTED): "Répondue",
    (Kind.QUESTION, State.DECLINED): "Sans suite",
    (Kind.NEED, State.ACCEPTED): "Transmise à la rédaction",
    (Kind.PROPOSAL, State.ACCEPTED): "À l’étude",
}


def state_label(*, kind: str, state: str) -> str:
    """The state as one says it of this kind of thing; the team and the contributor read the same words."""
    return _OWN_LABELS.get((Kind(kind), State(state))) or State(state).label


class Source(models.TextChoices):
    MAIL = "mail", "Courriel"
    FORM = "form", "Formulaire"
    SPLIT = "split", "Partie d’une autre"
    FEED = "feed", "Flux d’un partenaire"


class FeedState(models.TextChoices):
    """Where a partner's feed stands."""

    NEW = "new", "Pas encore lu"
    READ = "read", "Lu"
    REFUSED = "refused", "Refusé"
    STOPPED = "stopped", "Arrêté"


class Trust(models.TextChoices):
    """What we know of whoever sent it, before anything is done in somebody's name."""

    PROVEN = "proven", "Adresse prouvée"  # its domain vouches for it (DMARC, DKIM), or a button was pressed
    UNKNOWN = "unknown", "Adresse non vérifiée"
    FAILING = "failing", "Expéditeur douteux"  # our own server says that the sender is not who it claims


class Act(models.TextChoices):
    """What was decided, by whom the log says."""

    RECEIVE = "receive", "Reçue"
    ACKNOWLEDGE = "acknowledge", "Accusé de réception envoyé"
    CLAIM = "claim", "Adresse confirmée"
    ASSIGN = "assign", "Confiée"
    EDIT = "edit", "Corrigée"
    ASK = "ask", "Question posée"
    ANSWER = "answer", "Réponse reçue"
    REMIND = "remind", "Rappel envoyé"
    ACCEPT = "accept", "Retenue"
    DECLINE = "decline", "Non retenue"
    SPAM = "spam", "Classée indésirable"
    MERGE = "merge", "Rattachée à une autre"
    SPLIT = "split", "Séparée en deux"
    WITHDRAW = "withdraw", "Retirée par son auteur"
    PUBLISH = "publish", "Publiée"
    UNDO = "undo", "Annulation"


class FileState(models.TextChoices):
    """Where a file stands."""

    WAITING = "waiting", "En cours d’examen"
    KEPT = "kept", "Gardé"
    REFUSED = "refused", "Non gardé"


class Direction(models.TextChoices):
    IN = "in", "Reçu"
    OUT = "out", "Envoyé"
