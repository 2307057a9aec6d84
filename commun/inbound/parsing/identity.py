"""When two deliveries are the same message."""

from __future__ import annotations

import hashlib
import re

from commun.inbound.parsing.limits import MAX_HEADER_BLOCK

# Written on the way, by whoever carried it: they differ between two deliveries of the same message.
_JOURNEY = re.compile(
    rb"^(?:(?:return-path|received|delivered-to|x-original-to|envelope-to|x-envelope-to|authentication-results"
    rb"|received-spf|dkim-filter|x-virus-[a-z-]+|x-spam[a-z-]*|x-rspamd[a-z-]*|arc-[a-z-]+|x-received|x-uidl|status"
    rb"|x-status|x-mozilla-[a-z0-9-]+)[ \t]*:|from )[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(rb"(\r?\n)\r?\n")
_LINE_ENDS = b"\r\n"
_PIECE = 1024 * 1024


def fingerprint(raw: bytes, *, recipient: str) -> str:
    """Same text, same headers but those of the journey, same recipient: same fingerprint. By pieces."""
    last = len(raw)
    while last and raw[last - 1] in _LINE_ENDS:  # transports differ in how they end lines, and the last one
        last -= 1
    digest = hashlib.sha256(f"{recipient.lower()}\0".encode("utf-8", "replace"))
    start = _after_headers(raw, last)
    digest.update(_JOURNEY.sub(b"", raw[:start].replace(b"\r\n", b"\n")))
    while start < last:
        end = min(start + _PIECE, last)
        if raw[end - 1] == 0x0D and end < last:  # an end of line stays whole
            end += 1
        digest.update(raw[start:end].replace(b"\r\n", b"\n"))
        start = end
    return digest.hexdigest()


def _after_headers(raw: bytes, last: int) -> int:
    """Where the text begins, the last header's own end of line being the headers'."""
    blank = _BLANK.search(raw, 0, min(last, MAX_HEADER_BLOCK))
    if blank is not None:
        return blank.start() + len(blank[1])
    cut = min(last, MAX_HEADER_BLOCK)
    return cut - 1 if raw[cut - 1 : cut] == b"\r" else cut
