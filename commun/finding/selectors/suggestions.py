"""What somebody may be looking for, while she types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from commun.common.french import NBSP
from commun.finding.analysis import Piece, best_extract, marked, read_question, tell
from commun.finding.models import Entry, Text
from commun.finding.registry import kind_labels
from commun.finding.selectors.answers import first

MOST = 7
_SHORTEST = 2
_WIDE = 90


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`title`: with its words marked; where it has none, `why` says what else answers."""

    title: Sequence[Piece]
    kind_label: str
    address: str
    why: str


def suggest(*, typed: str, kinds: Collection[str], now: datetime) -> list[Suggestion]:
    """The first answers to what is typed so far, its last word being perhaps not over."""
    question = read_question(typed, typing=True)
    if not question or len(question.text) < _SHORTEST:
        return []
    found, words = first(question=question, kinds=kinds, now=now, most=MOST)
    rows = Entry.objects.in_bulk(found)
    silent = [pk for pk in rows if not _says(rows[pk].title, words.sought)]
    texts = Text.objects.in_bulk(silent) if silent else {}
    labels = kind_labels()
    return [
        Suggestion(
            title=marked(rows[pk].title, roots=frozenset().union(*words.sought)),
            kind_label=labels.get(rows[pk].kind, ""),
            address=rows[pk].address,
            why=_why(rows[pk], texts[pk], words.sought) if pk in texts else "",
        )
        for pk in found
        if pk in rows
    ]


def _says(title: str, sought: Collection[Collection[str]]) -> bool:
    return any(piece.hit for piece in marked(title, roots=frozenset().union(*sought)))


def _why(entry: Entry, text: Text, sought: Collection[Collection[str]]) -> str:
    """The field that says it, else the words around it."""
    named = tell(title="", summary="", body="", named=text.named, sought=sought).named
    if named:
        label, pieces = named[0]
        return f"{label}{NBSP}: {''.join(piece.text for piece in pieces)}"
    body = f"{entry.summary}\n{text.plain}"
    pieces = best_extract(body, roots=frozenset().union(*sought), wide=_WIDE)
    return "".join(piece.text for piece in pieces)
