"""Archives, and the documents that are archives inside."""

from __future__ import annotations

import io
import re
import zipfile

from commun.contributions.files.result import Refusal, Refused

MOST_ENTRIES = 2000
MOST_OPENED = 300 * 1024 * 1024
MOST_RATIO = 200  # text compresses tenfold, an empty drawing a hundredfold; bombs, a thousandfold
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_PROGRAM = re.compile(
    r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|jar|lnk|iso|img|app|sh|docm|xlsm|pptm)$", re.IGNORECASE
)
_ARCHIVE = re.compile(r"\.(zip|7z|rar|tar|gz|xz|bz2|cab)$", re.IGNORECASE)


def check(*, data: bytes) -> str:
    """Type of what the archive is. Nothing is unpacked. Raises `Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _measure(entries, size=len(data))
            names = {entry.filename for entry in entries}
            if any(name.endswith("vbaProject.bin") for name in names):
                raise Refused(Refusal.PROGRAM)
            for name, kind in _OFFICE.items():
                if name in names:
                    return kind
            if "mimetype" in names and (found := _OPEN_DOCUMENT.fullmatch(_head(archive, "mimetype"))):
                return found[0].decode()
    except Refused:
        raise
    except Exception:  # zipfile raises many things on bytes made to hurt it
        raise Refused(Refusal.BROKEN) from None
    if any(_PROGRAM.search(name) for name in names):
        raise Refused(Refusal.PROGRAM)
    if any(_ARCHIVE.search(name) for name in names):
        raise Refused(Refusal.BOMB)  # archives in archives: nobody counts what they hold
    return "application/zip"


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(200).strip()


def _measure(entries: list[zipfile.ZipInfo], *, size: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(Refusal.LOCKED)
    opened = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or opened > MOST_OPENED or opened > MOST_RATIO * max(size, 1024):
        raise Refused(Refusal.BOMB)
