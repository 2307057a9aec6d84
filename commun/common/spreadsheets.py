"""Files that people open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence


class _Echo:
    """What the standard writer writes to is handed on as it comes."""

    def write(self, value: str) -> str:
        return value


def defuse(cell: str) -> str:
    """What a spreadsheet would take for a formula is given back as text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def stream_csv(*, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Line by line, in the form French spreadsheets open at once: UTF-8 with its mark, semicolons, no formula."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff".encode() + writer.writerow(header).encode()  # type: ignore[attr-defined]
    for row in rows:
        yield writer.writerow([defuse(str(cell)) for cell in row]).encode()  # type: ignore[attr-defined]
