"""Whether the site's search finds what town halls ask, and how fast it answers over ten thousand resources.

Sixty questions over the demonstration (`tests/finding/questions.py`), half of them never looked at while the order was
made. Then, on each database that answers: the time to build the index, to search with facets, to suggest while typing.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks import bench_matching
from benchmarks.databases import environment, find_postgresql, processor_seconds, set_up
from benchmarks.machine import apart

RESOURCES = int(os.environ.get("RESOURCES") or 10_000)
FIRST = 5
ASKED = 120
WARM = 5  # the first ones load the code


def judge(values: dict[str, str]) -> None:
    set_up(values)
    from django.core.management import call_command

    from tests.finding.questions import HELD, TUNED

    call_command("load_demo", verbosity=0)
    tuned, held = (success(questions, verbose=questions is TUNED) for questions in (TUNED, HELD))
    print(
        f"bench-finding: questions={len(TUNED) + len(HELD)} success_at_{FIRST}={tuned:.2f} "
        f"held_success_at_{FIRST}={held:.2f}",
        flush=True,
    )


def success(questions: Any, *, verbose: bool) -> float:
    """The share of questions that have one of their pages among the first."""
    from commun.common import clock
    from commun.finding.analysis import read_question
    from commun.finding.api import Asked, find, kind_labels, show

    good = 0
    for typed, wanted in questions:
        answers = find(Asked(question=read_question(typed), now=clock.now(), kinds=kind_labels()))
        slugs = [one.address.rstrip("/").rpartition("/")[2] for one in show(entries=answers.found[:FIRST])]
        good += bool(set(slugs) & set(wanted))
        if verbose and not set(slugs) & set(wanted):
            print(f"  missed: {typed} ({answers.total}): {slugs}")
    return good / len(questions)


def scale(values: dict[str, str], database: str) -> None:
    set_up(values)
    from commun.finding.analysis import read_question
    from commun.finding.api import Asked, find, kind_labels, rebuild, show, suggest
    from commun.finding.models import Entry, Posting, Text

    for model in (Text, Posting, Entry):
        model.objects.all()._raw_delete("default")
    started, spent = time.perf_counter(), processor_seconds()
    entries = rebuild(progress=lambda *told: None)
    built, spent = time.perf_counter() - started, processor_seconds() - spent
    writer = bench_matching.Writer(seed=9)
    now, kinds = bench_matching.NOW + timedelta(hours=1), list(kind_labels())

    def search(number: int) -> None:
        words = writer.write(1 + number % 4).rstrip(".") if number % 5 else ""
        typed = words[:-1] if number % 7 == 0 else words
        chosen = {"kind": ["experience", "guide"], "theme": [f"theme-{number % 30}"]} if number % 3 == 0 else {}
        answers = find(Asked(question=read_question(typed), now=now, kinds=kinds, chosen=chosen))
        show(entries=answers.found[:12], sought=answers.read.sought)

    def suggestion(number: int) -> None:
        words = writer.write(1 + number % 3).rstrip(".")
        suggest(typed=words[: max(2, len(words) - number % 4)], kinds=kinds, now=now)

    (found, searching), (suggested, suggesting) = timed(search), timed(suggestion)
    print(
        f"bench-finding: db={database} entries={entries} build_s={built:.1f} "
        f"search_median_ms={statistics.median(found):.0f} search_p95_ms={p95(found):.0f} "
        f"suggest_median_ms={statistics.median(suggested):.0f} suggest_p95_ms={p95(suggested):.0f} "
        f"build_processor_s={spent:.1f} search_processor_ms={searching:.0f} suggest_processor_ms={suggesting:.0f}",
        flush=True,
    )


def timed(ask: Callable[[int], None]) -> tuple[list[float], float]:
    """Milliseconds that each took, and those of a processor for one, on average."""
    spent, processor = [], 0.0
    for number in range(ASKED):
        if number == WARM:
            processor = processor_seconds()
        started = time.perf_counter()
        ask(number)
        spent.append((time.perf_counter() - started) * 1000)
    return spent[WARM:], (processor_seconds() - processor) * 1000 / (ASKED - WARM)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    bench_matching.RESOURCES = RESOURCES
    wanted = os.environ.get("DATABASE")
    for database in [wanted] if wanted else ["sqlite", *(["postgresql"] if find_postgresql() else [])]:
        with environment(database=database) as values:
            apart(bench_matching.make, values)
            apart(scale, values, database)
    with environment(database="sqlite") as values:
        apart(judge, values)


if __name__ == "__main__":
    main()
