"""What somebody may be looking for, while she types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from commun.finding.analysis import read_question
from commun.finding.models import Entry
from commun.finding.registry import kind_labels
from commun.finding.selectors.answers import first

MOST = 7
_SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    title: str
    kind_label: str
    address: str


def suggest(*, typed: str, kinds: Collection[str], now: datetime) -> list[Suggestion]:
    """The first answers to what is typed so far, its last word being perhaps not over."""
    question = read_question(typed, typing=True)
    if not question or len(question.text) < _SHORTEST:
        return []
    found = first(question=question, kinds=kinds, now=now, most=MOST)
    rows = Entry.objects.in_bulk(found)
    labels = kind_labels()
    return [
        Suggestion(title=rows[pk].title, kind_label=labels.get(rows[pk].kind, ""), address=rows[pk].address)
        for pk in found
        if pk in rows
    ]
