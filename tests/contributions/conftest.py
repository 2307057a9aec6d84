"""Mail addressed to the team, and what the conversation says."""

from __future__ import annotations

import pytest

from commun.common import clock
from commun.inbound.api import receive
from commun.inbound.models import RawMessage
from commun.inbound.services import processing
from commun.inbound.types import Transport

DOMAIN = "contributions.example.org"
SERVER = "mx.example.org"


@pytest.fixture(autouse=True)
def _mail_comes_in(settings) -> None:
    settings.INBOUND_DOMAIN = DOMAIN
    settings.INBOUND_AUTHSERV_ID = SERVER
    settings.STAFF_MFA_REQUIRED = False
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"


def deliver(raw: bytes, *, to: str = f"editorialisation@{DOMAIN}", mail_from: str = "camille@bourg.example.org") -> str:
    """Receive and handle one message, as a worker would; what its handler said, or why it was set aside."""
    receipt = receive(raw=raw, mail_from=mail_from, recipient=to, transport=Transport.LMTP, now=clock.now())
    row = RawMessage.objects.get(pk=receipt.raw_id)
    if row.state == "received":
        processing.process(raw_id=row.pk, now=clock.now())
        row.refresh_from_db()
    return row.outcome or row.error


def proven(raw: bytes, *, domain: str = "bourg.example.org") -> bytes:
    """The message as our own server hands it over when the sender's domain vouches for it."""
    said = f"Authentication-Results: {SERVER}; spf=pass; dkim=pass header.d={domain}; dmarc=pass\r\n"
    return said.encode() + raw


def forged(raw: bytes) -> bytes:
    return f"Authentication-Results: {SERVER}; spf=fail; dkim=none; dmarc=fail\r\n".encode() + raw
