"""The door of this room."""

from commun.cooperation.exceptions import (
    CannotMerge,
    CooperationError,
    NothingToAnswer,
    NothingToUndo,
    TooFewProposals,
    WrongState,
)
from commun.cooperation.models import Need, ThemeProposal
from commun.cooperation.types import NeedEnd, NeedState, ProposalState, Stage

__all__ = [
    "CannotMerge",
    "CooperationError",
    "Need",
    "NeedEnd",
    "NeedState",
    "NothingToAnswer",
    "NothingToUndo",
    "ProposalState",
    "Stage",
    "ThemeProposal",
    "TooFewProposals",
    "WrongState",
]
