"""A consistent copy of everything the site keeps, while it lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.storage import Storage, storages
from django.db import connection

from commun.common.storage import unreachable
from commun.upkeep import archive, manifest
from commun.upkeep.archive import BLOCK
from commun.upkeep.engines import postgresql, sqlite
from commun.upkeep.exceptions import StorageUnreachable

Say = Callable[[str], None]
# Where each is in the backup, and in whose hands.
STORAGES = {"media": "default", "private": "private"}


def backup(*, target: Path, files: bool, now: datetime, say: Say) -> manifest.Manifest:
    """Raises TargetExists, NotWritten, ToolMissing, ToolFailed.

    The database first, at one instant: every file that it names was there before. What was given since comes along
    unasked, and nobody knows of it.
    """
    with archive.writing(target) as writer:
        say("base de données")
        migrations = manifest.applied()
        counts = (postgresql if connection.vendor == "postgresql" else sqlite).dump(writer)
        if files:
            for folder, alias in STORAGES.items():
                say({"media": "médias", "private": "fichiers privés"}[folder])
                try:
                    _copy_files(writer, folder=folder, storage=storages[alias], say=say)
                except unreachable() as error:
                    raise StorageUnreachable(type(error).__name__) from error
        made = manifest.Manifest(
            format=manifest.FORMAT,
            version=manifest.version(),
            made_at=now,
            engine=connection.vendor,
            secret_key=manifest.fingerprint(),
            migrations=migrations,
            counts=counts,
            files=files,
            entries={entry.name: entry for entry in writer.entries},
        )
        with writer.part(archive.MANIFEST) as part:
            part.write(manifest.to_json(made))
    return made


def _copy_files(writer: archive.Writer, *, folder: str, storage: Storage, say: Say) -> None:
    for number, name in enumerate(names(storage), start=1):
        try:
            file = storage.open(name, "rb")
        except FileNotFoundError:
            continue  # deleted since it was listed: by whoever deleted its row too
        with file, writer.part(f"{folder}/{name}") as part:
            # A bucket gives the file as it is read: what Django calls `chunks` is what both know.
            for block in file.chunks(BLOCK):
                part.write(block)
        if number % 1000 == 0:
            say(f"{number} fichiers")


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file that a storage holds; nothing where it holds nothing yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files) if name)
    for name in sorted(folders):
        yield from names(storage, f"{prefix}{name}")
