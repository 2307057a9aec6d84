"""Each person's bytes: spliced when they are about to leave, never before, never kept."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone

from commun.mailing import finished, mailboxes, tokens
from commun.mailing.delivery.ledger import Row, pk_of, space_of
from commun.mailing.models import Send
from commun.mailing.registry import personal_token_maker
from commun.mailing.types import PERSONAL_TOKEN, PREFERENCES_TOKEN, UNSUBSCRIBE_TOKEN
from commun.mailing.wire.session import Outgoing

_NOBODY = "A" * 32


class Copier:
    """What is the same for everybody of one send, prepared once."""

    def __init__(self, send: Send) -> None:
        self._sender = parseaddr(settings.MAIL_FROM)[1]
        self._domain = self._sender.rpartition("@")[2]
        self._second, self._date = 0, ""
        # Gmail and Orange read Feedback-ID from its end: the sender, then what kind of mail, then which one.
        campaign = f"{send.pk}:{send.kind}:lettre:{self._domain}"
        self._template = finished.Template.cut(bytes(send.message.raw), constant={finished.CAMPAIGN: campaign})
        self._slots = self._template.slots
        self._personal = personal_token_maker(send.kind) or (lambda key: _NOBODY)
        probe = self._values(row=Row(0, send.pk, "", "A" * 22, 0, None), now=send.created_at)
        # Everything but the recipient has one length: the size of a copy is a sum of two numbers.
        self._base_size = self._template.size(probe)
        self._recipients = sum(1 for piece in self._template.pieces[1::2] if piece == finished.RECIPIENT.encode())

    def outgoing(self, *, row: Row, now: datetime) -> Outgoing:
        template = self._template

        def body(stuffed: bool) -> bytes:  # no line of finished bytes begins with a dot: both ways are the same
            return template.splice(self._values(row=row, now=now))

        size = self._base_size + self._recipients * len(row.address.encode())
        sender = envelope_sender(row.key) if settings.BOUNCE_DOMAIN else self._sender
        return Outgoing(row.key, sender, row.address, size, body)

    def _values(self, *, row: Row, now: datetime) -> dict[str, str]:
        token = tokens.ledger_token(space=tokens.DELIVERY, pk=pk_of(row.key))
        values = {
            finished.RECIPIENT: row.address,
            finished.DATE: self._dated(now),
            finished.MESSAGE_ID: f"<{token}@{self._domain}>",
        }
        if UNSUBSCRIBE_TOKEN in self._slots:
            values[UNSUBSCRIBE_TOKEN] = tokens.recipient_token(purpose=tokens.UNSUBSCRIBE, key=row.recipient_key)
        if PREFERENCES_TOKEN in self._slots:
            values[PREFERENCES_TOKEN] = tokens.recipient_token(purpose=tokens.PREFERENCES, key=row.recipient_key)
        if PERSONAL_TOKEN in self._slots:
            values[PERSONAL_TOKEN] = self._personal(row.recipient_key)
        return values

    def _dated(self, now: datetime) -> str:
        """RFC 5322 date, on the site's clock; thousands of messages leave within one second."""
        second = int(now.timestamp())
        if second != self._second:
            self._second, self._date = second, format_datetime(timezone.localtime(now))
        return self._date


def envelope_sender(key: int) -> str:
    """The return path of this very row, where a domain is set for it."""
    if not settings.BOUNCE_DOMAIN:
        return parseaddr(settings.MAIL_FROM)[1]
    return mailboxes.return_path(space=space_of(key), pk=pk_of(key))


def service_outgoing(*, row: Row) -> Outgoing:
    """A mail of service leaves as it was written; its dots are doubled where DATA wants it (RFC 5321 § 4.5.2)."""

    def body(stuffed: bool) -> bytes:
        raw = row.raw if row.raw.endswith(b"\r\n") else row.raw + b"\r\n"
        if not stuffed:
            return raw
        return (b"." + raw if raw.startswith(b".") else raw).replace(b"\r\n.", b"\r\n..")

    sender = envelope_sender(row.key) if settings.BOUNCE_DOMAIN else row.sender
    return Outgoing(row.key, sender, row.address, len(row.raw) + 2, body, row.eight_bit)
