"""The first line of a letter as lists of messages show it: lengths are dated facts, measured by others.

Letters differ in width, and so do windows: what is told is about where each cuts, not the very letter.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FACTS = Path(__file__).parent / "data" / "first-lines.csv"


@dataclass(frozen=True, kw_only=True)
class FirstLine:
    """`subject` and `preheader`: characters that are shown, 0 for none. `sources`: who measured, nobody where empty."""

    slug: str
    name: str
    subject: int
    preheader: int
    sources: Sequence[str]
    read: date


@cache
def first_lines() -> tuple[FirstLine, ...]:
    """The shortest first: what is read there is read everywhere."""
    with _FACTS.open(encoding="utf-8") as file:
        return tuple(
            FirstLine(
                slug=row["slug"],
                name=row["name"],
                subject=int(row["subject"]),
                preheader=int(row["preheader"]),
                sources=row["source"].split(),
                read=date.fromisoformat(row["read"]),
            )
            for row in csv.DictReader(file)
        )
