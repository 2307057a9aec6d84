"""The door of this room.

A vote, from above: `create_vote` (draft), `schedule_vote` (rules written, public), then the clock opens and closes it.
Who the electors are may be registered: `register_electorate`. Who may act for them is what `territories` says of
mandates (M1 or more). `get_results` gives the ranking of a vote that is over; what it leads to is decided above,
and told on its page (`register_became`).
One that is open can be called off (`cancel_vote`): it then never has a result; `register_vote_cancelled` tells above.
"""

from commun.votes.exceptions import (
    BallotChanged,
    InvalidBallot,
    NoElectorate,
    NotAllowed,
    NotReady,
    StruckOff,
    VoteNotOpen,
    VotesError,
    WrongState,
)
from commun.votes.models import Elector, Option, Vote
from commun.votes.registry import (
    register_became,
    register_cast_listener,
    register_electorate,
    register_options_dropped,
    register_vote_cancelled,
)
from commun.votes.selectors.boxes import box_lines, electorate_lines, verify_receipt
from commun.votes.selectors.electors import ballots_between, electors_of, get_turnout, open_votes
from commun.votes.selectors.results import get_results
from commun.votes.selectors.votes import ended_since
from commun.votes.services.cancelling import cancel_vote
from commun.votes.services.casting import cast_ballot
from commun.votes.services.closing import close_vote, publish_draw
from commun.votes.services.deciding import explain_departure
from commun.votes.services.electorate import from_register as usual_electorate
from commun.votes.services.opening import open_vote
from commun.votes.services.preparing import (
    change_vote,
    create_vote,
    delete_draft,
    schedule_vote,
    take_back,
    usual_kinds,
)
from commun.votes.services.striking import strike_elector
from commun.votes.types import (
    Became,
    ElectorDraft,
    LadderStep,
    OptionDraft,
    OptionResult,
    Receipt,
    Role,
    Turnout,
    VoteMethod,
    VoteState,
)

__all__ = [
    "BallotChanged",
    "Became",
    "Elector",
    "ElectorDraft",
    "InvalidBallot",
    "LadderStep",
    "NoElectorate",
    "NotAllowed",
    "NotReady",
    "Option",
    "OptionDraft",
    "OptionResult",
    "Receipt",
    "Role",
    "StruckOff",
    "Turnout",
    "Vote",
    "VoteMethod",
    "VoteNotOpen",
    "VoteState",
    "VotesError",
    "WrongState",
    "ballots_between",
    "box_lines",
    "cancel_vote",
    "cast_ballot",
    "change_vote",
    "close_vote",
    "create_vote",
    "delete_draft",
    "electorate_lines",
    "electors_of",
    "ended_since",
    "explain_departure",
    "get_results",
    "get_turnout",
    "open_vote",
    "open_votes",
    "publish_draw",
    "register_became",
    "register_cast_listener",
    "register_electorate",
    "register_options_dropped",
    "register_vote_cancelled",
    "schedule_vote",
    "strike_elector",
    "take_back",
    "usual_electorate",
    "usual_kinds",
    "verify_receipt",
]
