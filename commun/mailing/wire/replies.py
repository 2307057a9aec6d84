"""Reading SMTP replies (RFC 5321 § 4.2) from a server that may be wrong, slow or hostile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_LINE = 4096  # RFC 5321 allows 512; real relays go a little further
MAX_REPLY = 64 * 1024
_LINE = re.compile(rb"([2-5][0-9]{2})([ -]?)(.*)", re.DOTALL)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")


class ProtocolViolation(Exception):
    """The server said something that is not SMTP: nothing after it can be trusted."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `enhanced` is the RFC 3463 status of its first line, or ""."""

    code: int
    enhanced: str
    text: str

    @property
    def category(self) -> int:
        """First digit of the code: 2 done, 3 go on, 4 not now, 5 no."""
        return self.code // 100


class ReplyReader:
    """Cuts a stream of bytes into replies. Bounded: a megabyte of reply is a violation, not a memory."""

    __slots__ = ("_buffer", "_code", "_lines", "_size")

    def __init__(self) -> None:
        self._buffer = b""
        self._lines: list[bytes] = []
        self._code = b""
        self._size = 0

    def feed(self, data: bytes) -> list[Reply]:
        """Replies completed by these bytes, in order; raises `ProtocolViolation`."""
        replies: list[Reply] = []
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > MAX_LINE:
            raise ProtocolViolation("line without end")
        for line in lines:
            reply = self._line(line.rstrip(b"\r"))
            if reply is not None:
                replies.append(reply)
        return replies

    def _line(self, line: bytes) -> Reply | None:
        if not self._lines and len(line) <= MAX_LINE and (usual := _usual(line)) is not None:
            return usual
        match = _LINE.fullmatch(line)
        if match is None or len(line) > MAX_LINE:
            raise ProtocolViolation("not a reply")
        code, separator, text = match.groups()
        if self._code and code != self._code:
            raise ProtocolViolation("a reply changed its code half-way")
        self._size += len(line)
        if self._size > MAX_REPLY:
            raise ProtocolViolation("reply too long")
        self._code = code
        self._lines.append(text)
        if separator == b"-":
            return None
        reply = _make(code, self._lines)
        self._lines, self._code, self._size = [], b"", 0
        return reply


@lru_cache(maxsize=256)
def _usual(line: bytes) -> Reply | None:
    """A reply of one line: a server says the same few to everybody. None where more lines follow, or it is no reply."""
    match = _LINE.fullmatch(line)
    return _make(match[1], [match[3]]) if match is not None and match[2] != b"-" else None


def _make(code: bytes, lines: list[bytes]) -> Reply:
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    enhanced = _ENHANCED.match(texts[0])
    return Reply(int(code), enhanced[1] if enhanced else "", _printable(" ".join(texts)))


def _printable(text: str) -> str:
    if text.isprintable():
        return text[:500]
    return "".join(character if character.isprintable() else " " for character in text)[:500]
