"""The door of this room.

`ask` puts a wish to another collectivité, in private; `accept`, `decline`, `withdraw` answer it; `ask_path` is where a
member asks. `could_meet` says which organisations a page may offer to ask. `compute_network` draws the network
anew from what bodies did together; it is done every day.
On where people stand together: `whose_of` a person, `open_round`, `answer_round` once a link, `close_rounds`.
"""

from commun.peers.exceptions import (
    AlreadyAsked,
    CannotBeAsked,
    NobodyLeft,
    PeersError,
    SameBody,
    Settled,
    TimeGone,
    TooManyAsked,
)
from commun.peers.links import ask_path
from commun.peers.models import Introduction, Round
from commun.peers.selectors.introductions import accepted_since, could_meet
from commun.peers.selectors.standing import whose_of
from commun.peers.services.answering import accept, decline, tell_if_it_helped
from commun.peers.services.asking import ask, withdraw
from commun.peers.services.computing import compute as compute_network
from commun.peers.services.standing import answer as answer_round
from commun.peers.services.standing import close_due as close_rounds
from commun.peers.services.standing import open_round
from commun.peers.standing import STATEMENTS
from commun.peers.types import Helped, IntroductionState, Subject, Wish

__all__ = [
    "STATEMENTS",
    "AlreadyAsked",
    "CannotBeAsked",
    "Helped",
    "Introduction",
    "IntroductionState",
    "NobodyLeft",
    "PeersError",
    "Round",
    "SameBody",
    "Settled",
    "Subject",
    "TimeGone",
    "TooManyAsked",
    "Wish",
    "accept",
    "accepted_since",
    "answer_round",
    "ask",
    "ask_path",
    "close_rounds",
    "compute_network",
    "could_meet",
    "decline",
    "open_round",
    "tell_if_it_helped",
    "whose_of",
    "withdraw",
]
