"""Importing a file of subscribers: how long, and how much memory, for a file and for one twice as long.

The whole command in a process of its own, on a database of its own (BENCH_DATABASE=postgresql for the other one):
what is measured is what an operator waits for.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.databases import environment

ROWS = 100_000
DOMAINS = ("mairie-{0}.example.org", "example.org", "ville-{0}.example.net", "agglo.example.com")


def write_file(path: Path, *, rows: int) -> None:
    """Semicolons, headings and accents, as a spreadsheet of a town hall gives them."""
    pick = random.Random(2026)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Prénom;Nom;Courriel;Commune\r\n")
        for number in range(rows):
            domain = pick.choice(DOMAINS).format(number % 5000)
            file.write(f'Élise;"Le Goff, {number}";elise.le-goff-{number}@{domain};Saint-Étienne\r\n')


def run(*arguments: str, values: dict[str, str]) -> tuple[float, float, str]:
    """(seconds, peak memory in MB of that process, what it printed)."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env={**os.environ, **values},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    errors = process.stderr.read()
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench-import: {arguments[0]} failed\n{errors.decode()[-2000:]}")
    return time.perf_counter() - started, _megabytes(usage), printed


def _megabytes(usage: resource.struct_rusage) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit / 1024 / 1024


def main() -> None:
    for rows in (2 * ROWS, ROWS):
        with environment(database=os.environ.get("BENCH_DATABASE") or "sqlite") as values:
            run("migrate", "--verbosity=0", values=values)
            path = Path(values["VAR_DIR"]) / "people.csv"
            write_file(path, rows=rows)
            arguments = ("import_subscribers", str(path), "--basis=consent", "--source=Mesure")
            seconds, peak, printed = run(*arguments, values=values)
            if f"{rows} ajouts" not in printed:
                sys.exit(f"bench-import: {printed}")
            print(f"bench-import: rows={rows} seconds={seconds:.1f} peak_mb={peak:.0f}", flush=True)


if __name__ == "__main__":
    main()
