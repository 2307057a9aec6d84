"""Parts of a message that came back, headers and texts, as damaged as they come. Bounded, never recursive."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import quopri
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

MAX_READ = 256 * 1024  # a report that quotes a whole mailbox says all it has to say before this
MAX_PARTS = 50
MAX_TEXT = 20_000
_BOM = b"\xef\xbb\xbf"
# RFC 6533: the same things, in UTF-8. The standard parser knows the older names alone.
_GLOBAL = (
    (re.compile(rb"message/global-delivery-status", re.IGNORECASE), b"message/delivery-status"),
    (re.compile(rb"message/global-headers", re.IGNORECASE), b"text/rfc822-headers"),
    (re.compile(rb"message/global\b(?!-)", re.IGNORECASE), b"message/rfc822"),
)
_BOUNDARY = re.compile(
    r"^--([^\s-][^\n]{0,200}?)\s*\n(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS_PART = re.compile(rb"message/(?:global-)?delivery-status")
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
ADDRESS = re.compile(r"[\w.+=%~&'/-]{1,64}@[\w.-]{1,190}\.\w{2,24}")


def open_message(raw: bytes) -> Message:
    """What a report has to say, its line ends and its mark put right."""
    raw = _bounded(raw).removeprefix(_BOM).lstrip(b"\r\n").replace(b"\x00", b"")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    for pattern, known in _GLOBAL:
        raw = pattern.sub(known, raw)
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    return _with_its_boundary(message, raw)


def _bounded(raw: bytes) -> bytes:
    """The beginning, and the machine's part where a long letter stands before it."""
    if len(raw) <= MAX_READ:
        return raw
    found = _STATUS_PART.search(raw, MAX_READ)
    if found is None or _STATUS_PART.search(raw, 0, MAX_READ):
        return raw[:MAX_READ]
    start = max(raw.rfind(b"\n--", 0, found.start()), MAX_READ)
    return raw[:MAX_READ] + raw[start : start + MAX_READ]


def _with_its_boundary(message: Message, raw: bytes) -> Message:
    """A multipart whose boundary never appears, read by the one that does."""
    body = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(body, str):
        return message
    found = _BOUNDARY.search(body)
    if found is None:
        return message
    message.set_param("boundary", found[1].strip(), replace=True)
    head = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
    again = f"{head}\n{body}".encode("utf-8", "surrogateescape")
    return email.message_from_bytes(again, policy=email.policy.compat32)


def walk(message: Message) -> Iterator[Message]:
    """Parts in order, not recursive (a thousand nested parts are somebody's joke) and bounded."""
    stack, count = [message], 0
    while stack and count < MAX_PARTS:
        part = stack.pop()
        count += 1
        yield part
        payload = part.get_payload()
        if isinstance(payload, list):
            stack.extend(reversed([child for child in payload if isinstance(child, Message)]))


def first(parts: list[Message], content_type: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == content_type), None)


def groups(part: Message) -> list[Message]:
    """The header groups of a delivery status; the standard parser makes a list of them, or a string."""
    payload = part.get_payload()
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if isinstance(payload, list) and encoding not in {"base64", "quoted-printable"}:
        return [group for group in payload if isinstance(group, Message)]
    if isinstance(payload, list):
        texts = [group for group in payload if isinstance(group, Message)]
        text = "\n\n".join(str(group.get_payload()) if not group.keys() else group.as_string() for group in texts)
    else:
        text = str(payload)
    return read_groups(_decoded_status(text, encoding))


def read_groups(text: str) -> list[Message]:
    return [email.message_from_string(chunk) for chunk in re.split(r"(?:\r?\n[ \t]*){2,}", text) if chunk.strip()]


def _decoded_status(text: str, encoding: str) -> str:
    try:
        if encoding == "base64":
            return base64.b64decode(re.sub(r"[^A-Za-z0-9+/=]", "", text)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text
    if encoding == "quoted-printable":
        return quopri.decodestring(text.encode("utf-8", "surrogateescape")).decode("utf-8", "replace")
    return text


def header(part: Message, name: str) -> str:
    """First header of that name on one line. Raw 8-bit words, which gateways write, are read as UTF-8."""
    value = next((raw for key, raw in part.raw_items() if key.lower() == name.lower()), "")
    text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"\s+", " ", text).strip()[:2000]


def decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, UnicodeError):
        return value


def address(value: str) -> str:
    """`rfc822; <a@example.org>` → `a@example.org`; RFC 6533 writes `\\x{E9}` for what ASCII lacks."""
    bare = value.rsplit(";", 1)[-1].strip()
    bare = _ESCAPED.sub(lambda one: chr(min(int(one[1], 16), 0x10FFFF)), bare)
    found = parseaddr(bare)[1] or bare.strip("<> ")
    return found.lower() if "@" in found else ""


def payload_text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset, "replace")
    except (LookupError, ValueError):
        return raw.decode("latin-1")


def human_text(parts: list[Message]) -> str:
    """Human words of the report: first text parts, before the message that is quoted."""
    found: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        if kind.startswith("message/") or kind == "text/rfc822-headers":
            break
        lost = part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), str)
        if kind == "text/plain" or lost:
            found.append(str(part.get_payload()) if lost else payload_text(part))
        elif kind == "text/html" and not found:
            found.append(
                re.sub(
                    r"<[^>]{0,2000}>", " ", re.sub(r"(?i)<(br|/p|/div|/tr|/td)\b[^>]{0,200}>", "\n", payload_text(part))
                )
            )
    return "\n".join(found).replace("\r\n", "\n")[:MAX_TEXT]
