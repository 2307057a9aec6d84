"""One file, from its bytes to what is kept of it."""

from __future__ import annotations

import re

import filetype

from commun.common.characters import clean_name
from commun.contributions.files import archives, documents, pictures
from commun.contributions.files.result import Budget, Examined, Refusal, Refused

MOST_BYTES = 25 * 1024 * 1024
_TEXTS = {".txt": "text/plain", ".csv": "text/csv", ".ics": "text/calendar", ".vcf": "text/vcard", ".md": "text/plain"}
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_EXTENSION = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
}


def recognise(*, name: str, data: bytes) -> tuple[str, str]:
    """Type and name of these bytes, from how they begin: nothing is opened. Raises `Refused`; nothing else.

    What is an archive may turn out to be a document, once examined.
    """
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(Refusal.TOO_BIG)
    kind = _kind(name=name, data=data)
    # Of a picture the extension is that of what will be written; of an archive it says what it may be.
    return kind, safe_name(name=name, kind="" if kind == "application/zip" else kind)


def examine(*, name: str, data: bytes, budget: Budget | None = None) -> Examined:
    """What may be kept of these bytes, which are opened: in a process apart, where anybody may have sent them.

    Raises `Refused`; nothing else, whatever the bytes.
    """
    budget = budget or Budget()
    kind, _ = recognise(name=name, data=data)
    width = height = pages = None
    pixels = 0
    if kind.startswith("image/"):
        kind, data, (width, height), pixels = pictures.write_again(data=data, most=budget.pixels)
    elif kind == "application/pdf":
        pages = documents.count_pages(data=data, most=budget.pages)
    elif kind == "application/zip":
        kind = archives.check(data=data)
    return Examined(
        name=safe_name(name=name, kind=kind),
        content_type=kind,
        data=data,
        pages=pages,
        width=width,
        height=height,
        pixels=pixels,
    )


def _kind(*, name: str, data: bytes) -> str:
    head = data[:8192]
    if head.startswith(_PROGRAMS):
        raise Refused(Refusal.PROGRAM)
    if head.startswith(b"PK\x03\x04"):
        return "application/zip"  # Office documents are archives too: `archives` tells which
    found = filetype.guess_mime(head) or ""
    if found in pictures.READ:
        return found
    if found == "application/pdf" or b"%PDF-" in head[:1024]:
        return "application/pdf"
    if found:
        raise Refused(Refusal.LOCKED if found == "application/x-ole-storage" and _is_locked(data) else Refusal.TYPE)
    if _SVG.search(head):
        raise Refused(Refusal.DRAWING)
    extension = "." + name.rpartition(".")[2].lower()
    if extension in _TEXTS and b"\0" not in data:
        return _TEXTS[extension]
    raise Refused(Refusal.TYPE)


def _is_locked(data: bytes) -> bool:
    """Office documents with a password are old containers that hold an encrypted package."""
    return "EncryptedPackage".encode("utf-16-le") in data


def safe_name(*, name: str, kind: str) -> str:
    """No path, no character that is not seen, at most 150 characters, and the extension of what it is."""
    bare = re.sub(r"[<>:\"|?*]", "", clean_name(re.split(r"[/\\]", name)[-1])).strip(" .") or "fichier"
    extension = _EXTENSION.get(kind)
    if extension is None:
        stem, dot, last = bare.rpartition(".")
        return f"{stem[:140]}.{last[:9]}" if dot else bare[:150]
    stem = bare.rpartition(".")[0] or bare
    return f"{stem[:145]}{extension}"
