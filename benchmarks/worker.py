"""The worker that operators run (`manage.py worker`), in a process of its own, watched from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def worker(values: dict[str, str], *, port: int) -> Iterator[int]:
    """Its process number. `values`: the environment of the benchmark's database; `port`: of its SMTP server."""
    environ = {**os.environ, **values, "SMTP_URL": f"smtp://127.0.0.1:{port}?starttls=never"}
    process = subprocess.Popen([sys.executable, "manage.py", "worker"], env=environ, stdout=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def memory_mb(pid: int) -> dict[str, int]:
    """`VmRSS` (now) and `VmHWM` (the most it ever held), as the kernel knows them (Linux, proc(5))."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines())
    return {words[0].rstrip(":"): int(words[1]) // 1024 for words in lines if words[0] in {"VmRSS:", "VmHWM:"}}
