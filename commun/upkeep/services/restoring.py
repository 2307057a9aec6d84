"""A backup becomes the site again; nothing leaves before a person has looked."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection

from commun.common import standstill, withdrawals
from commun.common.models import WorkerBeat
from commun.common.storage import unreachable
from commun.common.withdrawals import Line
from commun.mailing.api import HOLD_AFTER_RESTORE
from commun.upkeep import archive
from commun.upkeep import manifest as manifests
from commun.upkeep.engines import postgresql, sqlite
from commun.upkeep.exceptions import Altered, Differs, SiteHasPeople, StorageUnreachable, ToolFailed, WorkerLives
from commun.upkeep.services import replaying
from commun.upkeep.services.backup import STORAGES, Say
from commun.upkeep.turns import alone

SILENT = timedelta(minutes=1)
_PEOPLE = ("accounts_user", "subscribers_subscriber")
_THEN = (
    *HOLD_AFTER_RESTORE,
    # Those who beat when the copy was made are elsewhere by now.
    "UPDATE common_workerbeat SET stopped_at = beat_at WHERE stopped_at IS NULL",
    f"CREATE TABLE {standstill.TABLE} (backup_of varchar(64))",
)


@dataclass(frozen=True, kw_only=True)
class Restored:
    """`replayed`: withdrawals since the backup, by kind. `complete_until`, `last_line`: of the files they were read
    from; None where there was none to read."""

    manifest: manifests.Manifest
    replayed: Counter[str]
    complete_until: datetime | None
    last_line: datetime | None


def check_target(*, now: datetime) -> None:
    """Raises WorkerLives, SiteHasPeople. A restore that was killed may be run again."""
    tables = set(connection.introspection.table_names())
    if WorkerBeat._meta.db_table in tables:
        alive = WorkerBeat.objects.filter(stopped_at__isnull=True, beat_at__gt=now - SILENT).first()
        if alive is not None:
            raise WorkerLives(alive.worker)
    if standstill.TABLE in tables:
        return
    with connection.cursor() as cursor:
        for table in tables.intersection(_PEOPLE):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")  # noqa: S608 (names of ours)
            if cursor.fetchone()[0]:
                raise SiteHasPeople


def restore(*, source: Path, lines_of: Sequence[Path], now: datetime, say: Say) -> Restored:
    """Raises what `manifests.read`, `check_target` and `archive.verify` raise, before anything is changed here.

    Files first, which may be written twice; then the database, in one transaction that also holds every send and says
    that a restore is under way; migrations; what people asked since. Killed anywhere, it is run again.
    """
    manifest = manifests.read(source)
    with alone(say=say):
        check_target(now=now)
        _verify(source, manifest, say=say)
        _put_files_back(source, say=say)
        say("base de données")
        _load(source)
        sqlite.spare_memory()
        say("migrations")
        call_command("migrate", interactive=False, verbosity=0)
        ContentType.objects.clear_cache()
        say("retraits demandés depuis la sauvegarde")
        lines = [line for path in lines_of if path.exists() for line in withdrawals.read(path)]
        replayed = _replay(lines, made_at=manifest.made_at)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {standstill.TABLE}")
    complete = [line.at for line in lines if line.kind == withdrawals.COMPLETE]
    return Restored(
        manifest=manifest,
        replayed=replayed,
        complete_until=max(complete, default=None),
        last_line=max((line.at for line in lines), default=None),
    )


def check(*, source: Path, say: Say) -> manifests.Manifest:
    """Restore into a database that is thrown away, bring it up to date, and compare. Nothing here changes.

    Raises what `manifests.read` and `archive.verify` raise, and Differs, ToolFailed.
    """
    manifest = manifests.read(source)
    _verify(source, manifest, say=say)
    say("base d’essai")
    with _scratch(source) as (url, counts):
        wrong = [name for name in {*counts, *manifest.counts} if counts.get(name) != manifest.counts.get(name)]
        if wrong:
            name = min(wrong)
            raise Differs(f"{name} a {counts.get(name)} lignes, et non {manifest.counts.get(name)}")
        say("migrations de la base d’essai")
        _migrate(url)
    return manifest


def _verify(source: Path, manifest: manifests.Manifest, *, say: Say) -> None:
    say("vérification des empreintes")
    told = 0
    for read in archive.verify(source, entries=manifest.entries):
        if read - told > 200_000_000:
            told = read
            say(f"{read * 100 // max(manifest.size, 1)} %")


def _put_files_back(source: Path, *, say: Say) -> None:
    for number, (name, file) in enumerate(archive.read_all(source), start=1):
        folder, _, inside = name.partition("/")
        if folder in STORAGES and inside:
            try:
                _put_back(folder=folder, name=inside, file=file)
            except unreachable() as error:
                raise StorageUnreachable(type(error).__name__) from error
        if number % 1000 == 0:
            say(f"{number} fichiers")


def _put_back(*, folder: str, name: str, file: IO[bytes]) -> None:
    storage = storages[STORAGES[folder]]
    if storage.exists(name):
        storage.delete(name)
    if storage.save(name, File(file)) != name:
        raise Altered(f"{folder}/{name}")


def _stream(source: Path, name: str) -> Iterator[IO[bytes]]:
    for found, file in archive.read_all(source):
        if found == name:
            yield file
            return
    raise Altered(name)


def _load(source: Path) -> None:
    engine = postgresql if connection.vendor == "postgresql" else sqlite
    for stream in _stream(source, engine.NAME):
        engine.load(stream, then=_THEN)


@contextlib.contextmanager
def _scratch(source: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """`DATABASE_URL` of a database that holds the backup, and its counts as it was read."""
    if connection.vendor == "postgresql":
        with postgresql.scratch(f"commun_check_{secrets.token_hex(4)}") as name:
            for stream in _stream(source, postgresql.NAME):
                counts = postgresql.load(stream, then=(), database=name)
            yield postgresql.url(name), counts
        return
    for stream in _stream(source, sqlite.NAME):
        with sqlite.scratch(stream, then=()) as (path, counts):
            yield f"sqlite:///{path}", counts


def _migrate(url: str) -> None:
    """In a process of its own: whatever migrations do, they do to that database."""
    with tempfile.TemporaryDirectory(prefix="commun-check-") as var:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "commun.config.settings",
            "DATABASE_URL": url,
            "VAR_DIR": var,
            "SECRET_KEY": settings.SECRET_KEY,
        }
        done = subprocess.run(  # noqa: S603 (our own command)
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "migrate", "--no-input", "--verbosity=0"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ToolFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "migrate")


def _replay(lines: list[Line], *, made_at: datetime) -> Counter[str]:
    return replaying.replay(lines=replaying.since(lines=iter(lines), made_at=made_at))
