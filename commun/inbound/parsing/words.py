"""Characters, names, addresses and dates out of headers that follow no rule."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from commun.common.characters import clean_name
from commun.inbound.parsing import limits
from commun.inbound.parsing.charsets import decode_text
from commun.inbound.parsing.result import Mailbox

_ENCODED_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PIECE = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[^,;])+')
_ANGLE = re.compile(r"(?:[^:<>@\"]{1,60}:)?([^<>]*)<\s*([^<>\s]+@[^<>\s]+)\s*>")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")


def decode_header(raw: bytes) -> str:
    """RFC 2047 with its usual faults, on one line. Raw 8-bit is read too."""
    raw = raw[: limits.MAX_HEADER]
    pieces: list[str] = []
    held, held_charset, position = b"", "", 0
    for word in _ENCODED_WORD.finditer(raw):
        between = raw[position : word.start()]
        charset = word[1].decode("ascii", "replace").partition("*")[0]
        if held_charset and (between.strip() or charset != held_charset):
            pieces.append(decode_text(held, held_charset))
            held = b""
        if between.strip() or not held_charset:
            pieces.append(decode_text(between, "utf-8"))
        # Characters are cut between two words by many programs: their bytes are joined before decoding.
        held, held_charset, position = held + _word_bytes(word[2], word[3]), charset, word.end()
    if held_charset:
        pieces.append(decode_text(held, held_charset))
    pieces.append(decode_text(raw[position:], "utf-8"))
    return clean_name("".join(pieces))


def _word_bytes(kind: bytes, data: bytes) -> bytes:
    if kind in b"qQ":
        return binascii.a2b_qp(data.replace(b"_", b" "), header=False)
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return b""


def addresses(raws: list[bytes]) -> tuple[Mailbox, ...]:
    """Mailboxes of address headers; what is no address keeps its name."""
    found: list[Mailbox] = []
    for raw in raws:
        # Encoded words are read after the commas: a name may hold one.
        text = decode_text(raw.replace(b"\n", b" "), "utf-8")
        found += filter(lambda box: box.name or box.address, (_one(piece) for piece in _pieces(text)))
        if not any(box.address for box in found) and (
            bare := re.search(r"[^\s<>\"',;:()]{1,64}@[^\s<>\"',;:()]+", text)
        ):
            found.append(_mailbox(text[: bare.start()], bare[0]))
        if len(found) >= limits.MAX_ADDRESSES:
            break
    return tuple(found[: limits.MAX_ADDRESSES])


def _pieces(text: str) -> list[str]:
    """One for each mailbox: cut at commas and semicolons that stand outside quotes, comments and angles.

    « Perrin, Nadia <n@…> » was written without its quotes: what has no @ belongs to what follows.
    """
    pieces: list[str] = []
    held = ""
    for piece in _PIECE.findall(text):
        bare = piece.strip()
        if not bare:
            continue
        held = f"{held}, {bare}" if held else bare
        if "@" in bare or '"' in bare:
            pieces.append(held)
            held = ""
    return pieces + ([held] if held else [])


def _one(piece: str) -> Mailbox:
    """The address is what stands between angles, whatever is written before them."""
    if (angle := _ANGLE.match(piece)) is not None:
        return _mailbox(angle[1].strip().strip('"').replace('\\"', '"'), angle[2])
    try:
        pairs = getaddresses([piece])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    boxes = [box for name, address in pairs if (box := _mailbox(name, address)).name or box.address]
    return next((box for box in boxes if box.address), boxes[0] if boxes else Mailbox("", ""))


def _mailbox(name: str, address: str) -> Mailbox:
    decoded = decode_header(name.encode("utf-8", "surrogateescape")).strip(" \"'<>")[:200]
    address = decode_header(address.encode("utf-8", "surrogateescape")).lower()
    usable = re.fullmatch(r"[^\s@<>]{1,64}@[^\s@<>]{1,253}", address) is not None
    return Mailbox(decoded, address if usable else "")


def read_date(text: str) -> datetime | None:
    """Aware; None where it cannot be, or is no date of our times."""
    try:
        date = parsedate_to_datetime(text[:200])
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date
        return date.astimezone(UTC) if 1990 <= date.year <= 2100 else None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError, RecursionError):
        return None


def message_ids(text: str) -> tuple[str, ...]:
    return tuple(_MESSAGE_ID.findall(text)[:100])
