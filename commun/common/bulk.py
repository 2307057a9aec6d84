"""Many rows in one statement. The register is 36,000 places and 100,000 search keys, an electorate as many rows:
building a model object and an expression for every value takes three times as long as the database does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models

_ROWS = 500  # × 13 columns stays far below SQLite's 32,766 parameters


def insert(
    *,
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    unique: Sequence[str] = (),
) -> None:
    """Insert rows of plain values; with `unique` (columns of a unique constraint), update the rows that exist.

    Column names are the caller's own constants, never anything typed by somebody.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    tail = ""
    if unique:
        changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in columns if name not in unique)
        tail = f" ON CONFLICT ({', '.join(quote(name) for name in unique)}) DO UPDATE SET {changes}"
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names})"
    iterator = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(iterator, _ROWS)):
            values, given = _values(batch, model=model, columns=columns)
            cursor.execute(f"{head} {values}{tail}", given)


def _values(
    batch: Sequence[tuple[Any, ...]], *, model: type[models.Model], columns: Sequence[str]
) -> tuple[str, list[Any]]:
    """By columns on PostgreSQL: its driver reads thousands of parameters slower than the server writes them."""
    if connection.vendor == "postgresql":
        types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
        arrays = ", ".join(f"%s::{types[column]}[]" for column in columns)
        return f"SELECT * FROM unnest({arrays})", [list(column) for column in zip(*batch, strict=True)]  # noqa: S608
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"VALUES {', '.join([row] * len(batch))}", list(chain.from_iterable(batch))
