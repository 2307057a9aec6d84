"""PostgreSQL's own tools make the dump and read it again: what they know of types, sequences, extensions and versions
is nobody else's to know (decision 0023).

`psql` reads a script in one transaction that ends with our own COMMIT: a process killed anywhere before leaves the
database as it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from commun.upkeep.archive import BLOCK, Readable, Writer
from commun.upkeep.exceptions import ToolFailed, ToolMissing

NAME = "database.dump"
_KEPT = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")
# Whatever an installation left in it: the dump makes everything again.
_EMPTY = """
DO $$
DECLARE it record;
BEGIN
  FOR it IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'p') LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || it.name || ' CASCADE';
  END LOOP;
  FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP ROUTINE IF EXISTS ' || it.name || ' CASCADE';
  END LOOP;
  FOR it IN SELECT quote_ident(t.cfgname) AS name FROM pg_ts_config t WHERE t.cfgnamespace = 'public'::regnamespace LOOP
    EXECUTE 'DROP TEXT SEARCH CONFIGURATION IF EXISTS public.' || it.name || ' CASCADE';
  END LOOP;
END $$;
"""


def _parameters(database: str = "") -> dict[str, Any]:
    found = connection.get_connection_params()
    return {**found, "dbname": database or found["dbname"]}


def _conninfo(database: str = "") -> str:
    """Without the password, which others could read in the list of processes."""
    found = _parameters(database)
    return make_conninfo(**{name: found[name] for name in _KEPT if found.get(name)})


def _environment() -> dict[str, str]:
    password = connection.get_connection_params().get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(name)
    return found


@contextmanager
def _tell_failures(errors: Any, *processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """What tools say on their way out, in our words; none is left running."""
    try:
        yield
        failed = any(process.wait() for process in processes)
    except BrokenPipeError:
        failed = True
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _quietly(pipe.close)
    if failed:
        errors.seek(0)
        said = [line for line in errors.read().decode("utf-8", "replace").splitlines() if line.strip()]
        raise ToolFailed(" / ".join(said[-3:]) or "sans dire pourquoi")


def dump(writer: Writer) -> dict[str, int]:
    """Rows of each table, at the very instant of the dump, while the site lives."""
    program = _tool("pg_dump")
    with psycopg.connect(**_parameters(), autocommit=True) as reader, tempfile.TemporaryFile() as errors:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = reader.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        # -Z1: twice as fast, a tenth larger.
        command = [program, "-Fc", "-Z1", "--no-owner", "--no-privileges", "--no-comments", f"--snapshot={snapshot}"]
        process = subprocess.Popen(  # noqa: S603 (its own path, no word of anybody)
            [*command, "--dbname", _conninfo()], stdout=subprocess.PIPE, stderr=errors, env=_environment()
        )
        with _tell_failures(errors, process), writer.part(NAME) as part:
            assert process.stdout is not None
            part.copy(process.stdout)
            process.wait()
        return counts(reader)


def counts(reader: psycopg.Connection[Any]) -> dict[str, int]:
    tables = reader.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in tables:
        row = reader.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))).fetchone()
        found[name] = row[0] if row else 0
    return found


def load(stream: Readable, *, then: Sequence[str], database: str = "") -> dict[str, int]:
    """In place of whatever the database holds, in one transaction that ends with these statements; rows of each."""
    restore, run = _tool("pg_restore"), _tool("psql")
    connection.close()
    with tempfile.TemporaryFile() as errors:
        reading = subprocess.Popen(  # noqa: S603
            [restore, "--no-owner", "--no-privileges", "--no-comments", "-f", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        writing = subprocess.Popen(  # noqa: S603
            [run, "-X", "-q", "-v", "ON_ERROR_STOP=1", "--dbname", _conninfo(database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(),
        )
        assert reading.stdin is not None
        feeding = threading.Thread(target=_feed, args=(stream, reading.stdin), daemon=True)
        feeding.start()
        with _tell_failures(errors, reading, writing):
            _script(reading=reading, writing=writing, then=then)
        feeding.join()
    with psycopg.connect(**_parameters(database)) as reader:
        return counts(reader)


def _feed(stream: Readable, to: Any) -> None:
    try:
        while block := stream.read(BLOCK):
            to.write(block)
    except OSError:
        pass  # whoever read has said why it stopped
    finally:
        _quietly(to.close)


def _quietly(act: Callable[[], None]) -> None:
    with suppress(OSError):
        act()


def _script(*, reading: subprocess.Popen[bytes], writing: subprocess.Popen[bytes], then: Sequence[str]) -> None:
    assert reading.stdout is not None
    assert writing.stdin is not None
    to = writing.stdin
    try:
        # Without `--single-transaction`, which commits at whatever end the script has.
        to.write(f"BEGIN;\nSET maintenance_work_mem = '256MB';\n{_EMPTY}".encode())
        while block := reading.stdout.read(BLOCK):
            to.write(block)
        if reading.wait() == 0:
            to.write(b"\nSET search_path = public;")
            to.write("".join(f"\n{statement};" for statement in then).encode())
            to.write(b"\nCOMMIT;\nANALYZE;\n")
    finally:
        _quietly(to.close)
    writing.wait()


@contextmanager
def scratch(name: str) -> Iterator[str]:
    """A database of that name, for the time it takes; its name."""
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise ToolFailed(str(error).strip()) from error
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def url(database: str) -> str:
    """`DATABASE_URL` of another database of the same server."""
    from urllib.parse import quote, urlencode

    found = _parameters(database)
    who = quote(str(found.get("user") or ""), safe="")
    if found.get("password"):
        who += ":" + quote(str(found["password"]), safe="")
    host = quote(str(found.get("host") or ""), safe="")
    port = f":{found['port']}" if found.get("port") else ""
    more = urlencode({name: found[name] for name in _KEPT[4:] if found.get(name)})
    return f"postgres://{who}{'@' if who else ''}{host}{port}/{quote(database)}{'?' + more if more else ''}"
