"""Sealing: what is approved is what leaves, to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings

from commun.mailing import finished, mailboxes
from commun.mailing.exceptions import DamagedPlaceholder, MissingUnsubscribe, TooHeavy, UnsafeHeader
from commun.mailing.models import Message
from commun.mailing.types import MAX_HTML_BYTES, PREFERENCES_PATH, UNSUBSCRIBE_PATH, UNSUBSCRIBE_TOKEN, PersonalUrls


def personal_urls() -> PersonalUrls:
    return PersonalUrls(
        unsubscribe=f"{settings.SITE_URL}{UNSUBSCRIBE_PATH}", preferences=f"{settings.SITE_URL}{PREFERENCES_PATH}"
    )


def seal_message(
    *,
    subject: str,
    html: str,
    text: str,
    now: datetime,
    preheader: str = "",
    archive_url: str = "",
    reply_to: str = "",
    bulk: bool = True,
    extra_headers: Mapping[str, str] | None = None,
) -> Message:
    """Encode and seal. `bulk`: a letter, with the headers of a list and a compulsory way out."""
    if len(html.encode()) > MAX_HTML_BYTES:
        raise TooHeavy(len(html.encode()))
    if bulk and not (UNSUBSCRIBE_TOKEN in html and UNSUBSCRIBE_TOKEN in text):
        raise MissingUnsubscribe()
    headers = _headers(subject=subject, archive_url=archive_url, reply_to=reply_to, bulk=bulk)
    headers += list((extra_headers or {}).items())
    try:
        raw = finished.build(headers=headers, text=text, html=html)
    except finished.Damaged as error:
        raise DamagedPlaceholder(str(error)) from error
    except finished.Unsafe as error:
        raise UnsafeHeader(str(error)) from error
    return Message.objects.create(
        subject=subject,
        preheader=preheader,
        html=html,
        text=text,
        headers=dict(headers),
        raw=raw,
        hash=hashlib.sha256(raw).hexdigest(),
        sealed_at=now,
    )


def list_domain() -> str:
    return parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]


def _headers(*, subject: str, archive_url: str, reply_to: str, bulk: bool) -> list[tuple[str, str]]:
    headers = [
        ("From", finished.mailbox(settings.MAIL_FROM)),
        ("To", finished.RECIPIENT),
        ("Subject", subject),
        ("Date", finished.DATE),
        ("Message-ID", finished.MESSAGE_ID),
    ]
    if reply_to:
        headers.append(("Reply-To", finished.mailbox(reply_to)))
    if bulk:
        headers += _list_headers(archive_url=archive_url)
    return headers


def _list_headers(*, archive_url: str) -> list[tuple[str, str]]:
    """RFC 2369, 2919 and 8058; Feedback-ID as Gmail and Orange read it; RFC 3834 so that nobody's robot answers."""
    ways_out = [f"<{personal_urls().unsubscribe}>"]
    if settings.INBOUND_DOMAIN:
        ways_out.append(f"<mailto:{mailboxes.UNSUBSCRIBE}+{UNSUBSCRIBE_TOKEN}@{settings.INBOUND_DOMAIN}>")
    owner = parseaddr(settings.MAIL_FROM)[1]
    return [
        ("List-Id", f"{finished.mailbox(f'{settings.SITE_NAME} <x@x>').rpartition(' ')[0]} <{settings.LIST_ID}>"),
        ("List-Unsubscribe", ", ".join(ways_out)),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Help", f"<{settings.SITE_URL}/abonnement/>"),
        ("List-Archive", f"<{archive_url or settings.SITE_URL + '/lettre/'}>"),
        ("List-Owner", f"<mailto:{owner}>"),
        ("List-Post", "NO"),
        ("Feedback-ID", finished.CAMPAIGN),
        ("Precedence", "bulk"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ]
