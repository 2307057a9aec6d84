"""Reading what became of files of addresses."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from commun.common import french
from commun.subscribers import wording
from commun.subscribers.address_file import AddressFile, Row, Unreadable
from commun.subscribers.address_values import Other
from commun.subscribers.models import Import
from commun.subscribers.pieces import Pieces
from commun.subscribers.selectors.understanding import Given, Understanding
from commun.subscribers.types import ImportReport

SAMPLE = 5


@dataclass(frozen=True, kw_only=True)
class Columns:
    """`names` of the columns; `chosen`: where addresses are; `others`: where more is; `sample`: the first lines."""

    names: list[str]
    chosen: int
    others: Mapping[Other, int]
    sample: list[Sample]

    @property
    def headings(self) -> list[str]:
        """Of what is read beside addresses, in the order of `Sample.others`."""
        return [label for other, label in wording.COLUMNS.items() if other in self.others]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """`problem`: why the line is refused. `others`: (column, as written, as understood), "" where it is not."""

    address: str
    problem: str
    others: list[tuple[str, str, str]]


def list_imports() -> QuerySet[Import]:
    return Import.objects.select_related("by").order_by("-pk")[:50]


def read_report(*, row: Import) -> dict[str, Any] | None:
    if not row.report:
        return None
    counts = {name: value for name, value in row.report.items() if name != "undone"}
    report = ImportReport(**counts)
    return {"counts": report, "columns": wording.told_of_columns(report), "undone": row.report.get("undone", 0)}


def columns_of(*, row: Import, today: date) -> Columns | None:
    """None where the file has one column, or can no longer be read."""
    others = None if row.others is None else {Other(name): at for name, at in row.others.items()}
    file = AddressFile(io.BufferedReader(Pieces(row)), column=row.column, others=others)
    lines = []
    try:
        for found in file:
            lines.append(found)
            if len(lines) == SAMPLE:
                break
    except Unreadable:
        if not file.cells_seen:
            return None
    names = list(file.headings) or [f"colonne {at + 1}" for at in range(len(file.cells_seen))]
    if len(names) < 2:
        return None
    known = Understanding(today=today)
    return Columns(
        names=names,
        chosen=file.addresses_in[0] if file.addresses_in else 0,
        others=file.others,
        sample=[_sample(line, columns=file.others, known=known) for line in lines],
    )


def _sample(line: Row, *, columns: Collection[Other], known: Understanding) -> Sample:
    given = known.read(line.others)
    said = {
        Other.TOPICS: _topics(given, known),
        Other.PLACE: known.place_names.get(given.departement, "") if given.departement else "",
        Other.DATE: french.day(given.agreed_on) if given.agreed_on else "",
        Other.SOURCE: given.source,
    }
    others = [
        (label, line.others.get(other, ""), said[other]) for other, label in wording.COLUMNS.items() if other in columns
    ]
    return Sample(address=line.address, problem=line.problem, others=others)


def _topics(given: Given, known: Understanding) -> str:
    if given.topics is None:
        return ""
    return ", ".join(known.topic_names[pk] for pk in given.topics) or "tous les numéros"
