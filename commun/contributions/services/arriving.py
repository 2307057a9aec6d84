"""Files as they come, by a form or by mail: recognised, counted, put in line. Nothing is opened here.

Whoever sends, and the web process or the mail that carries, never waits for an examination: see `examining`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from commun.contributions.files import MOST_BYTES, Refused, recognise
from commun.contributions.models import Contribution, File, FormDraft
from commun.contributions.types import FileState


class Arrival:
    """The files of one sending: a form, or one message of a contribution. `most_files` and `MOST_BYTES` are its room.

    The caller holds the row of the form, or the transaction that writes down the message.
    """

    def __init__(self, *, of: FormDraft | Contribution, most_files: int, now: datetime) -> None:
        self._owner: dict[str, Any] = {"draft": of} if isinstance(of, FormDraft) else {"contribution": of}
        self._now = now
        self._most_files = most_files
        rows = list(File.objects.filter(**self._owner))
        self._there = {row.sha256: row for row in rows if row.sha256}
        # A form is one sending, however many requests it takes; each message of a conversation is another.
        filled = [row for row in rows if row.draft_id and row.state != FileState.REFUSED]
        self._count, self._weight = len(filled), sum(row.size for row in filled)

    def has_no_room_for(self, size: int) -> str:
        """Why not, as a stable word; known before a byte of it is read."""
        if size > MOST_BYTES:
            return "too_big"
        if self._count >= self._most_files:
            return "many"
        return "heavy" if self._weight + size > MOST_BYTES else ""

    def take(self, *, name: str, data: bytes) -> str:
        """Put it in line; "", or why not. The same bytes twice are one file, but where they were refused before."""
        digest = hashlib.sha256(data).hexdigest()
        there = self._there.get(digest)
        if there is not None and there.state != FileState.REFUSED:
            return ""
        if why := self.has_no_room_for(len(data)):
            return why
        try:
            kind, safe = recognise(name=name, data=data)
        except Refused as error:
            return error.reason.value
        if there is not None:
            there.delete()
        row = File(
            **self._owner,
            name=safe[:160],
            content_type=kind,
            size=len(data),
            sha256=digest,
            place=min(self._count, 1000),
            came_at=self._now,
            retry_at=self._now,
        )
        row.file.save(safe, ContentFile(data), save=True)
        self._there[digest] = row
        self._count, self._weight = self._count + 1, self._weight + len(data)
        return ""

    def refuse(self, *, name: str, content_type: str, size: int, why: str, to_tell: bool = False) -> None:
        """A line that says that it came, and why it is not there; `to_tell` where nothing else will say so."""
        File.objects.create(
            **self._owner,
            state=FileState.REFUSED,
            name=(name or "sans nom")[:160],
            content_type=content_type[:100],
            size=size,
            refused=why,
            to_tell=to_tell,
        )
