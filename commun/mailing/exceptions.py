"""What this room refuses. Codes are stable; views and commands word them in French."""

from __future__ import annotations

from commun.common.errors import AppError


class MailingError(AppError):
    code = "mailing"


class DamagedPlaceholder(MailingError):
    """A placeholder was cut, quoted or changed before sealing; `str(error)` names it."""

    code = "mailing_placeholder_damaged"


class MissingUnsubscribe(MailingError):
    """A letter must carry its unsubscribe address in both parts."""

    code = "mailing_unsubscribe_missing"


class TooHeavy(MailingError):
    """The HTML part is over `types.MAX_HTML_BYTES`."""

    code = "mailing_too_heavy"


class UnsafeHeader(MailingError):
    """A line break, or another control character, in a header."""

    code = "mailing_header_unsafe"


class UnknownSend(MailingError):
    code = "mailing_send_unknown"


class UnknownDelivery(MailingError):
    """No such recipient in that send."""

    code = "mailing_delivery_unknown"


class WrongState(MailingError):
    """The send is not in a state where this can be asked; `state` says in which it is."""

    code = "mailing_wrong_state"

    def __init__(self, state: str):
        super().__init__(self.code)
        self.state = state


class BrokenLedger(MailingError):
    """The states of the send do not sum to its audience: nothing more may leave before somebody has understood why."""

    code = "mailing_ledger_broken"


class InvalidDomain(MailingError):
    """`str(error)` is what was typed."""

    code = "mailing_domain_invalid"


class DomainTaken(MailingError):
    """A domain belongs to one operator; `operator` names it."""

    code = "mailing_domain_taken"

    def __init__(self, domain: str, operator: str):
        super().__init__(domain)
        self.domain, self.operator = domain, operator


class NoRecipient(MailingError):
    code = "mailing_no_recipient"


class UnprovenComplaint(MailingError):
    """A complaint that carries none of our own tokens."""

    code = "mailing_complaint_unproven"
