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
