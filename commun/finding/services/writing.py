"""Entries follow what is published, in the transaction that publishes it."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from struct import Struct
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from commun.common.spelling import initial_of
from commun.finding import places
from commun.finding.analysis import folded_words, normalised
from commun.finding.analysis.worth import key_of, worths_of
from commun.finding.models import Entry, Posting, Text, Word
from commun.finding.registry import get_source
from commun.finding.types import Document, Named, Source

# Moved by hand when what is written of a document changes: the sweep then writes everything again.
VERSION = "7"
_WEIGHTS = (4.0, 2.0, 1.5, 1.0, 0.4)  # of title, summary, names, body, parts
_POSTINGS = f'"{Posting._meta.db_table}"'  # our own table: the statements below hold nothing else
_LONGEST_WORD, _LONGEST_TITLE = 40, 300
_MANY = 5000  # rows
_COLUMNS = ("kind", "title", "summary", "address", "facets", "at", "fresh_at", "until", "mark")


_waiting: ContextVar[dict[str, set[str]] | None] = ContextVar("finding_waiting", default=None)


@contextmanager
def at_the_end() -> Iterator[None]:
    """What is published inside is written once, at the end of it, in its transaction: for many pages that come
    together, each saved several times. Searches inside find what was there before."""
    with transaction.atomic():
        waiting: dict[str, set[str]] = {}
        mark = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(mark)
        for source, keys in waiting.items():
            refresh(source=source, keys=sorted(keys))


@transaction.atomic
def refresh(*, source: str, keys: Collection[str], trusting: bool = True) -> int:
    """These documents as they are now: written, or gone where nobody may read them any more. How many there are.

    Called in the transaction that changes them. `trusting` writes what changed alone; without it, all. Inside
    `at_the_end`, 0: it is yet to be done. Raises `UnknownSource`.
    """
    found = get_source(source)
    if not keys:
        return 0
    if (waiting := _waiting.get()) is not None:
        waiting.setdefault(source, set()).update(keys)
        return 0
    # Marks first: what changes in between is seen by the next sweep.
    marks = found.marks(keys=keys)
    documents = list(found.documents(keys=list(marks))) if marks else []
    shown = {one.key for one in documents}
    forget(entries=Entry.objects.filter(source=source, key__in=[key for key in keys if key not in shown]))
    versioned = {key: f"{VERSION}:{mark}" for key, mark in marks.items()}
    _write(source=found, documents=documents, marks=versioned, trusting=trusting)
    return len(documents)


def _write(*, source: Source, documents: Sequence[Document], marks: dict[str, str], trusting: bool) -> None:
    if not documents:
        return
    former = places.former_of(place for one in documents for place in one.places)
    rows = [_row(one, source=source.name, mark=marks[one.key]) for one in documents]
    # Whoever writes the same entry waits here for the other to commit.
    entries = Entry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["source", "key"], update_fields=_COLUMNS
    )
    worths: dict[int, dict[int, int]] = {}
    texts: list[Text] = []
    known: set[str] = set()
    for entry, one in zip(entries, documents, strict=True):
        names = [*one.names, *places.names_of(one.places, former=former)]
        words = [folded_words(text) for text in (one.title, one.summary, _joined(names), one.body, _joined(one.parts))]
        found = worths_of(zip(words, _WEIGHTS, strict=True))
        worths[entry.pk] = {key_of(root): worth for root, worth in found.items()}
        told = [word for part in words for word in part]
        texts.append(
            Text(
                entry=entry,
                plain=normalised(one.body),
                folded=f" {' '.join(told)} ",
                named=list(dict.fromkeys((*names, *one.parts))),
                worths=pack(worths[entry.pk]),
            )
        )
        known.update(told)
    _write_postings(worths, trusting=trusting)
    Text.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=["plain", "folded", "named", "worths"]
    )
    _learn(known)


def forget(*, entries: QuerySet[Entry]) -> None:
    """Take entries away, with their words."""
    pks = list(entries.values_list("pk", flat=True))
    for entry, worths in _held(pks).items():
        _take(entry=entry, words=list(worths))
    Entry.objects.filter(pk__in=pks).delete()


def pack(worths: Mapping[int, int]) -> bytes:
    """Keys of words, then what each is worth."""
    return array("q", worths.keys()).tobytes() + array("h", worths.values()).tobytes()


def unpack(data: bytes) -> dict[int, int]:
    size = len(data) // 10 * 8
    keys, worths = array("q"), array("h")
    keys.frombytes(data[:size])
    worths.frombytes(data[size:])
    return dict(zip(keys, worths, strict=True))


def _joined(names: Sequence[Named]) -> str:
    return "\n".join(one.text for one in names)


def _row(one: Document, *, source: str, mark: str) -> Entry:
    facets = {"kind": (one.kind,), **one.facets, **places.facets_of(one.places)}
    values = sorted(f"{name}:{value}" for name, values in facets.items() for value in values)
    return Entry(
        source=source,
        key=one.key,
        kind=one.kind,
        title=one.title[:_LONGEST_TITLE],
        summary=one.summary,
        address=one.address,
        facets=f" {' '.join(values)} ",
        at=_seconds(one.at) or 0,
        fresh_at=_seconds(one.fresh_at) or _seconds(one.at) or 0,
        until=_seconds(one.until),
        mark=mark[:64],
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _held(pks: Collection[int]) -> dict[int, dict[int, int]]:
    rows = Text.objects.filter(entry__in=pks).values_list("entry_id", "worths")
    return {entry: unpack(bytes(worths)) for entry, worths in rows}


def forget_strays() -> None:
    """Postings of entries that somebody took away by hand."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM {_POSTINGS} WHERE entry NOT IN (SELECT id FROM "{Entry._meta.db_table}")')  # noqa: S608


def tidy() -> None:
    """PostgreSQL answers from an index alone once it was told that rows are there to stay; it would find out later."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {_POSTINGS}")


def _write_postings(worths: dict[int, dict[int, int]], *, trusting: bool) -> None:
    """A page saved again with one word more writes one row."""
    held = _held(worths)
    new: list[tuple[int, int, int]] = []
    for entry, wanted in worths.items():
        had = held.get(entry, {})
        if gone := [word for word, worth in had.items() if wanted.get(word) != worth]:
            _take(entry=entry, words=gone)
        new += [(word, entry, worth) for word, worth in wanted.items() if not trusting or had.get(word) != worth]
    _insert(sorted(new))


def _take(*, entry: int, words: Sequence[int]) -> None:
    marks = ", ".join(["%s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_POSTINGS} WHERE entry = %s AND word IN ({marks})", [entry, *words])  # noqa: S608


def _insert(rows: list[tuple[int, int, int]]) -> None:
    """By a prepared statement on SQLite; by arrays on PostgreSQL or, since a library is two million rows, copied."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(
                f"INSERT INTO {_POSTINGS} (word, entry, worth) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
                rows,
            )
        elif len(rows) < _MANY:
            cursor.execute(
                f"INSERT INTO {_POSTINGS} (word, entry, worth) "  # noqa: S608
                "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[]) ON CONFLICT DO NOTHING",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            _copy(cursor, rows)


def _copy(cursor: Any, rows: Iterable[tuple[int, int, int]]) -> None:
    """What is copied may not be there yet: through a table of this transaction."""
    columns = "(word bigint, entry bigint, worth smallint)"
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS finding_lot {columns} ON COMMIT DELETE ROWS")
    pack_row = Struct("!hiqiqih").pack  # how many columns, then the length of each and itself
    with cursor.copy("COPY finding_lot FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        copy.write(b"".join(pack_row(3, 8, word, 8, entry, 2, worth) for word, entry, worth in rows))
        copy.write(b"\xff\xff")
    cursor.execute(f"INSERT INTO {_POSTINGS} (word, entry, worth) SELECT * FROM finding_lot ON CONFLICT DO NOTHING")  # noqa: S608
    cursor.execute("TRUNCATE finding_lot")


def _learn(words: Iterable[str]) -> None:
    """New words alone, in one order: two publications that bring the same one wait for each other in turn."""
    kept = sorted({word for word in words if len(word) <= _LONGEST_WORD})
    known: set[str] = set()
    for start in range(0, len(kept), 5000):
        known.update(Word.objects.filter(text__in=kept[start : start + 5000]).values_list("text", flat=True))
    Word.objects.bulk_create([_word(word) for word in kept if word not in known], ignore_conflicts=True)


def _word(word: str) -> Word:
    return Word(text=word, initial=initial_of(word), length=len(word))
