"""Words of this room that others may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from commun.accounts.models import User
    from commun.library.api import ThemePage
    from commun.territories.api import Organisation, Territory


class NeedState(models.TextChoices):
    NEW = "new", "Nouveau"
    LOOKED_AT = "looked_at", "En cours d’étude"
    ANSWERED = "answered", "Répondu"
    CLOSED = "closed", "Clos"


class NeedEnd(models.TextChoices):
    """Why a need is closed."""

    SOLVED = "solved", "Cela nous a aidés"
    ABANDONED = "abandoned", "Nous n’en avons plus besoin"
    SILENT = "silent", "Sans nouvelles"
    TEAM = "team", "Clos par la rédaction"


class NeedAct(models.TextChoices):
    """What happened to a need; the log says when and, for the team, by whom."""

    STATE = "state", "Besoin exprimé"
    LOOK = "look", "Étudié par la rédaction"
    ANSWER = "answer", "Réponse envoyée"
    REMIND = "remind", "Nouvelles demandées"
    PRECISE = "precise", "Précision de la collectivité"
    REFUSE = "refuse", "Ne souhaite plus de rappel"
    CLOSE = "close", "Clos"
    REOPEN = "reopen", "Rouvert"
    EDIT = "edit", "Corrigé"
    HAND_OVER = "hand_over", "Transmis à une autre personne"
    SHOW = "show", "Peut être montré à d’autres"
    HIDE = "hide", "N’est plus montré à d’autres"


class StartState(models.TextChoices):
    """How far a collectivité is with what something it read made it want to do."""

    WISH = "wish", "Envie"
    LAUNCHED = "launched", "Lancé"
    RUNNING = "running", "En cours"
    STOPPED = "stopped", "Arrêté"
    DONE = "done", "Mené à bien"


UNDER_WAY = (StartState.WISH, StartState.LAUNCHED, StartState.RUNNING)


class ProposalState(models.TextChoices):
    """Where a proposed theme stands."""

    NEW = "new", "Reçue"
    SHORTLISTED = "shortlisted", "Retenue pour un vote"
    IN_VOTE = "in_vote", "Mise au vote"
    MERGED = "merged", "Rattachée à une autre"
    DECLINED = "declined", "Non retenue"


class ProposalAct(models.TextChoices):
    PROPOSE = "propose", "Proposée"
    EDIT = "edit", "Corrigée"
    SHORTLIST = "shortlist", "Retenue"
    UNLIST = "unlist", "Retirée de la sélection"
    MERGE = "merge", "Rattachée à une autre"
    PART = "part", "Détachée"
    DECLINE = "decline", "Non retenue"
    REOPEN = "reopen", "Reprise"
    VOTE = "vote", "Mise au vote"
    RESULT = "result", "Votée"
    CANCEL = "cancel", "Vote annulé"
    PROJECT = "project", "Devenue un projet partagé"
    REPORT = "report", "Bilan publié"
    LETTER = "letter", "Dans la lettre"


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the room above hands over, once it is accepted: who gave it, for whom, about which place."""

    title: str
    text: str = ""
    name: str = ""
    address: str = ""
    user: User | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    in_its_name: bool = False
    territory: Territory | None = None


@dataclass(frozen=True, kw_only=True)
class GivenNeed(Given):
    """A need, with what its form asked. `answer_to`: where answers by mail come in, "" where none does. `shown`: others
    may see its first line and whose it is, where it is stated in the name of a collectivité. `stated_at`: when she did,
    where that was before it was handed over."""

    theme: ThemePage | None = None
    stage: str = ""
    constraints: str = ""
    answer_to: str = ""
    shown: bool = False
    stated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A page to join to an answer, with the sentences that say why."""

    page_id: int
    reasons: Sequence[str] = ()


class ProjectState(models.TextChoices):
    """Phases of a shared project, in their order; or given up for want of stakeholders."""

    CALL = "call", "Appel à participer"
    DESIGN = "design", "Conception"
    DOING = "doing", "Réalisation"
    REPORTED = "reported", "Bilan publié"
    GIVEN_UP = "given_up", "Abandonné"


PHASES = (ProjectState.CALL, ProjectState.DESIGN, ProjectState.DOING, ProjectState.REPORTED)


class EngagementRole(models.TextChoices):
    STAKEHOLDER = "stakeholder", "Partie prenante"
    OBSERVER = "observer", "Observatrice"


class EngagementState(models.TextChoices):
    IN = "in", "Inscrite"
    WAITING = "waiting", "Sur liste d’attente"
    LEFT = "left", "Partie"


class EntryKind(models.TextChoices):
    """What is written in the journal of a project."""

    PHASE = "phase", "Étape"
    NOTE = "note", "Nouvelle"
    DECISION = "decision", "Décision"
    DOCUMENT = "document", "Document"
    JOINED = "joined", "Arrivée"
    LEFT = "left", "Départ"


class StepState(models.TextChoices):
    TODO = "todo", "À faire"
    DOING = "doing", "En cours"
    DONE = "done", "Fait"
    DROPPED = "dropped", "Abandonné"


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """Two organisations (primary keys) did something with each other. `public`: anybody may see it."""

    first: int
    second: int
    at: datetime
    public: bool = True


# The published rule of shared projects: from three stakeholders, to five; observers without limit.
FEWEST_STAKEHOLDERS = 3
MOST_STAKEHOLDERS = 5


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One theme of a decided vote, as a project it could be. `why_not`: "", "few_ready", "taken", "before"."""

    number: int
    title: str
    place: int
    ready: int
    observers: int
    why_not: str
