"""A copy of an SQLite database by SQLite itself, and back: other connections see all of it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from commun.upkeep.archive import Part, Readable, Writer
from commun.upkeep.exceptions import NotWritten

NAME = "database.sqlite3"


def spare_memory() -> None:
    """For a process that reads the whole file once: what a site keeps of it in memory would serve nobody."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for setting in ("mmap_size=0", "cache_size=-4000", "temp_store=FILE"):
                cursor.execute(f"PRAGMA {setting}")


def dump(writer: Writer) -> dict[str, int]:
    """One consistent copy while the site lives; rows of each table."""
    copy = writer.target.with_name(f"{writer.target.name}.copy")
    _forget(copy)
    copy.touch(mode=0o600)
    try:
        connection.ensure_connection()
        with closing(sqlite3.connect(_path())) as live, closing(sqlite3.connect(copy)) as target:
            # In one step: a reader in WAL hinders nobody, and what is written meanwhile does not make it begin again.
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            found = counts(target)
        with writer.part(NAME) as part, copy.open("rb") as file:
            part.copy(file)
    except sqlite3.OperationalError as error:
        raise NotWritten(str(error)) from error
    finally:
        _forget(copy)
    return found


def _path() -> str:
    return str(connection.settings_dict["NAME"])


def counts(database: sqlite3.Connection) -> dict[str, int]:
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    tables = sorted(name for (name,) in names)
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


@contextmanager
def scratch(stream: Readable, *, then: Sequence[str]) -> Iterator[tuple[Path, dict[str, int]]]:
    """The database of a backup, in a file beside the live one, and its counts; with these statements done in it."""
    path = Path(f"{_path()}.restoring")
    _forget(path)
    path.touch(mode=0o600)
    try:
        with path.open("wb") as file:
            Part(file, name=NAME).copy(stream)
        with closing(sqlite3.connect(path)) as copy:
            found = counts(copy)
            for statement in then:
                copy.execute(statement)
            copy.commit()
        yield path, found
    finally:
        _forget(path)


def _forget(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def load(stream: Readable, *, then: Sequence[str]) -> dict[str, int]:
    """In place of the live database, in one transaction of SQLite; rows of each table."""
    with scratch(stream, then=then) as (path, found):
        connection.close()
        Path(_path()).parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(_path(), timeout=20)) as live:
            source.backup(live)
            live.execute("PRAGMA journal_mode=WAL")
    return found
