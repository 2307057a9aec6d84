"""What a backup says of itself."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from commun.common.signing import keyed_hash
from commun.upkeep.archive import Entry, read_manifest
from commun.upkeep.exceptions import Altered, Newer, NotABackup, OtherEngine, OtherKey

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`migrations`: the last one of each room, which decides what may restore it; `counts`: rows of each table at the
    instant of the copy. `files`: whether media and private files are in it."""

    format: int
    version: str
    made_at: datetime
    engine: str
    secret_key: str
    migrations: dict[str, str]
    counts: dict[str, int]
    files: bool
    entries: dict[str, Entry]

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries.values())


def fingerprint() -> str:
    """Of `SECRET_KEY`: tells whether it is the same, and nothing else."""
    return keyed_hash(purpose="backup.key", value="SECRET_KEY")


def version() -> str:
    project = Path(settings.BASE_DIR) / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def applied() -> dict[str, str]:
    """The last migration of each room, as this database says."""
    rows = MigrationRecorder.Migration.objects.using(connection.alias).order_by("id")
    return dict(rows.values_list("app", "name"))


def to_json(manifest: Manifest) -> bytes:
    """Sealed: a manifest is believed where its seal is that of the same key."""
    body = {
        **asdict(manifest),
        "made_at": manifest.made_at.isoformat(),
        "entries": [[entry.name, entry.size, entry.sha256] for entry in manifest.entries.values()],
    }
    return json.dumps({**body, "seal": _seal(body)}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _seal(body: dict[str, object]) -> str:
    return keyed_hash(purpose="backup.manifest", value=json.dumps(body, ensure_ascii=False, sort_keys=True))


def read(source: Path) -> Manifest:
    """Raises NotABackup, Truncated, OtherKey, Altered, OtherEngine, Newer."""
    raw = read_manifest(source)
    try:
        body = json.loads(raw)
        said_key, seal = body["secret_key"], body.pop("seal")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Altered("manifest.json") from None
    if said_key != fingerprint():
        raise OtherKey
    if seal != _seal(body):
        raise Altered("manifest.json")
    if body["format"] != FORMAT:
        raise NotABackup(str(source))
    entries = {name: Entry(name, size, sha256) for name, size, sha256 in body.pop("entries")}
    manifest = Manifest(**{**body, "made_at": datetime.fromisoformat(body["made_at"]), "entries": entries})
    if manifest.engine != connection.vendor:
        raise OtherEngine({"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(manifest.engine, manifest.engine))
    refuse_newer(manifest.migrations)
    return manifest


def refuse_newer(migrations: dict[str, str]) -> None:
    """Raises Newer where one of them is not in this code."""
    known = MigrationLoader(None, ignore_no_migrations=True)
    for app, name in sorted(migrations.items()):
        if (app, name) not in known.disk_migrations and not _replaced(known, app, name):
            raise Newer(f"{app}.{name}")


def _replaced(known: MigrationLoader, app: str, name: str) -> bool:
    return any((app, name) in migration.replaces for migration in known.disk_migrations.values())
