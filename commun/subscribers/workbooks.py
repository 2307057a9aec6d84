"""A workbook (XLSX, ODS, XLS) read as the CSV it would have been saved as.

Pure: bytes in, bytes out. What would fill memory is refused before it is opened.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from commun.subscribers.address_columns import ADDRESS, bare
from commun.subscribers.address_file import Unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet  # megabytes that a worker which sends letters has no use for

LARGEST_OPENED = 150 * 1024 * 1024  # bytes once unpacked; a million lines of addresses take some sixty
MOST_PACKED = 200  # how many times smaller a true workbook is at most
LOOKED_AT = 200  # rows of a sheet, to tell whether addresses stand there
_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def is_workbook(head: bytes) -> bool:
    return head.startswith(_MARKS)


def as_csv(content: bytes) -> bytes:
    """The sheet that holds the most addresses; formulas by the value they were saved with. Raises `Unreadable`."""
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bomb(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [book.get_sheet_by_index(at) for at in range(len(book.sheet_names))]
            if not sheets:
                raise Unreadable("Ce classeur n’a aucune feuille.")
            return _written(max(sheets, key=_addresses))
    except (CalamineError, ValueError, OSError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(
            "Ce classeur ne peut pas être ouvert (abîmé, ou protégé par un mot de passe). "
            "Enregistrez-le au format « CSV UTF-8 »."
        ) from error


def _refuse_bomb(content: bytes) -> None:
    if not content.startswith(_MARKS[0]):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            opened = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("Ce classeur est abîmé : enregistrez-le de nouveau, ou au format « CSV UTF-8 ».") from error
    if opened > LARGEST_OPENED or opened > MOST_PACKED * max(len(content), 4096):
        raise Unreadable("Ce classeur est trop lourd une fois ouvert : enregistrez-le au format « CSV UTF-8 ».")


def _addresses(sheet: CalamineSheet) -> int:
    rows = (row for _, row in zip(range(LOOKED_AT), sheet.iter_rows(), strict=False))
    return sum(1 for row in rows for cell in row if isinstance(cell, str) and ADDRESS.fullmatch(bare(cell)))


def _written(sheet: CalamineSheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in sheet.iter_rows():
        writer.writerow([_said(cell) for cell in row])
    return text.getvalue().encode()


def _said(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta | bool):
        return str(cell)
    return " ".join(str(cell).split())
