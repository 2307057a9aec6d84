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


def fingerprint(raw: bytes, *, recipient: str) -> str:
    """Same text, same headers but those of the journey, same recipient: same fingerprint."""
    data = raw.replace(b"\r\n", b"\n")
    last = len(data)
    while last and data[last - 1] == 0x0A:  # transports differ in how they end the last line
        last -= 1
    blank = data.find(b"\n\n", 0, last)
    end = min(blank + 1 if blank >= 0 else last, MAX_HEADER_BLOCK)
    digest = hashlib.sha256(f"{recipient.lower()}\0".encode("utf-8", "replace"))
    digest.update(_JOURNEY.sub(b"", data[:end]))
    digest.update(memoryview(data)[end:last])
    return digest.hexdigest()
