"""IMAP, for who has a mailbox and no mail server: messages leave it only once they are safe here."""

from __future__ import annotations

import imaplib
import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from imap_tools import A, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags

from commun.common import clock
from commun.inbound.exceptions import EmptyMessage, TooLarge
from commun.inbound.services.receiving import receive, set_aside
from commun.inbound.transports.headers import envelope_of
from commun.inbound.types import MAX_BYTES, Transport

logger = logging.getLogger("commun.inbound")

TIMEOUT = 60
ProtocolError = imaplib.IMAP4.error


class ImapMailbox(Protocol):
    """As parsed from IMAP_URL."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def tls(self) -> bool: ...
    @property
    def folder(self) -> str: ...
    @property
    def move_to(self) -> str: ...


def connect(mailbox: ImapMailbox) -> BaseMailBox:
    """Raises `imap_tools.MailboxLoginError`, `OSError`."""
    kind = MailBox if mailbox.tls else MailBoxUnencrypted
    box = kind(mailbox.host, mailbox.port, timeout=TIMEOUT)
    box.login(mailbox.username, mailbox.password, initial_folder=mailbox.folder)
    return box


def empty(*, box: BaseMailBox, mailbox: ImapMailbox) -> int:
    """Receive every message of the folder, oldest first; how many left it.

    A crash between receipt and removal brings the message again: it is a duplicate then. A message that is too
    large stays there, flagged, for a person.
    """
    done = 0
    for uid in box.uids(A(flagged=False), charset=None):
        if _size(box, uid) > MAX_BYTES:
            _leave(box, uid)
            continue
        raw = _fetch(box, uid)
        if raw is None:
            continue
        try:
            take(raw=raw, now=clock.now())
        except (TooLarge, EmptyMessage):
            _leave(box, uid)
            continue
        if mailbox.move_to:
            box.move(uid, mailbox.move_to)
        else:
            box.delete(uid)
        done += 1
    return done


def take(*, raw: bytes, now: datetime) -> None:
    """Keep a message for each address of ours that it names; in quarantine where it names none."""
    sender, recipients = envelope_of(raw)
    for recipient in recipients:
        receive(raw=raw, mail_from=sender, recipient=recipient, transport=Transport.IMAP, now=now)
    if not recipients:
        set_aside(raw=raw, mail_from=sender, transport=Transport.IMAP, why="no_route", now=now)


def watch(*, mailbox: ImapMailbox, stop: threading.Event, every: float) -> Iterator[int]:
    """Empty the folder, wait for news (IDLE, or `every` seconds where the server knows none), and again.

    Yields how many messages came each time; raises when the connection is lost, and the caller connects again.
    """
    with connect(mailbox) as box:
        idles = "IDLE" in box.client.capabilities
        while not stop.is_set():
            yield empty(box=box, mailbox=mailbox)
            if idles:
                _idle(box, stop=stop, every=every)
            else:
                stop.wait(every)


def _idle(box: BaseMailBox, *, stop: threading.Event, every: float) -> None:
    """In short turns, so that a stop is heard; RFC 2177 wants IDLE renewed before half an hour."""
    with box.idle as idle:
        waited = 0.0
        while not stop.is_set() and waited < min(every, 20 * 60):
            if idle.poll(timeout=1):
                return
            waited += 1


def _size(box: BaseMailBox, uid: str) -> int:
    answer = box.client.uid("FETCH", uid, "(RFC822.SIZE)")[1]
    words = answer[0].decode("ascii", "replace").upper().replace(")", " ").split() if answer and answer[0] else []
    return int(words[words.index("RFC822.SIZE") + 1]) if "RFC822.SIZE" in words[:-1] else 0


def _fetch(box: BaseMailBox, uid: str) -> bytes | None:
    """The very bytes: a library's message would be written anew. None where it went away meanwhile."""
    answer = box.client.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    return next((item[1] for item in answer if isinstance(item, tuple)), None)


def _leave(box: BaseMailBox, uid: str) -> None:
    box.flag(uid, [MailMessageFlags.FLAGGED], True)
    logger.warning("message left in the mailbox, flagged")
