"""What this room refuses. Codes are stable; views word them in French."""

from __future__ import annotations

from commun.common.errors import AppError


class FreshnessError(AppError):
    code = "freshness"


class NotYours(FreshnessError):
    """This person may not see it."""

    code = "freshness_not_yours"


class NothingAsked(FreshnessError):
    """It was answered meanwhile, or is asked no more."""

    code = "freshness_nothing_asked"


class WordsMissing(FreshnessError):
    """What changed, or what is answered, must be said."""

    code = "freshness_words_missing"


class WrongState(FreshnessError):
    """The report has moved on: `state` says where it stands."""

    code = "freshness_wrong_state"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state
