"""Opening a file in a process of its own: whatever it does to it, nobody else waits, and nothing else is at hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from commun.contributions.files.result import Budget, Examined, Refusal, Refused

CPU_SECONDS = 20
# By the clock: for a process that waits instead of working.
LONGEST = 120.0
_ROOT = Path(__file__).resolve().parents[3]
_SPENT = {-signal.SIGXCPU, -signal.SIGKILL}  # its own limit, or the system's when memory lacks

_STOPPED = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}  # the worker is being stopped, and what it started with it


class ExaminerAway(Exception):
    """The process could not be started, or stopped for a reason that says nothing of the file."""


def examine_apart(*, name: str, data: bytes, budget: Budget) -> Examined:
    """As `examine`, of which it is the safe way. Raises `Refused`, `ExaminerAway`."""
    asked = {"name": name, "budget": asdict(budget), "cpu_seconds": CPU_SECONDS}
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and module; what was sent comes by the pipe
            [sys.executable, "-m", __package__],
            input=json.dumps(asked).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader of hostile structures says quotes what it reads
            timeout=LONGEST,
            check=False,
            cwd="/",
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.LONG) from None
    except OSError as error:
        raise ExaminerAway(type(error).__name__) from error
    if done.returncode in _SPENT:
        raise Refused(Refusal.LONG)
    if done.returncode < 0 and done.returncode not in _STOPPED:  # a decoder that crashed
        raise Refused(Refusal.BROKEN)
    head, _, kept = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise ExaminerAway(f"exit {done.returncode}")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(Refusal(said["refused"]))
    return Examined(data=data if said.pop("same") else kept, **said)
