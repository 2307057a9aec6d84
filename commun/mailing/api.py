"""The door of this room.

A send, from above: `seal_message` gives the `Message` (its `hash` is what is approved); `create_send` gives the
`Send`, once per idempotency key; workers do the rest; `send_progress` says where it stands; a handler registered
with `register_completion_handler` is told when it is over. Whom it goes to: a list of recipients, or an audience that
the room above registered under a name. What comes back is told to whoever asked with `register_return`.

HTML and text carry the addresses of `personal_urls()` as they are; see `types` for the placeholders.
"""

from commun.mailing import tokens
from commun.mailing.registry import (
    Return,
    Returned,
    Way,
    register_audience,
    register_completion_handler,
    register_personal_token,
    register_proof,
    register_return,
)
from commun.mailing.selectors.addresses import (
    arrived_since,
    deliveries_at,
    is_closed,
    list_suppressions,
    returns_of,
    standing,
    standing_suppression,
    suppressed_among,
    suppression_reasons,
    suppressions_of,
)
from commun.mailing.selectors.operators import domains_of, operator_names
from commun.mailing.selectors.progress import (
    copies_out,
    keys_reached,
    list_sends,
    put_off,
    returns_by_verdict,
    send_progress,
)
from commun.mailing.selectors.sends import recipients
from commun.mailing.selectors.state import MailState, mail_state
from commun.mailing.services.erasure import erase as erase_address
from commun.mailing.services.messages import personal_urls, seal_message
from commun.mailing.services.rescheduling import reschedule
from commun.mailing.services.restored import HOLD as HOLD_AFTER_RESTORE
from commun.mailing.services.sends import cancel, create_send, pause, release, resume, send_test
from commun.mailing.services.suppression import lift, lift_all, suppress, suppress_many
from commun.mailing.services.uncertain import settle_uncertain
from commun.mailing.services.withdrawing import withdraw_person as withdraw
from commun.mailing.tokens import address_hash
from commun.mailing.types import new_recipient_key
from commun.mailing.wording import machine_trouble, reason_label, relay_trouble

__all__ = [
    "HOLD_AFTER_RESTORE",
    "MailState",
    "Return",
    "Returned",
    "Way",
    "address_hash",
    "arrived_since",
    "cancel",
    "copies_out",
    "create_send",
    "deliveries_at",
    "domains_of",
    "erase_address",
    "is_closed",
    "keys_reached",
    "lift",
    "lift_all",
    "list_sends",
    "list_suppressions",
    "machine_trouble",
    "mail_state",
    "new_recipient_key",
    "operator_names",
    "pause",
    "personal_urls",
    "put_off",
    "reason_label",
    "recipients",
    "register_audience",
    "register_completion_handler",
    "register_personal_token",
    "register_proof",
    "register_return",
    "relay_trouble",
    "release",
    "reschedule",
    "resume",
    "returns_by_verdict",
    "returns_of",
    "seal_message",
    "send_progress",
    "send_test",
    "settle_uncertain",
    "standing",
    "standing_suppression",
    "suppress",
    "suppress_many",
    "suppressed_among",
    "suppression_reasons",
    "suppressions_of",
    "tokens",
    "withdraw",
]
