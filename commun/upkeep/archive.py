"""What a backup is on the disk: a folder, or one `.tar` file, of the same files, the manifest last.

Written under another name (`.part`), readable by its owner alone, and given its own once everything is on the disk:
what bears the name of a backup is whole. Read in the order it was written, a block at a time. Knows no Django.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from commun.upkeep.exceptions import Altered, NotABackup, NotWritten, TargetExists, Truncated

MANIFEST = "manifest.json"
SUFFIX = ".tar"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Part:
    """A file of the backup while it is written."""

    def __init__(self, file: IO[bytes], *, name: str):
        self._file, self._name = file, name
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def copy(self, source: Readable) -> None:
        while block := source.read(BLOCK):
            self.write(block)

    def entry(self) -> Entry:
        return Entry(self._name, self.size, self._hash.hexdigest())


class Writer(ABC):
    """`with writing(target) as writer:` then `with writer.part(name) as part:`, one after the other."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.unfinished = target.with_name(f"{target.name}.part")
        self.entries: list[Entry] = []

    @contextmanager
    def part(self, name: str) -> Iterator[Part]:
        with self._opened(name) as part:
            yield part
        self.entries.append(part.entry())

    @abstractmethod
    def _opened(self, name: str) -> AbstractContextManager[Part]: ...

    @abstractmethod
    def close(self) -> None: ...


def _create(path: Path) -> IO[bytes]:
    fd = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_CLOEXEC, 0o600)
    os.fchmod(fd, 0o600)
    return os.fdopen(fd, "w+b")


def _on_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


class _Folder(Writer):
    def __init__(self, target: Path) -> None:
        super().__init__(target)
        if self.unfinished.exists():
            shutil.rmtree(self.unfinished)
        self.unfinished.mkdir(mode=0o700)

    @contextmanager
    def _opened(self, name: str) -> Iterator[Part]:
        path = self.unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _create(path) as file:
            yield Part(file, name=name)
            _on_disk(file)

    def close(self) -> None:
        pass


class _Tar(Writer):
    def __init__(self, target: Path) -> None:
        super().__init__(target)
        self._file = _create(self.unfinished)

    @contextmanager
    def _opened(self, name: str) -> Iterator[Part]:
        """The header again once the size is known: it takes as many bytes."""
        header = self._file.tell()
        self._file.write(self._header(name, size=0))
        yield (part := Part(self._file, name=name))
        self._file.write(b"\0" * (-part.size % tarfile.BLOCKSIZE))
        end = self._file.tell()
        self._file.seek(header)
        self._file.write(self._header(name, size=part.size))
        self._file.seek(end)

    @staticmethod
    def _header(name: str, *, size: int) -> bytes:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        return info.tobuf(tarfile.GNU_FORMAT)

    def close(self) -> None:
        if not self._file.closed:
            self._file.write(b"\0" * 2 * tarfile.BLOCKSIZE)
            _on_disk(self._file)
            self._file.close()


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new backup: a file where the name ends with `.tar`, else a folder. Where anything fails, nothing is left of it.

    Raises TargetExists, NotWritten.
    """
    if target.exists():
        raise TargetExists(str(target))
    unfinished = target.with_name(f"{target.name}.part")
    try:
        writer = _Tar(target) if target.suffix == SUFFIX else _Folder(target)
        yield writer
        writer.close()
        writer.unfinished.rename(target)
        _folder_on_disk(target.parent)
    except OSError as error:
        _remove(unfinished)
        raise NotWritten(error.strerror or str(error)) from error
    except BaseException:
        _remove(unfinished)
        raise


def _folder_on_disk(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def read_all(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file, name and bytes, each to be read before the next. Raises NotABackup, Truncated."""
    if source.is_dir():
        yield from _read_folder(source)
    elif source.is_file():
        yield from _read_tar(source)
    else:
        raise NotABackup(str(source))


def _read_folder(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    for root, folders, files in os.walk(source):
        folders.sort()
        for name in sorted(files):
            path = Path(root) / name
            with path.open("rb") as file:
                yield path.relative_to(source).as_posix(), file


def _read_tar(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with tarfile.open(source, "r:") as tar:
            while (member := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined]  # else it remembers them all
                file = tar.extractfile(member)
                if file is not None:
                    yield member.name, file
    except tarfile.ReadError as error:
        if "unexpected end" in str(error) or "truncated" in str(error):
            raise Truncated(source.name) from error
        raise NotABackup(str(source)) from error


def read_manifest(source: Path) -> bytes:
    """Raises NotABackup, Truncated."""
    if source.is_dir():
        path = source / MANIFEST
        if path.is_file():
            return path.read_bytes()
        raise NotABackup(str(source))
    found = [file.read() for name, file in read_all(source) if name == MANIFEST]
    if not found:
        raise Truncated(source.name)
    return found[0]


def verify(source: Path, *, entries: dict[str, Entry]) -> Iterator[int]:
    """Every byte against what was written; yields the bytes read so far. Raises Altered, Truncated, NotABackup."""
    seen: set[str] = set()
    read = 0
    for name, file in read_all(source):
        if name == MANIFEST:
            continue
        part_hash = hashlib.sha256()
        while block := _read_block(file, source=source):
            part_hash.update(block)
            read += len(block)
            yield read
        if name not in entries or entries[name].sha256 != part_hash.hexdigest():
            raise Altered(name)
        seen.add(name)
    if missing := sorted(set(entries) - seen):
        raise Altered(missing[0])


def _read_block(file: IO[bytes], *, source: Path) -> bytes:
    try:
        return file.read(BLOCK)
    except tarfile.ReadError as error:
        raise Truncated(source.name) from error
