"""The door of this room.

A send, from above: `seal_message` gives the `Message` (its `hash` is what is approved); `create_send` gives the
`Send`, once per idempotency key; workers do the rest; `send_progress` says where it stands; a handler registered
with `register_completion_handler` is told when it is over.

HTML and text carry the addresses of `personal_urls()` as they are; see `types` for the placeholders.
"""

from commun.mailing.models.subscribers import new_recipient_key
from commun.mailing.registry import register_completion_handler, register_personal_token, register_proof
from commun.mailing.selectors.progress import copies_out, list_sends, send_progress
from commun.mailing.selectors.state import MailState, mail_state
from commun.mailing.selectors.subscribers import audience_size, get_topics, subscriber_counts
from commun.mailing.services.importing import import_subscribers
from commun.mailing.services.messages import personal_urls, seal_message
from commun.mailing.services.requests import request_preferences_link
from commun.mailing.services.sends import cancel, create_send, pause, release, resume, send_test
from commun.mailing.services.subscriptions import set_preferences, subscribe
from commun.mailing.services.topics import ensure_topic
from commun.mailing.services.uncertain import settle_uncertain

__all__ = [
    "MailState",
    "audience_size",
    "cancel",
    "copies_out",
    "create_send",
    "ensure_topic",
    "get_topics",
    "import_subscribers",
    "list_sends",
    "mail_state",
    "new_recipient_key",
    "pause",
    "personal_urls",
    "register_completion_handler",
    "register_personal_token",
    "register_proof",
    "release",
    "request_preferences_link",
    "resume",
    "seal_message",
    "send_progress",
    "send_test",
    "set_preferences",
    "settle_uncertain",
    "subscribe",
    "subscriber_counts",
]
