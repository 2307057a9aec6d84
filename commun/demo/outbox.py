"""The folder of caught messages: one `.eml`, byte for byte as it came, and beside it a `.json` with its envelope.

A name is `<number>-<hash of the recipient>`: what comes from an address bar is checked against that form, so that
no name leads out of the folder.
"""

from __future__ import annotations

import email.policy
import hashlib
import json
import os
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

KEY = re.compile(r"\d{6}-[0-9a-f]{12}")


class NotInOutbox(Exception):
    """No message bears that name."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the SMTP dialogue said, and what a list shows without opening the message."""

    key: str
    mail_from: str
    recipient: str
    received_at: datetime
    subject: str
    sender: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Caught:
    """A message opened: decoded for reading, and its bytes."""

    envelope: Envelope
    headers: tuple[tuple[str, str], ...]
    html: str
    text: str
    raw: bytes


class Outbox:
    """Keeps messages durably and gives them back, the latest first. One writer at a time, any number of readers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._last: int | None = None

    # --- keeping ------------------------------------------------------------------------------------

    def keep(self, *, raw: bytes, mail_from: str, recipient: str, now: datetime) -> str:
        """On return the message is on the disk: the server may answer 250. Returns its key."""
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            key = f"{self._next():06d}-{hashlib.sha256(recipient.lower().encode()).hexdigest()[:12]}"
            message = _parse(raw, headers_only=True)
            envelope = {
                "mail_from": mail_from,
                "recipient": recipient,
                "received_at": now.isoformat(),
                "subject": str(message["subject"] or ""),
                "sender": str(message["from"] or ""),
                "size": len(raw),
            }
            _write(self.folder / f"{key}.json", json.dumps(envelope, ensure_ascii=False, indent=1).encode())
            # Last: a message that can be seen has its envelope.
            _write(self.folder / f"{key}.eml", raw)
            _sync_folder(self.folder)
        return key

    def _next(self) -> int:
        if self._last is None:
            self._last = max((int(key[:6]) for key in self._keys()), default=0)
        self._last += 1
        return self._last

    # --- reading ------------------------------------------------------------------------------------

    def _keys(self) -> list[str]:
        return [path.stem for path in self.folder.glob("*.eml") if KEY.fullmatch(path.stem)]

    def envelopes(self, *, recipient: str = "") -> list[Envelope]:
        """The latest first; `recipient`: those whose address contains these letters."""
        wanted = recipient.strip().lower()
        found = (self.envelope(key=key) for key in sorted(self._keys(), reverse=True))
        return [envelope for envelope in found if wanted in envelope.recipient.lower()]

    def envelope(self, *, key: str) -> Envelope:
        """Raises `NotInOutbox`."""
        values = json.loads(self._read(key, ".json"))
        values["received_at"] = datetime.fromisoformat(values["received_at"])
        return Envelope(key=key, **values)

    def message(self, *, key: str) -> Caught:
        """Raises `NotInOutbox`."""
        raw = self._read(key, ".eml")
        parsed = _parse(raw)
        return Caught(
            envelope=self.envelope(key=key),
            headers=tuple((name, " ".join(str(value).split())) for name, value in parsed.items()),
            html=_part(parsed, "html"),
            text=_part(parsed, "plain"),
            raw=raw,
        )

    def _read(self, key: str, suffix: str) -> bytes:
        if not KEY.fullmatch(key):
            raise NotInOutbox(key)
        try:
            return (self.folder / f"{key}{suffix}").read_bytes()
        except FileNotFoundError:
            raise NotInOutbox(key) from None


def _parse(raw: bytes, *, headers_only: bool = False) -> EmailMessage:
    parsed = BytesParser(policy=email.policy.default).parsebytes(raw, headersonly=headers_only)
    assert isinstance(parsed, EmailMessage)
    return parsed


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    if not isinstance(part, EmailMessage):
        return ""
    content = part.get_content()
    return content if isinstance(content, str) else ""


def _write(path: Path, body: bytes) -> None:
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
