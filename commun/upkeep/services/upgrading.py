"""From the version that made the database to the one that is installed, while the site answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from packaging.markers import Marker

from commun.upkeep import manifest
from commun.upkeep.exceptions import ChecksFailed, Jump, LibrariesMissing, Locked
from commun.upkeep.services.backup import Say
from commun.upkeep.turns import alone

# The last migrations of the oldest database that this version was made to upgrade, by room. A release that takes away
# what the former one still used says here what the former one had: `web` runs it until it is restarted, and whoever
# comes from further back installs the one between first.
FROM = {"common": "0001_tables", "mailing": "0001_tables", "subscribers": "0001_tables"}
# A migration that waits for a lock makes every page wait behind it: it gives up soon, and comes again.
LOCK_SECONDS, TRIES, PAUSE_SECONDS = 3, 40, 2.0
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    version: str
    migrations: list[str]
    static: str  # what collectstatic said


def upgrade(*, say: Say) -> Upgraded:
    """Raises LibrariesMissing, Newer, Jump, ChecksFailed, Locked. Running it again does what is left to do."""
    say("bibliothèques")
    if missing := list(_missing()):
        raise LibrariesMissing(", ".join(missing))
    with alone(say=say):
        refuse_jump(manifest.applied() if "django_migrations" in connection.introspection.table_names() else {})
        say("réglages")
        _check()
        say("migrations")
        done = _migrate(say=say)
        say("fichiers statiques")
        static = StringIO()
        call_command("collectstatic", interactive=False, verbosity=1, stdout=static)
    return Upgraded(version=manifest.version(), migrations=done, static=static.getvalue().strip())


def refuse_jump(applied: dict[str, str]) -> None:
    """`applied`: the last migration of each room, none for a database that is new. Raises Newer, Jump."""
    manifest.refuse_newer(applied)
    for room, oldest in FROM.items() if applied else ():
        # Migrations are numbered: what comes later has what is asked.
        if applied.get(room, "") < oldest:
            raise Jump(f"{room}.{oldest}")


def _missing() -> Iterator[str]:
    pinned = (Path(settings.BASE_DIR) / "requirements" / "base.txt").read_text(encoding="utf-8")
    for name, version, marker in _PINNED.findall(pinned):
        if marker and not Marker(marker.strip()).evaluate():
            continue
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            found = ""
        if found != version:
            yield f"{name} {version}" + (f" (et non {found})" if found else "")


def _check() -> None:
    try:
        call_command("check", deploy=True, fail_level="ERROR", stdout=StringIO(), stderr=StringIO())
    except SystemCheckError as error:
        raise ChecksFailed(str(error)) from error


def _migrate(*, say: Say) -> list[str]:
    done: list[str] = []
    for attempt in range(1, TRIES + 1):
        try:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            done = done or [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            if not _is_lock(error):
                raise
            say(f"la base est occupée : nouvel essai ({attempt})")
            time.sleep(PAUSE_SECONDS)
        else:
            return done
        finally:
            connection.close()  # with its `lock_timeout`
    raise Locked


def _is_lock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == "55P03" or "locked" in str(error)
