"""What this room refuses. Codes are stable; the edge words them."""

from __future__ import annotations

from datetime import datetime

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


class IdentityFrozen(TerritoriesError):
    """A mandate was proved for it, or a vote counts it: its kind, place and SIREN are the moderation's to change."""

    code = "identity_frozen"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class IdentityMissing(TerritoriesError):
    """A collectivité is in the register or named by its SIREN."""

    code = "identity_missing"


class IdentityMixed(TerritoriesError):
    """The SIREN is that of another place than the one given with it."""

    code = "identity_mixed"


class CheckedByModeration(TerritoriesError):
    """Only the moderation says that a body was looked at."""

    code = "checked_by_moderation"


class NotModeration(TerritoriesError):
    """This is decided by whoever checks mandates."""

    code = "not_moderation"


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


class NoOfficialAddress(TerritoriesError):
    """No official address is known for this collectivité, or mail to it comes back."""

    code = "no_official_address"


class TooManyCodes(TerritoriesError):
    """Enough codes were sent for today; `again_at` is when the next may be."""

    code = "too_many_codes"

    def __init__(self, *, again_at: datetime) -> None:
        super().__init__(self.code)
        self.again_at = again_at


class CodeWrong(TerritoriesError):
    """Not the code; `left` guesses remain for this one."""

    code = "code_wrong"

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left}")
        self.left = left


class CodeGone(TerritoriesError):
    """No code is valid: none was sent, its hour has passed, it served, or too many guesses were wrong."""

    code = "code_gone"


class AddressProvesNothing(TerritoriesError):
    """None of her verified addresses is the official one, nor on its own domain."""

    code = "address_proves_nothing"


class RequestPending(TerritoriesError):
    """A request of hers is already waiting for the moderation."""

    code = "request_pending"


class DocumentRefused(TerritoriesError):
    """Not a PDF, JPEG or PNG, empty, or too heavy; `reason` is "type", "empty" or "size"."""

    code = "document_refused"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EvidenceMissing(TerritoriesError):
    """Whoever accepts a proof, or refuses one, says why."""

    code = "evidence_missing"


class UndoTooLate(TerritoriesError):
    """Something happened to this mandate since the decision."""

    code = "undo_too_late"


class AddressFileRefused(TerritoriesError):
    """The file of official addresses is not one; `reason` says why."""

    code = "address_file_refused"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
