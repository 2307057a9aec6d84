"""Values of this room that others may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from commun.votes.tally import Method, Step


class VoteState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SCHEDULED = "scheduled", "programmé"
    OPEN = "open", "ouvert"
    CLOSED = "closed", "clos, tirage attendu"
    DECIDED = "decided", "clos"
    CANCELLED = "cancelled", "annulé"


class VoteMethod(models.TextChoices):
    MAJORITY_JUDGMENT = Method.MAJORITY_JUDGMENT.value, "Jugement majoritaire (quatre mentions)"
    APPROVAL = Method.APPROVAL.value, "Approbation (oui ou non)"


class EntryKind(models.TextChoices):
    """Events of the ballot box; the chain says in which order they may come."""

    SETUP = "setup", "règles scellées"
    OPEN = "open", "ouverture"
    CAST = "cast", "bulletin scellé"
    STRIKE = "strike", "radiation"
    CLOSE = "close", "clôture"
    CANCEL = "cancel", "annulation"
    BALLOT = "ballot", "bulletin ouvert"
    RESULT = "result", "résultat"


class Role(models.IntegerChoices):
    """What the elector would be in what follows. Asked apart; it does not enter the grades."""

    NONE = 0, "Non"
    OBSERVER = 1, "Observatrice"
    STAKEHOLDER = 2, "Partie prenante"


class LadderStep(models.TextChoices):
    READY = Step.READY.value, "Le plus de collectivités prêtes à être parties prenantes"
    DEPARTEMENTS = Step.DEPARTEMENTS.value, "La meilleure mention venue du plus de départements"
    DRAW = Step.DRAW.value, "Tirage au sort public"


class InvitationKind(models.TextChoices):
    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Rappel"


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades from the lowest; "popular" is to receive `popular_from` or better."""

    grades: tuple[str, ...]
    popular_from: int


SCALES = {
    Method.MAJORITY_JUDGMENT: Scale(("Pas un enjeu", "Utile", "Important", "Prioritaire"), popular_from=2),
    Method.APPROVAL: Scale(("Non", "Oui"), popular_from=1),
}
MOST_OPTIONS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Became:
    """What a vote led to, as a room above tells it on its result. `stage`: where it stands, in words."""

    title: str
    url: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ElectorDraft:
    """One elector as it is given at opening. `key` is unique and outlives a database: `commune:93066`.

    `departement`: its code, or empty; `region`: its name, or empty; `organisation`: id, where it is in the network.
    """

    key: str
    kind: str
    label: str
    departement: str = ""
    region: str = ""
    organisation: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionDraft:
    """`option`: id of the option of this vote that it rewords; None, or an id of no option of it: a new one."""

    title: str
    summary: str = ""
    link: str = ""
    option: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """Proof that a sealed ballot stands in the box. `number` is its height there; `head`, the box's just after it."""

    vote: str
    elector: str
    number: int
    commitment: str
    head: str
    at: datetime
    replaces: int | None
    replayed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnoutRow:
    """`voted` None: hidden while the vote is open, see `veil`."""

    label: str
    electors: int
    voted: int | None

    @property
    def percent(self) -> float:
        return 100 * (self.voted or 0) / self.electors if self.electors else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Turnout:
    """How many electors have a ballot in the box. Never what is in it, nor, before it is public, who."""

    whole: TurnoutRow
    members: TurnoutRow
    kinds: Sequence[TurnoutRow]
    regions: Sequence[TurnoutRow]

    @property
    def is_veiled(self) -> bool:
        """Whether a number is missing."""
        return any(row.voted is None for row in (self.members, *self.kinds, *self.regions))


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationState:
    """Where the invitation or the reminder of a vote stands, in addresses, never whose. `sent_at` None: not yet."""

    kind: InvitationKind
    asked_at: datetime
    sent_at: datetime | None
    addresses: int = 0
    accepted: int = 0
    under_way: int = 0
    unreachable: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionResult:
    """`number` from 1, as in the box. `place`: 1 for the first. `level_with`: those only lots could part from it."""

    number: int
    title: str
    place: int
    place_before_draw: int
    counts: tuple[int, ...]
    ready: int
    departements: int
    level_with: tuple[int, ...]
    median: int | None
    above: int
    below: int
    popular: int
    ballots: int
    observers: int = 0
