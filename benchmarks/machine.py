"""What a benchmark asks of the machine it runs on: programs of Debian's, a free port, a process of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Process
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "var" / "tools"
_PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/libexec/postfix"


def need(program: str, *, package: str) -> str:
    """Its path; installed from Debian where apt works, else said to be missing."""
    if not shutil.which(program, path=_PLACES) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"benchmarks: installing Debian's {package} for its {program}", flush=True)
        install = f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {package}"
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["sh", "-c", install], env=environ, capture_output=True, check=False)
    found = shutil.which(program, path=_PLACES)
    if found is None:
        raise SystemExit(f"benchmarks: {program} is missing (Debian's package {package} has it)")
    return found


def pinned(name: str) -> Path:
    """A virtual environment of `requirements/{name}.txt` alone, beside the databases: what measures the site is never
    among what it is made of. Made again where the file changes."""
    asked = ROOT / "requirements" / f"{name}.txt"
    folder = TOOLS / name
    done = folder / f".{hashlib.sha256(asked.read_bytes()).hexdigest()[:16]}"
    if not done.exists():
        print(f"benchmarks: installing {asked.relative_to(ROOT)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(asked))
        subprocess.run([str(folder / "bin" / "python"), "-m", "pip", *install], check=True)
        done.touch()
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def apart(target: Callable[..., object], *arguments: Any) -> None:
    """In a process of its own, waited for: its settings, connections and memory go with it."""
    process = Process(target=target, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)
