"""Files of a message: what they are, by their bytes, and a name that can be shown and stored."""

from __future__ import annotations

import mimetypes
import re

import filetype

from commun.common.characters import clean_name
from commun.inbound.parsing import tnef
from commun.inbound.parsing.result import Attachment
from commun.inbound.parsing.structure import Part

UNKNOWN = "application/octet-stream"
_SVG = re.compile(
    rb"^\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,500}?-->\s*)?(<!DOCTYPE[^>]{0,300}>\s*)?<svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TEXTS = (
    (re.compile(rb"^\s*BEGIN:VCALENDAR", re.IGNORECASE), "text/calendar"),
    (re.compile(rb"^\s*BEGIN:VCARD", re.IGNORECASE), "text/vcard"),
    (_SVG, "image/svg+xml"),
    (re.compile(rb"^\s*(<!DOCTYPE html|<html|<head|<body|<script)", re.IGNORECASE), "text/html"),
)


def sniff(data: bytes, *, declared: str) -> str:
    """Type of the bytes. A declared type is believed of plain text alone, which cannot be told by its bytes."""
    head = data[:8192]
    if tnef.is_envelope(head):
        return "application/ms-tnef"  # it may hold a PDF, and is none
    found = filetype.guess_mime(head)
    if found:
        return str(found)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    text = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, kind in _TEXTS:
        if pattern.match(text):
            return kind
    if b"\0" not in head and declared in {"text/plain", "text/csv", "text/markdown"}:
        return declared
    return UNKNOWN


def read_file(part: Part, *, number: int) -> Attachment:
    data = part.content()
    kind = sniff(data, declared=part.content_type)
    return Attachment(
        name=safe_name(part.file_name, kind=kind, number=number),
        content_type=kind,
        declared=part.content_type,
        data=data,
        content_id=part.headers.text("content-id").strip("<> ")[:250],
        inline=part.disposition == "inline" or (part.disposition == "" and bool(part.headers.raw("content-id"))),
    )


def unpacked(file: tnef.File, *, number: int) -> Attachment:
    """One file out of Outlook's envelope."""
    kind = sniff(file.data, declared=file.content_type)
    return Attachment(
        name=safe_name(file.name, kind=kind, number=number),
        content_type=kind,
        declared=file.content_type,
        data=file.data,
        content_id=clean_name(file.content_id).strip("<> ")[:250],
        inline=bool(file.content_id),
    )


def safe_name(name: str, *, kind: str, number: int) -> str:
    """No path, no control, not empty, at most 150 characters with its extension kept."""
    bare = re.sub(r"[<>:\"|?*]", "", clean_name(re.split(r"[/\\]", name)[-1])).strip(" .")
    if not bare:
        return f"piece-{number}{mimetypes.guess_extension(kind) or ''}"
    stem, dot, extension = bare.rpartition(".")
    if dot and 0 < len(extension) <= 10:
        return f"{stem[: 149 - len(extension)]}.{extension}"
    return bare[:150]
