"""What this room refuses to do; the edge puts it into words."""

from __future__ import annotations

from commun.common.errors import AppError


class CooperationError(AppError):
    """Something this room will not do."""


class WrongState(CooperationError):
    """The thing has moved on: `state` says where it stands now."""

    code = "wrong_state"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NothingToAnswer(CooperationError):
    """An answer has words, or at least one page attached."""

    code = "nothing_to_answer"


class CannotMerge(CooperationError):
    """A proposal is merged into another that is itself still standing."""

    code = "cannot_merge"


class TooFewProposals(CooperationError):
    """A vote needs at least two themes."""

    code = "too_few_proposals"


class NothingToUndo(CooperationError):
    """Something followed what was to be taken back, or its time is over."""

    code = "nothing_to_undo"


class VoteNotDecided(CooperationError):
    """A project comes from a vote whose result is known."""

    code = "vote_not_decided"


class ChoiceTaken(CooperationError):
    """There is a project already for this theme of this vote."""

    code = "choice_taken"


class ReasonMissing(CooperationError):
    """Departing from the ranking is said, and why."""

    code = "reason_missing"


class NotEligible(CooperationError):
    """Communes, intercommunal bodies and départements take part in shared projects."""

    code = "not_eligible"


class AlreadyEngaged(CooperationError):
    """The collectivité takes part already; `role` and `state` say how."""

    code = "already_engaged"

    def __init__(self, role: str, state: str) -> None:
        super().__init__(role)
        self.role, self.state = role, state


class CallOver(CooperationError):
    """One no longer joins this project in that way."""

    code = "call_over"


class NotEngaged(CooperationError):
    """The collectivité does not take part."""

    code = "not_engaged"


class TooFewStakeholders(CooperationError):
    """Three at least make a project."""

    code = "too_few_stakeholders"


class NotStakeholder(CooperationError):
    """Stakeholders write in the space of a project; observers read; a project that is over is only read."""

    code = "not_stakeholder"


class DocumentRefused(CooperationError):
    """A document is not kept; `why` says it: "empty", "large", "kind"."""

    code = "document_refused"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NothingToStart(CooperationError):
    """Only what is on line, and tells how to do something, makes others begin."""

    code = "nothing_to_start"
