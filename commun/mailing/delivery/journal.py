"""What left this machine: a file per lease, appended to before and after each message is on the wire.

Knows no Django. A line is one record, written in one `write`:

    W <key> .                              this message is about to be handed to the network
    R <key> <fate> <code> <enhanced> .     its fate is known
    F                                      another worker took this journal over: nothing after it counts

A killed process loses nothing of it (the kernel holds the bytes). A power cut may; that is why a lease names the boot
of its machine, and a journal of another boot is not believed.

Fencing without a lock: the owner compares the end of the file after each W with where it left it. If anybody else has
written (F), the W came too late and the message must not leave. Either the taker sees the W, or the owner the F.

A disk may be full, or refuse: a W that is not written whole means that its message does not leave. What a short write
left is a line without its last word; what follows begins a line of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".journal"


class Fenced(Exception):
    """Somebody took this journal over, or its lease may have ended: nothing more may leave under it."""


class Unwritable(Exception):
    """The system did not take a whole record: no room, an error of the disk. Nothing may leave before it does again."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fate that was known before the end."""

    fate: str
    code: int
    enhanced: str


@dataclass(slots=True)
class Contents:
    """What a journal tells: keys handed to the network, and the fates known of them."""

    on_wire: set[int] = field(default_factory=set)
    known: dict[int, Known] = field(default_factory=dict)


class Journal:
    """The owner's side. Holds a lock on the file for as long as the process lives."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._end = 0
        self._torn = False
        self.fenced = False

    def wire(self, key: int) -> None:
        """Record that a message is about to leave; raises `Fenced` or `Unwritable`."""
        self._append(b"W %d .\n" % key)
        if os.lseek(self._fd, 0, os.SEEK_CUR) != self._end:
            self.fenced = True
            raise Fenced(self.path.name)

    def result(self, key: int, fate: str, code: int = 0, enhanced: str = "") -> None:
        """Record a fate; raises as `wire`. What is known stays known: the database is told too."""
        self._append(f"R {key} {fate} {code} {enhanced or '-'} .\n".encode())

    def try_out(self) -> None:
        """Write a line that says nothing, longer than any other; raises as `wire`."""
        self._append(b"#" * 127 + b"\n")

    def _append(self, record: bytes) -> None:
        if self.fenced:
            raise Fenced(self.path.name)
        if self._torn:
            record = b"\n" + record
        try:
            written = os.write(self._fd, record)
        except OSError as error:
            raise Unwritable(error.strerror) from error
        self._end += written
        self._torn = written < len(record)
        if self._torn:
            raise Unwritable("short write")

    def close(self, *, remove: bool) -> None:
        """`remove` once every fate is in the database."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._fd)


def owner_is_dead(path: Path) -> bool:
    """True when nobody holds the lock any more. False also where the file is gone: that tells nothing."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(fd)


def take_over(path: Path) -> Contents | None:
    """Fence, then read. None when there is no journal to read: nothing can be said of what was on the wire.

    Raises `Unwritable` where the fence of a living owner finds no room: nothing may be judged yet.
    """
    try:
        fd = os.open(path, os.O_APPEND | os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        _fence(fd, path)
        os.lseek(fd, 0, os.SEEK_SET)
        chunks = []
        while chunk := os.read(fd, 1 << 20):
            chunks.append(chunk)
    finally:
        os.close(fd)
    return read(b"".join(chunks))


def _fence(fd: int, path: Path) -> None:
    """On a line of its own, whatever a short write left before it."""
    record = b"\nF\n"
    try:
        whole = os.write(fd, record) == len(record)
    except OSError:
        whole = False
    if not whole and not owner_is_dead(path):
        raise Unwritable(path.name)


def read(data: bytes) -> Contents:
    """Pure. A line that does not end as it should is ignored: a W is whole or its message never left."""
    contents = Contents()
    for line in data.split(b"\n")[:-1]:
        words = line.decode("ascii", "replace").split(" ")
        if words == ["F"]:
            break
        if words[-1] != ".":
            continue
        if words[0] == "W" and len(words) == 3:
            contents.on_wire.add(int(words[1]))
            contents.known.pop(int(words[1]), None)  # tried again since
        elif words[0] == "R" and len(words) == 6:
            contents.known[int(words[1])] = Known(words[2], int(words[3]), words[4].removeprefix("-"))
    return contents


def this_machine(directory: Path) -> str:
    """Names this boot of this machine and this very directory: journals are believed there, and only there."""
    directory.mkdir(parents=True, exist_ok=True)
    place = directory.stat()
    boot = Path("/proc/sys/kernel/random/boot_id")
    boot_id = boot.read_text(encoding="ascii").strip() if boot.exists() else str(os.getsid(0))
    return hashlib.sha256(f"{boot_id}:{place.st_dev}:{place.st_ino}".encode()).hexdigest()[:32]
