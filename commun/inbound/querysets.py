"""Bytes of messages, in and out of the database by pieces: a large one is never held several times over."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from django.db import connections, models, router

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper
Row = TypeVar("Row", bound=models.Model)

# What is large is made of base64, which shrinks by a quarter at best: it is stored as it is (level 0 of the same
# format), because a receipt must not wait.
_FAST, _AS_IT_IS = 1, 0
_LARGE = 32 * 1024
_PIECE = 512 * 1024
# PostgreSQL, "COPY", binary format: a signature, then no flag and no extension; a row is its number of columns, then
# each column behind its length; -1 columns end it.
_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_COPY_TAIL = struct.pack("!h", -1)


class RawBodyManager(models.Manager[Row]):
    """On PostgreSQL bytes travel as bytes, by pieces. Django would write them in hexadecimal in the text of the query,
    and the driver keeps buffers as large as the largest value it ever carried, for each connection."""

    def keep(self, *, message_id: int, raw: bytes) -> None:
        pieces = list(_packed(raw))
        connection = connections[router.db_for_write(self.model)]
        if connection.vendor != "postgresql":
            self.create(message_id=message_id, compressed=b"".join(pieces))
            return
        head = struct.pack("!hiqi", 2, 8, message_id, sum(map(len, pieces)))
        query = b"COPY inbound_rawbody (message_id, compressed) FROM STDIN (FORMAT BINARY)"
        with _cursor(connection) as cursor, cursor.copy(query) as copy:
            copy.write(_COPY_HEAD + head)
            for piece in pieces:
                copy.write(piece)
            copy.write(_COPY_TAIL)

    def raw_of(self, *, message_id: int) -> bytes | None:
        """None where nothing is kept (any more)."""
        connection = connections[router.db_for_read(self.model)]
        if connection.vendor != "postgresql":
            packed = self.filter(pk=message_id).values_list("compressed", flat=True).first()
            return None if packed is None else zlib.decompress(packed)
        unpack = zlib.decompressobj()
        raw = b"".join(unpack.decompress(piece) for piece in _slices(connection, message_id))
        return raw or None  # no message is empty


def _packed(raw: bytes) -> Iterator[bytes]:
    pack = zlib.compressobj(_FAST if len(raw) < _LARGE else _AS_IT_IS)
    view = memoryview(raw)
    for start in range(0, len(raw), _PIECE):
        if piece := pack.compress(view[start : start + _PIECE]):
            yield piece
    yield pack.flush()


def _slices(connection: BaseDatabaseWrapper, message_id: int) -> Iterator[bytes]:
    """Slices of a value stored apart and as it is (migration 2) are read without the rest of it."""
    query = b"SELECT substring(compressed FROM %s FOR %s) FROM inbound_rawbody WHERE message_id = %s"
    start = 1
    with _cursor(connection) as cursor:
        while True:
            row = cursor.execute(query, (start, _PIECE, message_id), binary=True).fetchone()
            if row is None or not row[0]:
                return
            yield row[0]
            if len(row[0]) < _PIECE:
                return
            start += _PIECE


@contextmanager
def _cursor(connection: BaseDatabaseWrapper) -> Iterator[psycopg.Cursor]:
    """The driver's own, in the transaction under way, with the errors that Django raises."""
    import psycopg

    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor
