"""The door of this room.

`state_need` and `propose_theme` take what `contributions` accepted, in its transaction; `take_back_…` undoes that;
`precise_need` takes what the person adds by mail.
"""

from commun.cooperation.exceptions import (
    CannotMerge,
    CooperationError,
    NothingToAnswer,
    NothingToUndo,
    TooFewProposals,
    WrongState,
)
from commun.cooperation.links import need_url
from commun.cooperation.models import Need, ThemeProposal
from commun.cooperation.selectors.matches import Peer, SuggestedMatch, suggest_matches
from commun.cooperation.services.following import finish as finish_need
from commun.cooperation.services.following import precise as precise_need
from commun.cooperation.services.stating import propose_theme, state_need, take_back_need, take_back_proposal
from commun.cooperation.types import Given, GivenNeed, NeedEnd, NeedState, ProposalState, Stage

__all__ = [
    "CannotMerge",
    "CooperationError",
    "Given",
    "GivenNeed",
    "Need",
    "NeedEnd",
    "NeedState",
    "NothingToAnswer",
    "NothingToUndo",
    "Peer",
    "ProposalState",
    "Stage",
    "SuggestedMatch",
    "ThemeProposal",
    "TooFewProposals",
    "WrongState",
    "finish_need",
    "need_url",
    "precise_need",
    "propose_theme",
    "state_need",
    "suggest_matches",
    "take_back_need",
    "take_back_proposal",
]
