"""Outlook's own texts: RTF, packed ([MS-OXRTFCP]), in which the HTML it was made from may be wrapped ([MS-OXRTFEX]).

Both are read in one pass, within a bound on what they give: a few packed bytes may stand for megabytes, and groups may
be opened without end.
"""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass, replace
from html import escape

MOST_UNPACKED = 1024 * 1024
MOST_TEXT = 1024 * 1024  # characters given
_HEAD = 16
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
# What every window begins with: words that most RTF holds.
_BEGIN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0"
    rb"\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
# Groups that hold nothing one reads.
_SILENT = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"headerl", b"headerr",
    b"footerl", b"footerr", b"listtable", b"listoverridetable", b"revtbl", b"themedata", b"generator", b"fldinst",
}  # fmt: skip
_LINES = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t"}
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\r": "\n", b"\n": "\n"}


@dataclass(frozen=True, slots=True)
class Written:
    """`html` where the text was made from it; `text` elsewhere."""

    text: str = ""
    html: str = ""


def unpack(data: bytes) -> bytes:
    """What was packed; b"" where it is no such thing. What is cut is given as far as it goes."""
    if len(data) < _HEAD:
        return b""
    size, whole = struct.unpack_from("<II", data)
    kind, body = data[8:12], data[_HEAD : size + 4]
    if kind == _PLAIN:
        return body[: min(whole, MOST_UNPACKED)]
    return _unpacked(body, most=min(whole, MOST_UNPACKED)) if kind == _PACKED else b""


def _unpacked(body: bytes, *, most: int) -> bytes:
    window = bytearray(_BEGIN.ljust(_WINDOW, b"\0"))
    at, position, found = len(_BEGIN), 0, bytearray()
    while position < len(body) and len(found) < most:
        flags = body[position]
        position += 1
        for bit in range(8):
            if position >= len(body) or len(found) >= most:
                break
            if not flags >> bit & 1:
                piece = body[position : position + 1]
                position += 1
            else:
                reference = int.from_bytes(body[position : position + 2].ljust(2, b"\0"))
                position += 2
                start, length = reference >> 4, (reference & 15) + 2
                if start == at:
                    return bytes(found[:most])
                for step in range(length):  # it may overlap what it writes
                    window[(at + step) % _WINDOW] = window[(start + step) % _WINDOW]
                piece = bytes(window[(at + step) % _WINDOW] for step in range(length))
            for byte in piece:
                window[at] = byte
                at = (at + 1) % _WINDOW
            found += piece
    return bytes(found[:most])


@dataclass(frozen=True, slots=True)
class _Group:
    is_silent: bool = False
    is_html: bool = False  # a fragment of the HTML it was made from
    is_hidden: bool = False  # RTF that stands for HTML given beside
    skips: int = 1  # signs that stand for the one given in Unicode


def read(data: bytes) -> Written:
    """The words of a document, without what dresses them."""
    if not data.lstrip().startswith(b"{\\rtf"):
        return Written()
    reader = _Reader(data)
    reader.read()
    text = "".join(reader.said)
    return Written(html=text) if reader.is_html else Written(text=text.strip())


class _Reader:
    """One pass. `said`: pieces, in order, `MOST_TEXT` at most."""

    def __init__(self, data: bytes) -> None:
        self.said: list[str] = []
        self.is_html = b"\\fromhtml1" in data[:2000]
        self._data, self._position, self._left = data, 0, MOST_TEXT
        self._code_page = _code_page(data)
        self._group, self._outer = _Group(), list[_Group]()
        self._skip = 0  # signs to leave out, after one in Unicode
        self._high = ""  # first half of a sign beyond the sixteen bits
        self._bytes = bytearray()  # of a code page: several may be one sign
        self._is_aside = False  # the group has just begun by \\*

    def read(self) -> None:
        while self._position < len(self._data) and self._left > 0:
            found = _TOKEN.match(self._data, self._position)
            if found is None:
                self._position += 1
                continue
            self._position = found.end()
            word, number, byte, symbol, brace, text = found.groups()
            if byte is not None:
                self._take_byte(byte)
                continue
            self._say_bytes()
            if brace is not None:
                self._open_or_close(brace)
            elif word is not None:
                self._take_word(word, int(number) if number else None)
            elif symbol is not None:
                self._is_aside = symbol == b"*"
                self._say(_SYMBOLS.get(symbol, ""))
            elif text is not None:
                self._take_text(text)
        self._say_bytes()

    def _open_or_close(self, brace: bytes) -> None:
        if brace == b"{":
            self._outer.append(self._group)
        else:
            self._group = self._outer.pop() if self._outer else _Group()

    def _take_byte(self, byte: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes += bytes.fromhex(byte.decode())

    def _take_text(self, text: bytes) -> None:
        kept = text[self._skip :]
        self._skip = max(0, self._skip - len(text))
        self._say(kept.decode(self._code_page, "replace"))

    def _take_word(self, word: bytes, value: int | None) -> None:
        if word == b"bin":
            self._position += max(0, value or 0)
        elif word == b"u" and value is not None:
            self._take_sign(value & 0xFFFF)
        else:
            self._group = _turned(self._group, word, value, aside=self._is_aside)
            self._say(_LINES.get(word) or _SIGNS.get(word, ""))
        self._is_aside = False

    def _take_sign(self, code: int) -> None:
        self._skip = self._group.skips
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return
        sign = (self._high + chr(code)).encode("utf-16-le", "surrogatepass")
        self._high = ""
        self._say(sign.decode("utf-16-le", "replace"))

    def _say_bytes(self) -> None:
        if self._bytes:
            said = self._bytes.decode(self._code_page, "replace")
            self._bytes.clear()
            self._say(said)

    def _say(self, text: str) -> None:
        """As it stands in what is given: HTML as it is, words of HTML escaped."""
        if not text or self._group.is_silent or self._group.is_hidden:
            return
        said = escape(text, quote=False) if self.is_html and not self._group.is_html else text
        self.said.append(said[: self._left])
        self._left -= len(said)


def _turned(group: _Group, word: bytes, value: int | None, *, aside: bool) -> _Group:
    if word == b"htmltag":
        return replace(group, is_html=True, is_silent=False)
    if word == b"htmlrtf":
        return replace(group, is_hidden=value != 0)
    if word == b"uc":
        return replace(group, skips=max(0, min(value or 0, 10)))
    if aside or word in _SILENT:
        return replace(group, is_silent=True)
    return group


def _code_page(data: bytes) -> str:
    """What Outlook says it wrote in, where that is a code page of texts that exists; else the usual one."""
    found = re.search(rb"\\ansicpg(\d{3,5})", data[:500])
    page = found[1].decode() if found else ""
    if page.startswith("125") or page in {"437", "850", "932", "936", "65001", "10000"}:
        try:
            return codecs.lookup({"65001": "utf-8", "10000": "mac-roman"}.get(page, f"cp{page}")).name
        except LookupError:  # a number that was cut, or never was one
            pass
    return "cp1252"
