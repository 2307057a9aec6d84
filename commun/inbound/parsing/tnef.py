"""Outlook's envelope (winmail.dat): the files and the text inside, as [MS-OXTNEF] and [MS-OXCMSG] lay them out.

One pass by offsets: every value is a slice of what came, so that no file, however made, grows in memory. Written here
because the library for it copies all that follows at each attribute, and so takes quadratic time on a made-up file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from commun.inbound.parsing import rtf

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_ATTRIBUTES = 5000
MOST_PROPERTIES = 2000
MOST_FILES = 100
MOST_DEPTH = 3

_BODY, _FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x800C, 0x9002, 0x8010, 0x800F, 0x9005
_PROPERTIES, _CODE_PAGE = 0x9003, 0x9007
_OF_FILE = 2
_BODY_TEXT, _BODY_RTF, _BODY_HTML, _DISPLAY_NAME, _SHORT_NAME, _LONG_NAME = (
    0x1000,
    0x1009,
    0x1013,
    0x3001,
    0x3704,
    0x3707,
)
_DATA, _MIME, _CONTENT_ID, _HIDDEN, _HTML_CODE_PAGE = 0x3701, 0x370E, 0x3712, 0x7FFE, 0x3FDE
_VARIABLE = {0x001E, 0x001F, 0x0102, 0x000D}
_FIXED = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x000B: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_EMBEDDED = 16  # bytes of the interface's name before a message inside a message


@dataclass(slots=True)
class File:
    name: str = ""
    data: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class Envelope:
    """`text` and `html`: what was written, where the message has no other body."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)


def is_envelope(data: bytes) -> bool:
    return data.startswith(SIGNATURE)


def read(data: bytes, *, depth: int = 0) -> Envelope | None:
    """None where nothing of it can be read."""
    if not is_envelope(data):
        return None
    found, code_page, current = Envelope(), "cp1252", File()
    for level, name, value in _attributes(data):
        if name == _CODE_PAGE:
            code_page = _charset(_number(value)) or code_page
        elif name == _FILE_BEGINS and len(found.files) < MOST_FILES:
            current = File()
            found.files.append(current)
        elif level == _OF_FILE:
            _fill(current, name, value, code_page)
        elif name == _BODY:
            found.text = found.text or _text(value, code_page)
        elif name == _PROPERTIES:
            _fill_message(found, value, code_page)
    found.files = [inner for one in found.files for inner in _opened(one, depth)]
    return found if found.files or found.text or found.html else None


def _opened(file: File, depth: int) -> list[File]:
    """A message inside the message gives its own files, and its text as one."""
    inner = file.data[_EMBEDDED:] if file.data[_EMBEDDED : _EMBEDDED + 4] == SIGNATURE else file.data
    if not is_envelope(inner):
        return [file] if file.data else []
    envelope = read(inner, depth=depth + 1) if depth < MOST_DEPTH else None
    if envelope is None:
        return [file]
    words = envelope.text.strip()
    text = File(name=f"{file.name or 'message'}.txt", data=words.encode(), content_type="text/plain")
    return [*([text] if words else []), *envelope.files]


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(level, name, value). What is cut at the end is given as far as it goes."""
    position = 6
    for _ in range(MOST_ATTRIBUTES):
        if position + 9 > len(data):
            return
        level, name, _, length = struct.unpack_from("<BHHI", data, position)
        if level not in {1, _OF_FILE}:
            return
        yield level, name, data[position + 9 : position + 9 + length]
        position += 9 + length + 2


def _fill(file: File, name: int, value: bytes, code_page: str) -> None:
    if name == _FILE_TITLE:
        file.name = file.name or _text(value, code_page)
    elif name == _FILE_DATA:
        file.data = value
    elif name == _FILE_PROPERTIES:
        said = dict(_properties(value, code_page))
        long = said.get(_LONG_NAME) or ("" if file.name else said.get(_SHORT_NAME) or said.get(_DISPLAY_NAME))
        file.name = str(long or file.name)
        file.content_type = str(said.get(_MIME, ""))
        file.content_id = str(said.get(_CONTENT_ID, ""))
        data = said.get(_DATA)
        if isinstance(data, bytes) and not file.data:
            file.data = data


def _fill_message(found: Envelope, value: bytes, code_page: str) -> None:
    said = dict(_properties(value, code_page))
    body, html, page = said.get(_BODY_TEXT), said.get(_BODY_HTML), said.get(_HTML_CODE_PAGE)
    found.text = str(body or "") or found.text
    if isinstance(html, bytes):
        html = _text(html, _charset(page if isinstance(page, int) else 0) or code_page)
    found.html = str(html or "")
    packed = said.get(_BODY_RTF)
    if isinstance(packed, bytes) and not (found.text.strip() or found.html.strip()):
        written = rtf.read(rtf.unpack(packed))  # Outlook's own, where it gives nothing else
        found.text, found.html = written.text, written.html


def _properties(data: bytes, code_page: str) -> Iterator[tuple[int, str | bytes | int]]:
    """MAPI properties up to the first that makes no sense; of several values, the first."""
    position = 4
    try:
        for _ in range(min(_number(data), MOST_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, position)
            position += 4
            if name >= 0x8000:  # named: an identity and a number, or a word
                (how,) = struct.unpack_from("<I", data, position + 16)
                (size,) = struct.unpack_from("<I", data, position + 20)
                position += 24 + (_padded(size) if how else 0)
            several, kind = bool(kind & 0x1000), kind & 0xEFFF
            count = 1
            if several or kind in _VARIABLE:
                (count,) = struct.unpack_from("<I", data, position)
                position += 4
            for at in range(min(count, MOST_PROPERTIES)):
                value, position = _value(data, position, kind, code_page)
                if not at:
                    yield name, value
    except (struct.error, KeyError):
        return


def _value(data: bytes, position: int, kind: int, code_page: str) -> tuple[str | bytes | int, int]:
    if kind not in _VARIABLE:
        return _number(data[position : position + 4]), position + _FIXED[kind]
    (size,) = struct.unpack_from("<I", data, position)
    raw = data[position + 4 : position + 4 + size]
    after = position + 4 + _padded(size)
    if kind == 0x001E:
        return _text(raw, code_page), after
    if kind == 0x001F:
        return raw.decode("utf-16-le", "replace").rstrip("\0"), after
    return raw, after


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4


def _number(value: bytes) -> int:
    return int.from_bytes(value[:4], "little")


def _charset(page: int) -> str:
    return {65001: "utf-8", 20127: "cp1252", 28591: "cp1252", 28605: "iso8859-15"}.get(page) or (
        f"cp{page}" if 1250 <= page <= 1258 else ""
    )


def _text(value: bytes, code_page: str) -> str:
    return value.split(b"\0", 1)[0].decode(code_page, "replace")
