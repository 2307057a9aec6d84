"""What this room refuses. Codes are stable; views and commands word them in French."""

from __future__ import annotations

from commun.common.errors import AppError


class VotesError(AppError):
    code = "votes"


class WrongState(VotesError):
    """The vote is not in a state where this can be asked; `state` says in which it is."""

    code = "votes_wrong_state"

    def __init__(self, state: str):
        super().__init__(self.code)
        self.state = state


class NotReady(VotesError):
    """A vote cannot be scheduled as it stands; `reason` is a stable word."""

    code = "votes_not_ready"

    def __init__(self, reason: str):
        super().__init__(self.code)
        self.reason = reason


class NoElectorate(VotesError):
    code = "votes_no_electorate"


class VoteNotOpen(VotesError):
    """Before opening, or from the very instant of closing on, by the database's clock."""

    code = "votes_not_open"


class NotAllowed(VotesError):
    """This person holds no sufficient mandate for this elector."""

    code = "votes_not_allowed"


class StruckOff(VotesError):
    code = "votes_struck_off"


class InvalidBallot(VotesError):
    """A ballot that does not give one known grade to every option."""

    code = "votes_invalid_ballot"


class BallotChanged(VotesError):
    """Another member cast or replaced the ballot since this one was prepared."""

    code = "votes_ballot_changed"
