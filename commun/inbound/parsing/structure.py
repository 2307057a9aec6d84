"""From bytes to a tree of parts, by offsets: nothing is copied until a leaf is read.

Written here because the standard parser recurses once per nested multipart and compares every line with every
boundary above it: a few kilobytes of nesting stop it.
"""

from __future__ import annotations

import binascii
import email.errors
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value

from commun.inbound.parsing import limits, smime
from commun.inbound.parsing.charsets import decode_text
from commun.inbound.parsing.words import decode_header

MAX_ENCODED_DEPTH = 3
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_END_OF_LINE = re.compile(rb"(--)?[ \t]*(\n|\Z)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_LETTERS = re.compile(rb"[A-Za-z0-9+/]")
_PADDING = re.compile(rb"=+")
_ENCODED_LINE = re.compile(rb"[ \t\r\n]*[A-Za-z0-9+/]+={0,2}[ \t\r]*(?:\n|\Z)")
# What the standard library is known to raise on hostile parameters.
_BAD_PARAMETERS = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    email.errors.MessageError,
)


class Headers:
    """Raw headers in order, by lower-cased name; unfolded and cut at `limits.MAX_HEADER`."""

    def __init__(self, items: list[tuple[str, bytes]]) -> None:
        self.items = items

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.items if key == name]

    def raw(self, name: str) -> bytes:
        return next((value for key, value in self.items if key == name), b"")

    def text(self, name: str) -> str:
        """First of that name, decoded, on one line."""
        return decode_header(self.raw(name.lower()))


@dataclass(slots=True)
class Part:
    headers: Headers
    data: bytes
    start: int
    end: int
    content_type: str
    parameters: Message
    children: list[Part] = field(default_factory=list)

    @property
    def encoding(self) -> str:
        """The transfer encoding that has to be undone; "" for those that change nothing, and for unknown ones."""
        found = self.headers.text("content-transfer-encoding").lower().partition(";")[0].strip()
        return found if found in {"base64", "quoted-printable"} else ""

    @property
    def disposition(self) -> str:
        return self.headers.text("content-disposition").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        return _parameter(self.parameters, "content-type", name)

    @property
    def file_name(self) -> str:
        """From Content-Disposition, else from the older `name` of Content-Type."""
        given = _parameter(self.parameters, "content-disposition", "filename")
        return decode_header((given or self.parameter("name")).encode("utf-8", "surrogateescape"))

    def content(self, *, most: int | None = None) -> bytes:
        """Bytes without their transfer encoding; `most` bounds what is read of the encoded form."""
        stop = self.end if most is None else min(self.end, self.start + most)
        if self.encoding == "base64":
            return _base64(self.data, self.start, stop)
        encoded = memoryview(self.data)[self.start : stop]  # large files are decoded where they lie
        if self.encoding == "quoted-printable":
            return binascii.a2b_qp(encoded)
        return bytes(encoded)


class Reader:
    """Reads one message; counts parts and notes what was wrong."""

    def __init__(self) -> None:
        self.count = 0
        self.defects: list[str] = []

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)

    def read(self, data: bytes, start: int, end: int, depth: int = 0, default: str = "text/plain") -> Part:
        self.count += 1
        headers, body = self._headers(data, start, end)
        parameters = _parameters(headers)
        content_type = headers.text("content-type").partition(";")[0].strip().lower()
        if not re.fullmatch(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}", content_type):
            content_type = default
        part = Part(headers, data, body, end, content_type, parameters)
        if content_type.startswith("multipart/"):
            self._read_children(part, depth)
        elif _is_message(part) and self._may_enter(depth):
            part.content_type = "message/rfc822"
            self._enter_message(part, depth)
        elif smime.is_envelope(content_type, part.file_name) and self._may_enter(depth):
            self._enter_signed(part, depth)
        return part

    def _enter_message(self, part: Part, depth: int) -> None:
        """In place. RFC 2046 § 5.2.1 forbids encoding an attached message; some do, once: each time costs a copy."""
        if not part.encoding:
            start = part.start + part.data.startswith(b"\n", part.start, part.end)
            part.children.append(self.read(part.data, start, part.end, depth + 1))
        elif depth < MAX_ENCODED_DEPTH:
            inner = part.content().replace(b"\r\n", b"\n").lstrip(b"\n")
            part.children.append(self.read(inner, 0, len(inner), depth + 1))

    def _enter_signed(self, part: Part, depth: int) -> None:
        """Opaque S/MIME: what was signed is a part like another. What is encrypted stays a file."""
        signed = smime.signed_content(part.content())
        if signed:
            inner = signed.replace(b"\r\n", b"\n")
            part.children.append(self.read(inner, 0, len(inner), depth + 1))
            part.content_type = "multipart/signed"

    def _may_enter(self, depth: int) -> bool:
        if depth >= limits.MAX_DEPTH:
            self.note("too_deep")
            return False
        if self.count >= limits.MAX_PARTS:
            self.note("too_many_parts")
            return False
        return True

    def _read_children(self, part: Part, depth: int) -> None:
        if not self._may_enter(depth):
            return
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        boundary = part.parameter("boundary").strip().encode("utf-8", "surrogateescape")
        found = False
        for start, end in _split(part.data, part.start, part.end, boundary) if boundary else ():
            found = True
            if not self._may_enter(depth):
                return
            part.children.append(self.read(part.data, start, end, depth + 1, default))
        if not found:
            # A multipart without its parts is read as the text it may be.
            self.note("no_parts")
            part.content_type = "text/plain"

    def _headers(self, data: bytes, start: int, end: int) -> tuple[Headers, int]:
        """Headers, and where the body begins."""
        if data.startswith(b"\n", start, end):
            return Headers([]), start + 1
        blank = data.find(b"\n\n", start, end)
        stop, body = (blank, blank + 2) if blank >= 0 else (end, end)
        if stop - start > limits.MAX_HEADER_BLOCK:
            self.note("headers_cut")
            stop = start + limits.MAX_HEADER_BLOCK
        items: list[tuple[str, list[bytes]]] = []
        position = start
        while position < stop:
            newline = data.find(b"\n", position, stop)
            line_end = newline if newline >= 0 else stop
            line = data[position:line_end]
            if line[:1] in b" \t" and line and items:
                items[-1][1].append(line)
            elif _HEADER_LINE.match(line):
                if len(items) >= limits.MAX_HEADERS:
                    self.note("headers_cut")
                    break
                name, _, value = line.partition(b":")
                items.append((name.strip().decode("ascii").lower(), [value]))
            elif not line.startswith((b"From ", b">From ")) or position != start:
                self.note("broken_header")
                if not _more_headers(data, line_end, stop):
                    # The empty line was forgotten: the text begins here.
                    return _joined(items), position
                if items:
                    items[-1][1].append(b" " + line)
            position = line_end + 1
        return _joined(items), body


def _is_message(part: Part) -> bool:
    """A message inside: some programs attach it as a mere file, whose name says what it is."""
    if part.content_type in {"message/rfc822", "message/global"}:
        return True
    named = part.content_type in {"application/octet-stream", "text/plain"} and part.file_name.lower().endswith(".eml")
    return named and _HEADER_LINE.match(part.content(most=2000).lstrip()) is not None


def walk(part: Part) -> Iterator[Part]:
    """Every part in order, the parts of attached messages left out."""
    yield part
    if part.content_type.startswith("multipart/"):
        for child in part.children:
            yield from walk(child)


def _joined(items: list[tuple[str, list[bytes]]]) -> Headers:
    return Headers([(name, b"".join(lines)[: limits.MAX_HEADER].strip()) for name, lines in items])


def _more_headers(data: bytes, start: int, stop: int) -> bool:
    return re.search(rb"\n(content-|mime-|subject:|from:|to:|date:|message-id:)", data[start:stop].lower()) is not None


def _split(data: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Ranges between the lines of a boundary (RFC 2046 § 5.1.1); the last one ends where the data does."""
    delimiter = b"--" + boundary
    begun, position = -1, start
    while (at := data.find(delimiter, position, end)) >= 0:
        position = at + len(delimiter)
        line = _END_OF_LINE.match(data, position, end)
        if line is None or (at > start and data[at - 1] != 0x0A):
            continue
        if begun >= 0:
            yield begun, max(begun, at - 1)
        begun, position = line.end(), line.end()
        if line[1]:
            return
    if 0 <= begun < end:
        yield begun, end


def _parameters(headers: Headers) -> Message:
    """The two headers that have parameters, handed to the standard library for RFC 2231."""
    message = Message()
    for name in ("content-type", "content-disposition"):
        raw = headers.raw(name)[:4096]
        if raw:
            message[name] = decode_text(raw, "utf-8").replace("\n", " ")
    return message


def _parameter(message: Message, header: str, name: str) -> str:
    try:
        value = message.get_param(name, "", header=header)
        return collapse_rfc2231_value(value) if value else ""
    except _BAD_PARAMETERS:
        return ""


def _base64(data: bytes, start: int, stop: int) -> bytes:
    """Lenient: what is not base64 is skipped, a torn end loses at most three bytes, and each padded line stands alone.

    What a list or a scanner wrote below the padding, in plain words, is none of it.
    """
    padded = data.find(b"=", start, stop)
    if padded < 0 or not _LETTERS.search(data, padded, stop):
        encoded = memoryview(data)[start:stop]  # large files are decoded where they lie
        try:
            return binascii.a2b_base64(encoded)
        except binascii.Error:
            return _quads(_NOT_BASE64.sub(b"", encoded))
    pieces = []
    position = start
    for padding in _PADDING.finditer(data, start, stop):
        pieces.append(_quads(_NOT_BASE64.sub(b"", data[position : padding.start()])))
        position = padding.end()
        if not _ENCODED_LINE.match(data, position, stop):
            break
    else:
        pieces.append(_quads(_NOT_BASE64.sub(b"", data[position:stop])))
    return b"".join(pieces)


def _quads(letters: bytes) -> bytes:
    whole = letters[: len(letters) - len(letters) % 4]
    rest = letters[len(whole) :]
    if len(rest) >= 2:
        whole += rest + b"=" * (4 - len(rest))
    try:
        return binascii.a2b_base64(whole)
    except binascii.Error:
        return b""
