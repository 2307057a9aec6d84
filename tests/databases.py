"""A migrated database, made once and cloned by every process; as it was again after each test that really commits.

Migrating takes longer than most rooms' tests. What migrations and `post_migrate` left is kept between runs, in
`var/tests/` for SQLite (a file), on the server for PostgreSQL (a template database). It is good as long as nothing it
came from has changed: migrations, pinned libraries, and the modules that ran while it was made, which are written down
as they run. Names on the server carry a hash of this folder: two trees are tested at once.

A database can also be *named*: what a costly preparation left (the demonstration), made once per process.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from django.apps.registry import Apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase

TREE = Path(__file__).resolve().parent.parent
KEPT = TREE / "var" / "tests"
MIGRATED = "migrated"
_PREFIX = f"commun_tests_{hashlib.sha256(str(TREE).encode()).hexdigest()[:8]}"


class Databases(ABC):
    """The database of this process, and those it is cloned from."""

    def __init__(self) -> None:
        self._holds: str | None = None  # which clone it is; None once a test has committed
        self._named: set[str] = {MIGRATED}
        self.took: dict[str, float] = {}  # seconds, where it had to be migrated

    def prepare(self) -> None:
        """The kept database made where it is missing or no longer true, by one process at a time."""
        KEPT.mkdir(parents=True, exist_ok=True)
        with (KEPT / f"{self.kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.sweep()
            if not (self.exists(MIGRATED) and _still_true(self._came_from)):
                self._came_from.unlink(missing_ok=True)
                self.drop(MIGRATED)
                with self.under_construction(MIGRATED):
                    files, self.took = _migrate()
                self._came_from.write_text(json.dumps(_hashes(files), indent=1))
        self.hold(MIGRATED)

    def hold(self, name: str, make: Callable[[], None] | None = None) -> None:
        """This process's database is a clone of that one, untouched. `make` fills it, committed, the first time."""
        if self._holds == name:
            return
        if name not in self._named:
            assert make is not None, f"nobody has made the database {name!r}"
            self.clone(MIGRATED)
            make()
            self.keep(name)
            self._named.add(name)
        self.clone(name)
        ContentType.objects.clear_cache()
        self._holds = name

    def forget(self) -> None:
        """A test has committed: whoever comes next gets a fresh clone."""
        self._holds = None

    @property
    def _came_from(self) -> Path:
        return KEPT / f"{self.kind}.json"

    kind: str

    @abstractmethod
    def exists(self, name: str) -> bool: ...

    @abstractmethod
    def under_construction(self, name: str) -> Any: ...

    @abstractmethod
    def clone(self, name: str) -> None: ...

    @abstractmethod
    def keep(self, name: str) -> None: ...

    @abstractmethod
    def drop(self, name: str) -> None: ...

    @abstractmethod
    def sweep(self) -> None:
        """What a killed run left is taken away."""

    @abstractmethod
    def close(self) -> None: ...


class SqliteDatabases(Databases):
    """Files, copied by SQLite's own backup: what other threads have open stays theirs."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self._own = Path(connection.settings_dict["TEST"]["NAME"])
        self._folder = self._own.parent
        _use(str(self._own))

    def _file(self, name: str) -> Path:
        return KEPT / f"{name}.sqlite3" if name == MIGRATED else self._folder / f"{name}.sqlite3"

    def exists(self, name: str) -> bool:
        return self._file(name).exists()

    @contextmanager
    def under_construction(self, name: str) -> Iterator[None]:
        unfinished = self._file(f"{name}-{os.getpid()}")
        _use(str(unfinished))
        try:
            yield
            _copy(connection.connection, self._file(name))
        finally:
            _use(str(self._own))
            _remove(unfinished)

    def clone(self, name: str) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(f"file:{self._file(name)}?mode=ro", uri=True)
        source.backup(connection.connection)
        source.close()

    def keep(self, name: str) -> None:
        connection.ensure_connection()
        _copy(connection.connection, self._file(name))

    def copy_to(self, path: Path) -> None:
        """A migrated database for another process."""
        shutil.copy(self._file(MIGRATED), path)

    def drop(self, name: str) -> None:
        _remove(self._file(name))

    def sweep(self) -> None:
        pass  # a process's files lie in its own temporary folder

    def close(self) -> None:
        connections.close_all()
        for path in self._folder.glob("*.sqlite3*"):
            path.unlink()


class PostgresDatabases(Databases):
    """Databases of one server: one for each name, cloned once by `CREATE DATABASE … TEMPLATE`, then put back as it was.

    A clone writes twenty megabytes; what a test has committed is a few rows. Where the role may not silence triggers
    (a superuser alone may), or a test has changed the tables themselves, a new clone is made.
    """

    kind = "postgresql"

    def __init__(self) -> None:
        super().__init__()
        self._own = f"{_PREFIX}_{os.getpid()}"
        self._clean: set[str] = set()
        self._left: dict[str, _Left] = {}
        _use(self._own)

    def _name(self, name: str) -> str:
        return f"{_PREFIX}_{name}" if name == MIGRATED else f"{self._own}_{name}"

    def _working(self, name: str) -> str:
        return self._own if name == MIGRATED else f"{self._own}_{name}_used"

    @contextmanager
    def _server(self) -> Iterator[Any]:
        """A cursor outside any database of the tests."""
        with connection._nodb_cursor() as cursor:
            yield cursor

    def _create(self, name: str, template: str) -> None:
        connections.close_all()
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')

    def exists(self, name: str) -> bool:
        with self._server() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._name(name)])
            return cursor.fetchone() is not None

    @contextmanager
    def under_construction(self, name: str) -> Iterator[None]:
        self._create(self._name(name), "template0")
        _use(self._name(name))
        try:
            yield
        finally:
            _use(self._own)

    def clone(self, name: str) -> None:
        _use(self._working(name))
        if name not in self._clean and not (name in self._left and self._left[name].put_back()):
            self._create(self._working(name), self._name(name))
            self._left[name] = _Left()
        self._clean.add(name)

    def forget(self) -> None:
        self._clean.discard(self._holds or "")
        super().forget()

    def keep(self, name: str) -> None:
        self._clean.discard(MIGRATED)
        self._create(self._name(name), self._own)

    def drop(self, name: str) -> None:
        connections.close_all()
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')

    def sweep(self) -> None:
        with self._server() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{_PREFIX}_[0-9]+"])
            for (name,) in cursor.fetchall():
                if not Path(f"/proc/{name.removeprefix(_PREFIX).split('_')[1]}").exists():
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        connections.close_all()
        named = self._named - {MIGRATED}
        with self._server() as cursor:
            for name in (self._own, *map(self._name, named), *map(self._working, named)):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_STRUCTURE = """
SELECT count(*), max(oid::bigint), string_agg(relname, ',' ORDER BY oid) FROM pg_class
WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT count(*), max(oid::bigint), string_agg(tgenabled::text, '' ORDER BY oid) FROM pg_trigger
UNION ALL SELECT count(*), max(oid::bigint), string_agg(convalidated::text, '' ORDER BY oid) FROM pg_constraint
UNION ALL SELECT count(*), max(oid::bigint), '' FROM pg_proc
UNION ALL SELECT count(*), 0, '' FROM pg_attribute WHERE NOT attisdropped
"""


class _Left:
    """What a fresh clone holds: its tables, the rows of those that have any, where its sequences stand."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            self._able = cursor.fetchone()[0]
            self._structure = self._ask(cursor, _STRUCTURE)
            cursor.execute(
                "SELECT quote_ident(relname) FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
            tables = [name for (name,) in cursor.fetchall()]
            self._rows = dict.fromkeys(tables, b"")
            self._marks = dict.fromkeys(tables, (0, 0))
            for name in self._touched(cursor):
                self._rows[name] = self._copied(cursor, name)
                self._marks[name] = self._mark(cursor, name)
            self._sequences = self._standing(cursor)

    def put_back(self) -> bool:
        """Whether this database could be made again what it was."""
        if not self._able:
            return False
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if self._ask(cursor, _STRUCTURE) != self._structure:
                return False
            touched = self._touched(cursor)
            with transaction.atomic():
                cursor.execute("SET LOCAL session_replication_role = replica")  # neither seals nor foreign keys
                for name in touched:
                    cursor.execute(f"DELETE FROM {name}")
                    if self._rows[name]:
                        with cursor.cursor.copy(f"COPY {name} FROM STDIN") as copy:
                            copy.write(self._rows[name])
            for name in touched:
                self._marks[name] = self._mark(cursor, name)
            for name, (at, start) in self._standing(cursor).items():
                if at != (before := self._sequences[name][0]):
                    cursor.execute("SELECT setval(%s, %s, %s)", [name, before or start, before is not None])
        return True

    def _ask(self, cursor: Any, query: str) -> list[Any]:
        cursor.execute(query)
        return cursor.fetchall()

    def _touched(self, cursor: Any) -> list[str]:
        """Tables in which a row has come, changed or gone."""
        every = " UNION ALL ".join(
            f"SELECT '{name}' FROM {name} HAVING (count(*), max(xmin::text::bigint)) <> ({count}, {newest})"
            if count
            else f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})"
            for name, (count, newest) in self._marks.items()
        )
        return [name for (name,) in self._ask(cursor, every)]

    def _mark(self, cursor: Any, name: str) -> tuple[int, int]:
        """How many rows, and the last transaction that wrote one."""
        return self._ask(cursor, f"SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM {name}")[0]

    def _copied(self, cursor: Any, name: str) -> bytes:
        with cursor.cursor.copy(f"COPY {name} TO STDOUT") as copy:
            return b"".join(bytes(part) for part in copy)

    def _standing(self, cursor: Any) -> dict[str, tuple[int | None, int]]:
        found = self._ask(
            cursor,
            "SELECT quote_ident(sequencename), last_value, start_value FROM pg_sequences WHERE schemaname = 'public'",
        )
        return {name: (at, start) for name, at, start in found}


def of_this_process() -> Databases:
    """Django empties every table after a test that commits: from now on its database is simply left behind."""
    found: Databases = SqliteDatabases() if connection.vendor == "sqlite" else PostgresDatabases()
    TransactionTestCase._fixture_teardown = lambda case: found.forget()  # type: ignore[method-assign]
    return found


def _use(name: str) -> None:
    """The connection's settings are one dictionary for all threads."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _copy(source: Any, path: Path) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}")
    copy = sqlite3.connect(unfinished)
    source.backup(copy)
    copy.close()
    unfinished.rename(path)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _migrate() -> tuple[set[Path], dict[str, float]]:
    """Migrate the empty database. Which of our files ran, and whatever those import by name; seconds that migrations
    took, ours and the libraries'.

    What runs after the migrations is seen as it runs; watching the migrations too would double their time: they are
    all looked at, whatever ran.
    """
    ran: set[str] = set()

    def see(frame: FrameType, event: str, argument: object) -> None:
        ran.add(frame.f_code.co_filename)

    def watched(*args: Any, **options: Any) -> None:
        sys.setprofile(see)
        try:
            emit_post_migrate_signal(*args, **options)
        finally:
            sys.setprofile(None)

    with mock.patch.object(migrate, "emit_post_migrate_signal", watched), _swappable_once(), _timed() as took:
        call_command("migrate", verbosity=0, run_syncdb=True)
    ours = {Path(name) for name in ran if name.startswith(str(TREE / "commun"))}
    ours |= set(TREE.glob("commun/*/migrations/*.py"))
    return ours | {imported for path in ours for imported in _imports(path)}, took


@contextmanager
def _swappable_once() -> Iterator[None]:
    """Django asks of each foreign key, in each state of each migration, whether settings replace what it leads to, and
    forgets the answer whenever a state changes: a fifth of the whole time. It depends on settings alone."""
    known: dict[str, str | None] = {}
    ask = Apps.get_swappable_settings_name

    def asked_once(registry: Apps, to_string: str) -> str | None:
        if to_string not in known:
            known[to_string] = ask(registry, to_string)
        return known[to_string]

    asked_once.cache_clear = lambda: None  # type: ignore[attr-defined]
    with mock.patch.object(Apps, "get_swappable_settings_name", asked_once):
        yield


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    took = {"libraries": 0.0, "ours": 0.0}
    apply = MigrationExecutor.apply_migration

    def timed(executor: MigrationExecutor, state: Any, migration: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return apply(executor, state, migration, **options)
        finally:
            whose = "ours" if type(migration).__module__.startswith("commun.") else "libraries"
            took[whose] += time.perf_counter() - started

    with mock.patch.object(MigrationExecutor, "apply_migration", timed):
        yield took


def _imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("commun."):
            file = TREE / f"{str(node.module).replace('.', '/')}.py"
            if file.exists():
                yield file


def _inputs() -> set[Path]:
    return {
        *TREE.glob("commun/*/migrations/*.py"),
        *TREE.glob("commun/*/apps.py"),  # which tables show: triggers are made of it
        TREE / "requirements" / "base.txt",
        TREE / "tests" / "settings.py",
        TREE / "tests" / "databases.py",
    }


def _hashes(files: set[Path]) -> dict[str, str]:
    return {
        str(path.relative_to(TREE)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files | _inputs())
        if path.exists()
    }


def _still_true(came_from: Path) -> bool:
    if not came_from.exists():
        return False
    then = json.loads(came_from.read_text())
    return then == _hashes({TREE / name for name in then})


def make_ready() -> str:
    """What the first test would wait for, done before (`tools/databases`); says how long it took."""
    found = of_this_process()
    found.prepare()
    found.close()
    took = " ".join(f"{whose}_s={seconds:.1f}" for whose, seconds in found.took.items())
    return f"databases: {found.kind} {took or 'kept'}"
