"""Entries as a list shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from commun.finding.analysis import Piece, best_extract, marked
from commun.finding.models import Entry
from commun.finding.registry import kind_labels


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`extract`: the part of the text that answers; none where the summary says it, or nothing was asked. `at`: when it
    was published, or happens."""

    source: str
    key: str
    kind: str
    kind_label: str
    address: str
    title: Sequence[Piece]
    summary: Sequence[Piece]
    extract: Sequence[Piece]
    at: datetime | None


def show(*, entries: Sequence[int], roots: Collection[str] = ()) -> list[Shown]:
    """In this order; those that have gone meanwhile are left out. One query."""
    rows = Entry.objects.select_related("text").in_bulk(list(entries))
    labels = kind_labels()
    return [_shown(rows[pk], roots=roots, labels=labels) for pk in entries if pk in rows]


def keys_of(*, entries: Sequence[int]) -> list[str]:
    """What each entry is called by its source, in this order."""
    keys = dict(Entry.objects.filter(pk__in=entries).values_list("pk", "key"))
    return [keys[pk] for pk in entries if pk in keys]


def _shown(entry: Entry, *, roots: Collection[str], labels: dict[str, str]) -> Shown:
    summary = marked(entry.summary, roots=roots)
    told = any(piece.hit for piece in summary)
    return Shown(
        source=entry.source,
        key=entry.key,
        kind=entry.kind,
        kind_label=labels.get(entry.kind, ""),
        address=entry.address,
        title=marked(entry.title, roots=roots),
        summary=summary,
        extract=() if told or not roots else best_extract(entry.text.plain, roots=roots),
        at=datetime.fromtimestamp(entry.at, tz=UTC) if entry.at else None,
    )
