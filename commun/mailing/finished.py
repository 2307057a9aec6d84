"""Finished bytes: a message encoded once, cut where each person's copy differs, spliced in microseconds.

Pure: neither Django nor settings. The whole is 7-bit (quoted-printable), lines end with CRLF, no line
begins with a dot: any relay carries it, DATA and BDAT alike, without another pass over the bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.utils import formataddr, parseaddr

from commun.mailing.types import PERSONAL_TOKEN, PREFERENCES_TOKEN, UNSUBSCRIBE_TOKEN

# Slots of headers are control characters: nothing a person writes can contain them once encoded.
RECIPIENT = "\x01recipient\x01"
DATE = "\x01date\x01"
MESSAGE_ID = "\x01message-id\x01"
CAMPAIGN = "\x01campaign\x01"
TOKENS = (UNSUBSCRIBE_TOKEN, PREFERENCES_TOKEN, PERSONAL_TOKEN)
SLOTS = (RECIPIENT, DATE, MESSAGE_ID, CAMPAIGN, *TOKENS)
_STEM = re.compile("|".join(sorted({re.escape(token.rstrip("0")) for token in TOKENS})))
_UNBREAKABLE = re.compile("|".join(map(re.escape, TOKENS)))
_CUT = re.compile(b"(" + b"|".join(re.escape(slot.encode()) for slot in SLOTS) + b")")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LINE = 76


class Damaged(ValueError):
    """A placeholder did not survive; the text names it."""


class Unsafe(ValueError):
    """A header holds a control character."""


def quoted_printable(text: str) -> bytes:
    """RFC 2045 § 6.7, never breaking a line inside a placeholder nor inside a character."""
    return b"".join(_encode_line(line) for line in re.split(r"\r\n|\r|\n", text.rstrip("\r\n")))


def _encode_line(line: str) -> bytes:
    atoms: list[bytes] = []
    position = 0
    for match in _UNBREAKABLE.finditer(line):
        atoms += map(_encode_character, line[position : match.start()])
        atoms.append(match[0].encode())
        position = match.end()
    atoms += map(_encode_character, line[position:])
    if atoms and atoms[-1] in {b" ", b"\t"}:
        atoms[-1] = b"=%02X" % atoms[-1][0]
    out: list[bytes] = []
    width = 0
    for atom in atoms:
        encoded = atom
        if width + len(encoded) > LINE - 1:
            out.append(b"=\r\n")
            width = 0
        if width == 0 and encoded in {b".", b"F"}:
            # A leading dot would need stuffing; « From » at the start of a line is rewritten by old mail stores.
            encoded = b"=%02X" % encoded[0]
        out.append(encoded)
        width += len(encoded)
    return b"".join(out) + b"\r\n"


def _encode_character(character: str) -> bytes:
    if character in {" ", "\t"} or ("!" <= character <= "~" and character != "="):
        return character.encode()
    return b"".join(b"=%02X" % byte for byte in character.encode())


def encode_header(name: str, value: str) -> bytes:
    """One header, folded; refuses control characters (injection) instead of dropping them."""
    if _CONTROL.search(name) or not name.isascii() or ":" in name:
        raise Unsafe(name)
    bare = value
    for slot in SLOTS:
        bare = bare.replace(slot, "")
    if _CONTROL.search(bare):
        raise Unsafe(name)
    if value.isascii():
        return f"{name}: {_fold(value)}\r\n".encode()
    charset = Charset("utf-8")
    charset.header_encoding = QP
    return f"{name}: {Header(value, charset, header_name=name).encode(linesep=chr(13) + chr(10))}\r\n".encode()


def _fold(value: str) -> str:
    """Fold lists of addresses at their commas; anything else stays under 998 characters by itself."""
    return value.replace(">, <", ">,\r\n <") if len(value) > LINE else value


def mailbox(value: str) -> str:
    """`Nom <adresse>` with its name encoded where it must be."""
    name, address = parseaddr(value)
    if _CONTROL.search(value):
        raise Unsafe("From")
    return formataddr((name, address), "utf-8")


def build(*, headers: Iterable[tuple[str, str]], text: str, html: str) -> bytes:
    """multipart/alternative, text first (RFC 2046 § 5.1.4). Deterministic: same input, same bytes.

    Raises `Damaged`, `Unsafe`.
    """
    for part in (text, html):
        check_placeholders(part)
    boundary = "=_" + hashlib.sha256(f"{text}\x00{html}".encode()).hexdigest()[:32]
    lines = [encode_header(name, value) for name, value in headers]
    lines.append(b"MIME-Version: 1.0\r\n")
    lines.append(f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode())
    for kind, content in (("plain", text), ("html", html)):
        lines.append(
            f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        )
        lines.append(quoted_printable(content))
    lines.append(f"--{boundary}--\r\n".encode())
    raw = b"".join(lines)
    for token in TOKENS:
        wanted = text.count(token) + html.count(token) + sum(value.count(token) for _, value in headers)
        if raw.count(token.encode()) != wanted:
            raise Damaged(token)
    return raw


def check_placeholders(text: str) -> None:
    """Every beginning of a placeholder is a whole one; raises `Damaged`."""
    for match in _STEM.finditer(text):
        if not any(text.startswith(token, match.start()) for token in TOKENS):
            raise Damaged(match[0])


@dataclass(frozen=True, slots=True)
class Template:
    """A message cut at its slots: literals at even places, slot names at odd ones."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]
    fixed_size: int

    @classmethod
    def cut(cls, raw: bytes, *, constant: Mapping[str, str]) -> Template:
        """`constant`: slots that are the same for the whole send."""
        for slot, value in constant.items():
            raw = raw.replace(slot.encode(), value.encode())
        pieces = tuple(_CUT.split(raw))
        names = tuple(piece.decode() for piece in pieces[1::2])
        return cls(pieces, names, sum(len(piece) for piece in pieces[::2]))

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(self.names)

    def splice(self, values: Mapping[str, str]) -> bytes:
        """One person's bytes. A slot without value is an error, never an empty string."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[slot].encode() for slot in self.names]
        return b"".join(pieces)

    def size(self, values: Mapping[str, str]) -> int:
        return self.fixed_size + sum(len(values[slot].encode()) for slot in self.names)


Splice = Callable[[], bytes]
