"""What this room refuses. Codes are stable; the edge words them."""

from __future__ import annotations

from commun.common.errors import AppError


class TerritoriesError(AppError):
    code = "territories"


class RegisterUnreadable(TerritoriesError):
    """The register's file is damaged or is not a register; `line` is where reading stopped."""

    code = "register_unreadable"

    def __init__(self, *, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class RegisterOlder(TerritoriesError):
    """The file's vintage is older than the one already loaded."""

    code = "register_older"

    def __init__(self, *, loaded: int, offered: int) -> None:
        super().__init__(f"{offered} < {loaded}")
        self.loaded = loaded
        self.offered = offered


class SirenInvalid(TerritoriesError):
    """Not nine digits with their check digit."""

    code = "siren_invalid"


class OrganisationExists(TerritoriesError):
    """This SIREN or territory already has its organisation."""

    code = "organisation_exists"


class MandateMissing(TerritoriesError):
    """This person holds no sufficient mandate for this organisation, now. Says nothing of who does."""

    code = "mandate_missing"


class NotMember(TerritoriesError):
    """The membership is not hers, or is over."""

    code = "not_member"


class ApprovalRefused(TerritoriesError):
    """She may not approve this one: not the référent·e, her own request, or an editor before the seventh day."""

    code = "approval_refused"


class NotWaiting(TerritoriesError):
    """Nothing waits for a decision any more: somebody was faster."""

    code = "not_waiting"


class NothingToRenew(TerritoriesError):
    """The mandate has expired, or has just been renewed."""

    code = "nothing_to_renew"


class SuccessorUnfit(TerritoriesError):
    """Who takes over must be another verified member of the same organisation."""

    code = "successor_unfit"
