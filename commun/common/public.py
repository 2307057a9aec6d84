"""What the public sees, as one number that moves in the transaction of every write that shows.

Rooms say which tables show (`shows`); triggers in the database count what is written to them, whoever writes and by
whatever way: a form, a bulk update, a command, another process. What was worked out under a number holds as long as it
is the number, and until the moment the clock alone changes something (`changes_at`): nothing is ever invalidated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, connections, models
from django.utils import timezone

_MOVES = "common_publicmove"
_NAME = re.compile(r"[a-z][a-z0-9_]+")

_shown: dict[str, frozenset[str]] = {}
_followers: dict[str, str] = {}
_changes: list[Callable[[datetime], datetime | None]] = []


def shows(*shown: type[models.Model], but: Iterable[str] = ()) -> None:
    """Called from `AppConfig.ready()`: the public sees rows of these tables; `but`: columns that it never does."""
    for model in shown:
        _shown[model._meta.db_table] = frozenset(but)


def follows(*models_: type[models.Model], why: str) -> None:
    """Read for the public, and known to change with a table that shows, or never to change what is read."""
    for model in models_:
        _followers[model._meta.db_table] = why


def changes_at(change: Callable[[datetime], datetime | None]) -> None:
    """Called from `AppConfig.ready()`: the next moment after the one given at which the clock alone changes what is
    shown (an event begins, a vote closes), or None. Midnight is known already."""
    _changes.append(change)


def shown_tables() -> frozenset[str]:
    return frozenset(_shown)


# --- The number --------------------------------------------------------------------------------------------------


def version() -> int:
    """Writes that show, committed up to now: the same number, the same content."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(n) FROM {_MOVES}")  # noqa: S608 (our own name)
        return int(cursor.fetchone()[0] or 0)


def move() -> None:
    """Something shows that no table of ours says: a lighter copy of a picture."""
    with connection.cursor() as cursor:
        cursor.execute(_one_more(vendor=connection.vendor))


def _one_more(*, vendor: str) -> str:
    if vendor == "postgresql":
        return f"INSERT INTO {_MOVES} (n) VALUES (1)"  # noqa: S608 (our own name)
    return f"UPDATE {_MOVES} SET n = n + 1 WHERE id = 0"  # noqa: S608 (our own name)


def fold(*, now: datetime) -> int:
    """Periodic: moves written one by one (PostgreSQL) are added up in one row; the number does not change. How many."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {_MOVES} WHERE id > 0 RETURNING n) "  # noqa: S608 (our own name)
            f"UPDATE {_MOVES} SET n = n + (SELECT COALESCE(SUM(n), 0) FROM gone) WHERE id = 0 "
            "RETURNING (SELECT COUNT(*) FROM gone)"
        )
        row = cursor.fetchone()
    return row[0] if row else 0


def install(*, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: the triggers, made again so that they are those of the code.

    On PostgreSQL a move is a row of its own, so that nobody waits for somebody else's transaction, nor locks in another
    order: committed rows are counted. SQLite has one writer: it counts in one row.
    """
    database = connections[using]
    present = set(database.introspection.table_names())
    if _MOVES not in present:
        return
    with database.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_MOVES} (id, n) VALUES (0, 1) ON CONFLICT (id) DO NOTHING")  # noqa: S608
        if database.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION commun_public_moved() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {_one_more(vendor=database.vendor)}; RETURN NULL; END $$"
            )
        for table in sorted(_shown.keys() & present):
            for statement in _triggers(table, vendor=database.vendor):
                cursor.execute(statement)


def _triggers(table: str, *, vendor: str) -> Iterator[str]:
    acts = {"insert": "INSERT", "update": f"UPDATE{_of(table)}", "delete": "DELETE"}
    for name, act in acts.items():
        trigger = f"{table}_shows_{name}"
        if vendor == "postgresql":
            yield (
                f'CREATE OR REPLACE TRIGGER {trigger} AFTER {act} ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION commun_public_moved()"
            )
        else:
            yield f"DROP TRIGGER IF EXISTS {trigger}"
            yield f'CREATE TRIGGER {trigger} AFTER {act} ON "{table}" BEGIN {_one_more(vendor=vendor)}; END'


def _of(table: str) -> str:
    if not _shown[table]:
        return ""
    model = next(one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table)
    columns = [one.column for one in model._meta.local_concrete_fields if one.column not in _shown[table]]
    return " OF " + ", ".join(f'"{column}"' for column in columns)


# --- Until when --------------------------------------------------------------------------------------------------

# What was last answered: under which number, since when, until when.
_answered: list[tuple[int, datetime, datetime]] = []


def good_until(*, number: int, now: datetime) -> datetime:
    """Until when what is worked out now, under this number, is right by the clock. Asked of the rooms once a number."""
    for known, since, until in _answered:
        if known == number and since <= now < until:
            return until
    day = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(day, time()))
    first = min([midnight, *(moment for change in _changes if (moment := change(now)) is not None)])
    _answered[:] = [(number, now, first)]
    return first


def forget() -> None:
    _answered.clear()


# --- What was read -----------------------------------------------------------------------------------------------


@dataclass
class Reading:
    """What was read while something was worked out, and whether others may be shown the same."""

    tables: set[str] = field(default_factory=set)
    refused: bool = False

    @property
    def strangers(self) -> set[str]:
        """Tables of which nobody said that their writes show."""
        return {one for one in self.tables if one not in _shown and one not in _followers}

    @property
    def may_be_kept(self) -> bool:
        return not self.refused and not self.strangers


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """Notes the tables that are read inside."""
    seen, above = Reading(), _reading.get()

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.tables |= _tables_of(sql if isinstance(sql, str) else str(sql))
        return execute(sql, params, many, context)

    token = _reading.set(seen)
    try:
        with connection.execute_wrapper(note):
            yield seen
    finally:
        _reading.reset(token)
        if above is not None and seen.refused:
            above.refused = True


def refuse() -> None:
    """What is being worked out is for one person, or grows old: a form's stamp, a personal link."""
    seen = _reading.get()
    if seen is not None:
        seen.refused = True


@lru_cache(maxsize=4096)
def _tables_of(sql: str) -> frozenset[str]:
    return frozenset(_NAME.findall(sql.lower())) & _every_table()


@cache
def _every_table() -> frozenset[str]:
    return frozenset(one._meta.db_table for one in apps.get_models(include_auto_created=True))
