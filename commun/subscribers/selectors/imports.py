"""Reading what became of files of addresses."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from commun.subscribers.address_file import AddressFile, Unreadable
from commun.subscribers.models import Import
from commun.subscribers.pieces import Pieces
from commun.subscribers.types import ImportReport

SAMPLE = 5


@dataclass(frozen=True, kw_only=True)
class Columns:
    """`names` of the columns; `chosen`: where addresses are read; `sample`: what stands there, why it is refused."""

    names: list[str]
    chosen: int
    sample: list[tuple[str, str]]


def list_imports() -> QuerySet[Import]:
    return Import.objects.select_related("by").order_by("-pk")[:50]


def read_report(*, row: Import) -> dict[str, Any] | None:
    if not row.report:
        return None
    counts = {name: value for name, value in row.report.items() if name != "undone"}
    return {"counts": ImportReport(**counts), "undone": row.report.get("undone", 0)}


def columns_of(*, row: Import) -> Columns | None:
    """None where the file has one column, or can no longer be read."""
    file = AddressFile(io.BufferedReader(Pieces(row)), column=row.column)
    sample = []
    try:
        for found in file:
            sample.append((found.address, found.problem))
            if len(sample) == SAMPLE:
                break
    except Unreadable:
        if not file.cells_seen:
            return None
    names = list(file.headings) or [f"colonne {at + 1}" for at in range(len(file.cells_seen))]
    chosen = file.addresses_in[0] if file.addresses_in else 0
    return Columns(names=names, chosen=chosen, sample=sample) if len(names) > 1 else None
