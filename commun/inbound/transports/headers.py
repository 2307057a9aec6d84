"""For transports without an envelope: whom a message was for, and from whom."""

from __future__ import annotations

from commun.inbound.parsing.limits import MAX_HEADER_BLOCK
from commun.inbound.parsing.structure import Reader
from commun.inbound.parsing.words import addresses
from commun.inbound.services.receiving import accepts

# What the last server wrote of the envelope is surer than what the sender wrote of her intent.
_ENVELOPE = ("x-original-to", "delivered-to", "envelope-to", "x-envelope-to")
_INTENT = ("to", "cc", "resent-to")


def envelope_of(raw: bytes) -> tuple[str, list[str]]:
    """(sender, recipients of ours): empty where no header names an address that a route knows."""
    data = raw[:MAX_HEADER_BLOCK].replace(b"\r\n", b"\n")
    blank = data.find(b"\n\n")
    block = data[: blank + 2] if blank >= 0 else data
    headers = Reader().read(block, 0, len(block)).headers
    return_path = headers.all("return-path") or headers.all("from")
    sender = next((box.address for box in addresses(return_path[:1])), "")
    for names in (_ENVELOPE, _INTENT):
        found = _ours([value for name in names for value in headers.all(name)])
        if found:
            return sender, found
    return sender, []


def _ours(values: list[bytes]) -> list[str]:
    return list(dict.fromkeys(box.address for box in addresses(values) if accepts(recipient=box.address)))
