"""How often the one conclusion that costs a reader her letter is right: "this address is dead"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commun.mailing.returns.reading import read_report
from tests.mailing.returns.corpus import Entry


@dataclass(frozen=True)
class Score:
    """`exact`: share of messages whose kind and verdict are both right. `misread`: the names of the others."""

    precision: float
    recall: float
    exact: float
    misread: tuple[str, ...]


def dead(entries: Sequence[Entry]) -> Score:
    said = true = both = 0
    misread = []
    for entry in entries:
        report = read_report(entry.raw)
        found = (report.kind.value, report.verdict.value)
        if found != (entry.kind, entry.verdict):
            misread.append(f"{entry.name}: {'/'.join(found)}")
        said += found[1] == "hard"
        true += entry.verdict == "hard"
        both += found[1] == "hard" == entry.verdict
    return Score(both / max(1, said), both / max(1, true), 1 - len(misread) / len(entries), tuple(misread))
