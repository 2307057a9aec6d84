"""The process where a file is opened: `python -m commun.contributions.files`, by `apart`.

It knows no setting and no secret, may use a bounded time and memory, and writes to no file. In: one line of JSON, then
the bytes. Out: one line of JSON (`refused`, or what is kept), then the bytes to keep, unless they are those that came.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from dataclasses import asdict

from commun.contributions.files import Budget, Refused, examine

MEMORY = 2 * 1024**3  # sixty megapixels in four channels, three times over


def limit(*, seconds: int) -> None:
    """Of processor time, not of the clock: a busy machine is no fault of the file."""
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(what, (most, most))


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    limit(seconds=asked["cpu_seconds"])
    data = sys.stdin.buffer.read()
    try:
        found = examine(name=asked["name"], data=data, budget=Budget(**asked["budget"]))
    except Refused as error:
        sys.stdout.buffer.write(json.dumps({"refused": error.reason.value}).encode() + b"\n")
        return
    kept = b"" if found.data == data else found.data
    values = {name: value for name, value in asdict(found).items() if name != "data"}
    sys.stdout.buffer.write(json.dumps(values | {"same": not kept}).encode() + b"\n" + kept)


if __name__ == "__main__":
    main()
