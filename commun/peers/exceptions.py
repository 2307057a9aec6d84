"""What this room refuses to do; the edge puts it into words."""

from __future__ import annotations

from datetime import datetime

from commun.common.errors import AppError


class PeersError(AppError):
    """Something this room will not do."""


class SameBody(PeersError):
    """A collectivité does not meet itself."""

    code = "same_body"


class CannotBeAsked(PeersError):
    """Nobody there is asked now: nobody acts for it, all of them want to be left alone, or the month is full. Which of
    these is not told."""

    code = "cannot_be_asked"


class AlreadyAsked(PeersError):
    """These two are already being introduced, or were not long ago: `reference` of that one, `again_at` from when it
    may be asked anew."""

    code = "already_asked"

    def __init__(self, reference: str, again_at: datetime) -> None:
        super().__init__(reference)
        self.reference, self.again_at = reference, again_at


class TooManyAsked(PeersError):
    """This collectivité asked enough for this month."""

    code = "too_many_asked"


class TimeGone(PeersError):
    """The time that was chosen is past, or was never proposed."""

    code = "time_gone"


class NobodyLeft(PeersError):
    """Nobody acts any more for the collectivité that asked."""

    code = "nobody_left"


class Settled(PeersError):
    """It is over, or was answered already: `state` says where it stands."""

    code = "settled"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class AlreadySuggested(PeersError):
    """The team told these two not long ago."""

    code = "already_suggested"


class RoundUnderWay(PeersError):
    """These people are answering one already."""

    code = "round_under_way"


class RoundTooSoon(PeersError):
    """The last result of these people is too near: another may be asked for from `again_at` on."""

    code = "round_too_soon"

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


class NotOfProject(PeersError):
    """Stakeholders of a project that goes on ask where they stand."""

    code = "not_of_project"


class OutOfBounds(PeersError):
    """Between five and sixty links, and between three days and six weeks."""

    code = "out_of_bounds"


class LinkUsed(PeersError):
    """One link, one answer."""

    code = "link_used"


class RoundOver(PeersError):
    """One no longer answers: its date has come, or it was erased."""

    code = "round_over"


class NotOpener(PeersError):
    """Whoever opened it erases it; anybody of hers once nobody is known for it."""

    code = "not_opener"
