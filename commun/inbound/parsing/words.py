"""Characters, names, addresses and dates out of headers that follow no rule."""

from __future__ import annotations

import binascii
import codecs
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from commun.common.characters import clean_name, clean_text
from commun.inbound.parsing import limits
from commun.inbound.parsing.result import Mailbox

_ENCODED_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")
# Codecs of Python that are no charset of mail; some take quadratic time.
_NOT_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
_WESTERN = {"iso8859-1", "cp1252", "ascii"}


def decode_text(data: bytes, charset: str) -> str:
    """Whatever the charset, and whatever is wrong with it."""
    codec = _codec(charset)
    if codec in _WESTERN or not codec:
        # Many programs write UTF-8 and say otherwise; Latin text is hardly ever valid UTF-8 by accident.
        try:
            return clean_text(data.decode("utf-8"))
        except UnicodeDecodeError:
            return clean_text(data.decode("cp1252", "replace"))
    try:
        return clean_text(data.decode(codec))
    except (UnicodeError, ValueError, LookupError):
        pass
    # A UTF-8 text cut in the middle of a character is still UTF-8; with more faults it is Latin text.
    text = data.decode(codec if codec != "utf-8" else "utf-8", "replace")
    if codec == "utf-8" and text.count("\ufffd") > max(2, len(text) // 200):
        text = data.decode("cp1252", "replace")
    return clean_text(text)


def _codec(charset: str) -> str:
    """Python's name of a charset; "" where it is none."""
    name = charset.strip().strip("\"'").lower()
    if not re.fullmatch(r"[a-z0-9_.:-]{2,40}", name):
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not getattr(info, "_is_text_encoding", True) or info.name in _NOT_CHARSETS:
        return ""
    return info.name


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
        try:
            pairs = getaddresses([text])
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            pairs = []
        for name, address in pairs or [("", "")]:
            box = _mailbox(name, address)
            if box.name or box.address:
                found.append(box)
        if not any(box.address for box in found) and (
            bare := re.search(r"[^\s<>\"',;:()]{1,64}@[^\s<>\"',;:()]+", text)
        ):
            found.append(_mailbox(text[: bare.start()], bare[0]))
        if len(found) >= limits.MAX_ADDRESSES:
            break
    return tuple(found[: limits.MAX_ADDRESSES])


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
