"""The kept bytes of a file of addresses, read again by whatever machine works at it."""

from __future__ import annotations

import io
from typing import Any

from commun.subscribers.models import Import, ImportPiece

PIECE = 512 * 1024


class Pieces(io.RawIOBase):
    """The kept bytes of a file as a seekable stream, one piece in memory."""

    def __init__(self, row: Import):
        self._row, self._at = row, 0
        self._number, self._piece = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._row.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        number, offset = divmod(self._at, PIECE)
        if number != self._number:
            pieces = ImportPiece.objects.filter(imported=self._row, number=number)
            self._number, self._piece = number, bytes(pieces.values_list("content", flat=True).first() or b"")
        given = self._piece[offset : offset + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)
