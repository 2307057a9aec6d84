"""Entries as a list shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from commun.finding.analysis import Piece, tell
from commun.finding.models import Entry
from commun.finding.registry import kind_labels
from commun.finding.selectors.near import Rule
from commun.territories.api import Territory


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Why it answers: its words are marked in `title` and `summary`; `extract`: the part of the text that says those
    which they do not; `named`: fields that say the others; `near`: how it is near the place that was asked. `at`: when
    it was published, or happens."""

    source: str
    key: str
    kind: str
    kind_label: str
    address: str
    title: Sequence[Piece]
    summary: Sequence[Piece]
    extract: Sequence[Piece]
    named: Sequence[tuple[str, Sequence[Piece]]]
    near: str
    at: datetime | None


def show(
    *,
    entries: Sequence[int],
    sought: Collection[Collection[str]] = (),
    place: Territory | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[Shown]:
    """In this order; those that have gone meanwhile are left out. `sought`: of `Answers.read`. `titles`: what some are
    called there, by key. One query."""
    rows = Entry.objects.select_related("text").in_bulk(list(entries))
    labels, rule, called = kind_labels(), Rule(place, chosen=()), titles or {}
    return [
        _shown(row, title=called.get(row.key, row.title), sought=sought, labels=labels, rule=rule)
        for row in (rows[pk] for pk in entries if pk in rows)
    ]


def keys_of(*, entries: Sequence[int]) -> list[str]:
    """What each entry is called by its source, in this order."""
    keys = dict(Entry.objects.filter(pk__in=entries).values_list("pk", "key"))
    return [keys[pk] for pk in entries if pk in keys]


def _shown(
    entry: Entry, *, title: str, sought: Collection[Collection[str]], labels: dict[str, str], rule: Rule
) -> Shown:
    text = entry.text
    told = tell(title=title, summary=entry.summary, body=text.plain, named=text.named, sought=sought)
    return Shown(
        source=entry.source,
        key=entry.key,
        kind=entry.kind,
        kind_label=labels.get(entry.kind, ""),
        address=entry.address,
        title=told.title,
        summary=told.summary,
        extract=told.extract,
        named=told.named,
        near=rule.told(entry.facets),
        at=datetime.fromtimestamp(entry.at, tz=UTC) if entry.at else None,
    )
