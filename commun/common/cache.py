"""Django's cache in the database, where a counter is a counter."""

from __future__ import annotations

import base64
import pickle
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.utils import timezone


class CountingDatabaseCache(DatabaseCache):
    """`incr` counts every act, and a counter lives as long as was said.

    Django's own reads, then writes: two acts at once count for one; and it writes with the default term, so that a
    count over a day is forgotten after five minutes.
    """

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.table = table

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        stored = self.make_and_validate_key(key, version=version)
        database = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            quote = connections[database].ops.quote_name
            table = quote(self.table)
            # SQLite's transactions hold the whole file from their first statement (`transaction_mode`).
            lock = " FOR UPDATE" if connections[database].features.has_select_for_update else ""
            cursor.execute(
                f"SELECT value FROM {table} WHERE cache_key = %s AND expires > %s{lock}",  # noqa: S608 (our own names)
                [stored, self._as_column(database, timezone.now())],
            )
            row = cursor.fetchone()
            if row is None:
                raise ValueError(f"Key {key!r} not found")
            value = pickle.loads(base64.b64decode(row[0])) + delta  # noqa: S301 (as Django wrote it)
            packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")
            cursor.execute(f"UPDATE {table} SET value = %s WHERE cache_key = %s", [packed, stored])  # noqa: S608
        return value

    def forget_over(self, *, now: datetime) -> int:
        """Delete what has expired; Django does when the table is full, and people's hashes have no reason to wait."""
        database = router.db_for_write(self.cache_model_class)
        with connections[database].cursor() as cursor:
            table = connections[database].ops.quote_name(self.table)
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [self._as_column(database, now)])  # noqa: S608
            return cursor.rowcount

    @staticmethod
    def _as_column(database: str, moment: datetime) -> Any:
        return connections[database].ops.adapt_datetimefield_value(moment.replace(microsecond=0))


def forget_over(*, now: datetime) -> int:
    """Periodic: rows of the shared cache that are over go, where the shared cache is the database."""
    cache = caches["default"]
    return cache.forget_over(now=now) if isinstance(cache, CountingDatabaseCache) else 0
