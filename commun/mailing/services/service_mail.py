"""Mail of service: queued rows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.db.models import Q

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common import clock
from commun.mailing.finished import encode_header
from commun.mailing.models import ServiceMail
from commun.mailing.selectors.addresses import is_dead
from commun.mailing.types import UNSETTLED, DeliveryState

USEFUL_FOR = timedelta(hours=48)
KEPT_FOR = timedelta(days=7)


def queue_message(*, message: EmailMessage) -> int:
    """One row per recipient; returns how many. Header injection is refused by Django (`BadHeaderError`)."""
    now = clock.now()
    mime = message.message()
    # RFC 3834: no robot is to answer a code or an acknowledgement.
    if "Auto-Submitted" not in mime:
        mime["Auto-Submitted"] = "auto-generated"
    raw = mime.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own message takes it
    raw = _with_subject(raw, str(message.subject))
    sender = parseaddr(message.from_email)[1]
    queued = 0
    for recipient in message.recipients():
        try:
            address = normalise_email(parseaddr(recipient)[1])
        except InvalidAddress:
            continue
        dead = is_dead(address=address)
        ServiceMail.objects.create(
            address=address,
            sender=sender,
            raw=raw,
            eight_bit=not raw.isascii(),
            state=DeliveryState.EXCLUDED if dead else DeliveryState.PENDING,
            reason="hard_bounce" if dead else "",
            settled_at=now if dead else None,
            created_at=now,
            expires_at=now + USEFUL_FOR,
        )
        queued += 1
    return queued


_SUBJECT = re.compile(rb"^Subject:.*?\r\n(?![ \t])", re.DOTALL | re.MULTILINE)


def _with_subject(raw: bytes, subject: str) -> bytes:
    """Django folds a long one before its first word: filters and logs that read one line then see an empty subject."""
    head, end, body = raw.partition(b"\r\n\r\n")
    line = encode_header("Subject", subject)
    return _SUBJECT.sub(lambda _: line, head + b"\r\n", count=1) + end[2:] + body


def blank_old(*, now: datetime) -> int:
    """Seven days after its fate is known, a mail of service keeps neither body nor address (periodic)."""
    settled = ~Q(state__in=[state.value for state in UNSETTLED])
    return ServiceMail.objects.filter(settled, blanked_at__isnull=True, settled_at__lt=now - KEPT_FOR).update(
        raw=b"", address="", sender="", diagnostic="", blanked_at=now
    )
