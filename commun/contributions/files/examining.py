"""One file, from its bytes to what is kept of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import filetype

from commun.contributions.files import archives, documents, pictures
from commun.contributions.files.result import Examined, Refusal, Refused

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
}


def examine(*, name: str, data: bytes, scan: Callable[[bytes], bool] | None = None) -> Examined:
    """What may be kept of these bytes. Raises `Refused`; nothing else, whatever the bytes, but what `scan` raises.

    `scan` says whether bytes are infected: those that came, before anything opens them.
    """
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(Refusal.TOO_BIG)
    if scan is not None and scan(data):
        raise Refused(Refusal.VIRUS)
    kind = _kind(name=name, data=data)
    width = height = pages = None
    if kind.startswith("image/"):
        kind, data, (width, height) = pictures.write_again(data=data)
    elif kind == "application/pdf":
        pages = documents.count_pages(data=data)
    elif kind == "application/zip":
        kind, pages = archives.check(data=data)
    return Examined(
        name=safe_name(name=name, kind=kind),
        content_type=kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        width=width,
        height=height,
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
    """No path, no control character, at most 150 characters, and the extension of what it is."""
    bare = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", re.split(r"[/\\]", name)[-1]).strip(" .") or "fichier"
    extension = _EXTENSION.get(kind)
    if extension is None:
        stem, dot, last = bare.rpartition(".")
        return f"{stem[:140]}.{last[:9]}" if dot else bare[:150]
    stem = bare.rpartition(".")[0] or bare
    return f"{stem[:145]}{extension}"
