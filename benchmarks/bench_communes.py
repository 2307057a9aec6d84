"""Finding a place while somebody types: what the picker waits for, in the database, over the whole register."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.databases import environment, find_postgresql, set_up
from benchmarks.machine import apart

BEGINNINGS = (2, 3, 5, 8, 40)  # letters typed when the picker asks
NAMES = 300


def queries(names: list[str]) -> list[str]:
    """What people type on their way to a name, with a département's number or a postcode now and then."""
    typed = {name[:length] for name in names for length in BEGINNINGS}
    return [*sorted(typed), "saint denis 93", "saint-denis 97400", "st martin", "75", "97", "35000", "01053"]


def run(database: str) -> None:
    with environment(database=database) as values:
        set_up(values)
        from django.core.management import call_command
        from django.db import connection

        from commun.territories.api import search_territories
        from commun.territories.models import Territory

        call_command("import_register", verbosity=0)
        communes = Territory.objects.filter(kind="commune", obsolete=False)
        names = list(communes.order_by("code").values_list("name", flat=True))[:: max(1, communes.count() // NAMES)]
        if database == "postgresql":
            connection.cursor().execute("ANALYZE")
        seconds: list[tuple[float, str]] = []
        for text in queries(names):
            search_territories(query=text)  # the second time counts: pages of the disk are in memory
            spent: list[float] = []

            def clock(execute: Callable[..., Any], *query: Any, spent: list[float] = spent) -> Any:
                started = time.perf_counter()
                try:
                    return execute(*query)
                finally:
                    spent.append(time.perf_counter() - started)

            with connection.execute_wrapper(clock):
                search_territories(query=text)
            seconds.append((sum(spent), text))
        seconds.sort()
        for slow, text in seconds[-3:]:
            print(f"bench-communes: {database}: slowest {slow * 1000:.1f} ms for {text!r}")
        print(
            f"bench-communes: db={database} communes={communes.count()} queries={len(seconds)} "
            f"median_ms={statistics.median(slow for slow, _ in seconds) * 1000:.1f} max_ms={seconds[-1][0] * 1000:.1f}",
            flush=True,
        )


def main() -> None:
    wanted = ["sqlite", *(["postgresql"] if find_postgresql() else [])]
    for database in wanted:
        apart(run, database)


if __name__ == "__main__":
    main()
