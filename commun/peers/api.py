"""The door of this room.

`ask` puts a wish to another collectivité, in private; `accept`, `decline`, `withdraw` answer it; `ask_path` is where a
member asks. `could_meet` says which organisations a page may offer to ask. `compute_network` draws the network
anew from what bodies did together; it is done every day.
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
from commun.peers.models import Introduction
from commun.peers.selectors.introductions import could_meet
from commun.peers.services.answering import accept, decline, tell_if_it_helped
from commun.peers.services.asking import ask, withdraw
from commun.peers.services.computing import compute as compute_network
from commun.peers.types import Helped, IntroductionState, Subject, Wish

__all__ = [
    "AlreadyAsked",
    "CannotBeAsked",
    "Helped",
    "Introduction",
    "IntroductionState",
    "NobodyLeft",
    "PeersError",
    "SameBody",
    "Settled",
    "Subject",
    "TimeGone",
    "TooManyAsked",
    "Wish",
    "accept",
    "ask",
    "ask_path",
    "compute_network",
    "could_meet",
    "decline",
    "tell_if_it_helped",
    "withdraw",
]
