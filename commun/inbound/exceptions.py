"""What this room refuses. Codes are stable; transports word them, each in its protocol."""

from __future__ import annotations

from commun.common.errors import AppError


class InboundError(AppError):
    code = "inbound"


class UnknownRecipient(InboundError):
    """No route knows this address: refused before a byte is kept."""

    code = "inbound_recipient_unknown"


class TooLarge(InboundError):
    """Over `types.MAX_BYTES`."""

    code = "inbound_too_large"


class EmptyMessage(InboundError):
    code = "inbound_empty"


class Unprocessable(InboundError):
    """Raised by a handler: trying again would not help; a person must look. `str(error)`: a stable word."""

    code = "inbound_unprocessable"


class WrongState(InboundError):
    code = "inbound_wrong_state"
