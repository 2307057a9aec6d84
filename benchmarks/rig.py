"""A machine one may break: a PostgreSQL of its own, a small disk, a name that stops resolving.

The machine's own server is never touched. What needs root (a disk in memory, a hosts file of one's own) says, by being
None or False, that it is missing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import free_port

RELAY_NAME = "relais.example.org"
SMALL_DISK = "256k"


def _quiet(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# --- PostgreSQL -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cluster:
    """A server on loopback, with its own port and folder."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def control(self, *words: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=64MB"
        log = ["-l", str(self.folder / "server.log")]
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", *log, "-o", options, *words]
        subprocess.run([*_as_postgres(), *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def restart_at_once(self) -> None:
        """As a power cut of the server alone: no checkpoint, every connection gone."""
        self.control("-m", "immediate", "restart")


def _as_postgres() -> list[str]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = str(found[-1]) if found else shutil.which("initdb")
    return Path(program).parent if program else None


def has_postgresql() -> bool:
    return _programs() is not None


@contextmanager
def postgresql() -> Iterator[Cluster | None]:
    """A new one, taken away at the end; None where PostgreSQL's own programs are missing."""
    programs = _programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="commun-cluster-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        made = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*_as_postgres(), *made], check=True, stdout=subprocess.DEVNULL, cwd="/")
        cluster = Cluster(programs, folder, free_port())
        cluster.control("start")
        try:
            yield cluster
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                cluster.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- a disk ---------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A folder with a disk of its own, in memory, that is soon full. False: it is a folder like another."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = os.geteuid() == 0 and _quiet("mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "commun", str(folder))
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte of room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    try:
        yield
    finally:
        filler.unlink()


# --- a name ---------------------------------------------------------------------------------------------


class Names:
    """The hosts file that processes started through `command` see; nobody else does."""

    def __init__(self, folder: Path) -> None:
        self._hosts, self._order = folder / "hosts", folder / "nsswitch.conf"
        self._order.write_text("passwd: files\ngroup: files\nhosts: files\n")
        self.know()
        self.works = os.geteuid() == 0 and _quiet(*self.command("true"))

    def know(self) -> None:
        self._hosts.write_text(f"127.0.0.1 localhost {RELAY_NAME}\n")

    def forget(self) -> None:
        self._hosts.write_text("127.0.0.1 localhost\n")

    def command(self, *command: str) -> list[str]:
        mounts = 'mount --bind "$0" /etc/hosts && mount --bind "$1" /etc/nsswitch.conf && shift && exec "$@"'
        inside = ["sh", "-c", mounts, str(self._hosts), str(self._order), *command]
        return ["unshare", "--mount", "--propagation", "private", *inside]
