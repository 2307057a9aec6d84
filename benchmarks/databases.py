"""A database of its own for a benchmark: made, migrated, dropped. PostgreSQL where one answers on loopback."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CANDIDATES = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")


def find_postgresql() -> str | None:
    """A server we may create a database on, as an URL of its `postgres` database; None when none answers."""
    import psycopg

    for url in CANDIDATES:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.Error:
            continue
        return url
    return None


@contextmanager
def environment(*, database: str, server: str = "", **settings: str) -> Iterator[dict[str, str]]:
    """Environment of processes that share one fresh database ("postgresql" or "sqlite") and one fresh directory.
    `server`: the PostgreSQL to use, as `find_postgresql` gives it."""
    with tempfile.TemporaryDirectory(prefix="commun-bench-") as directory:
        values = {
            "DEMO": "true",
            "SITE_URL": "http://localhost:8000",
            "SECRET_KEY": "benchmarks-only-" + "x" * 50,
            "VAR_DIR": directory,
            "DATABASE_URL": f"sqlite:///{Path(directory) / 'bench.sqlite3'}",
            "LOG_LEVEL": "ERROR",
            **settings,
        }
        ours = ("SMTP_URL", "CACHE_URL", "MEDIA_STORAGE_URL", "SENTRY_DSN", "DEBUG", "JOURNAL_DIR", "WITHDRAWALS_FILE")
        for name in ours:
            if name not in values:
                os.environ.pop(name, None)
        if database == "sqlite":
            yield values
            return
        with _postgresql_database(server or find_postgresql()) as url:
            yield {**values, "DATABASE_URL": url}


@contextmanager
def _postgresql_database(server: str | None) -> Iterator[str]:
    import psycopg

    if server is None:
        raise SystemExit("benchmarks: no PostgreSQL answers on loopback")
    name = f"commun_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.removesuffix("/postgres").replace("postgresql://", "postgres://") + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def set_up(values: dict[str, str]) -> None:
    """Enter that environment in this process: Django ready, tables made."""
    import django
    from django.core.management import call_command

    os.environ.update(values)
    os.environ["DJANGO_SETTINGS_MODULE"] = "commun.config.settings"
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def processor_seconds() -> float:
    """Time of a processor that this process took, and the server of its connection: what other work on the machine does
    not lengthen."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent
