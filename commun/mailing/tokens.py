"""Opaque tokens that nobody can forge: in links, in envelope senders, in Message-IDs.

Short and fixed in length because they are spliced into finished bytes; made without the signing
module because a send makes tens of thousands a second.
"""

from __future__ import annotations

import base64
import binascii
import hmac

from django.conf import settings

from commun.common.errors import ForgedLink
from commun.common.signing import address_hash, keyed

__all__ = [
    "address_hash",
    "ledger_token",
    "read_ledger_token",
    "read_recipient_token",
    "recipient_token",
]

UNSUBSCRIBE = "unsubscribe"
PREFERENCES = "preferences"
CONFIRM = "confirm"
DELIVERY = 0
SERVICE = 1
BOUNCE_PREFIX = "retour"  # stable for ever: filters such as MailInBlack let a fixed sender part through


# RFC 4648 § 6 in lower case, two characters at a time: faster than base64.b32encode, and this is made per message.
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_BASE32 = [first + second for first in _LETTERS for second in _LETTERS]


def _mac(purpose: str, data: bytes, size: int) -> bytes:
    mac = keyed(f"commun.mailing.{purpose}", settings.SECRET_KEY).copy()
    mac.update(data)
    return mac.digest()[:size]


def recipient_token(*, purpose: str, key: str) -> str:
    """32 URL-safe characters for a recipient key; a token for one purpose is refused for another."""
    data = base64.urlsafe_b64decode(key + "==")
    return base64.urlsafe_b64encode(data + _mac(purpose, data, 8)).decode("ascii")


def read_recipient_token(*, purpose: str, token: str) -> str:
    """The recipient key; raises `ForgedLink`."""
    try:
        packed = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ForgedLink(purpose) from None
    data, mac = packed[:16], packed[16:]
    if len(packed) != 24 or not hmac.compare_digest(mac, _mac(purpose, data, 8)):
        raise ForgedLink(purpose)
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def ledger_token(*, space: int, pk: int) -> str:
    """24 characters of base32, whatever case they come back in: names one row of the ledger."""
    data = bytes([space]) + pk.to_bytes(6, "big")
    number = int.from_bytes(data + _mac("ledger", data, 8), "big")
    return "".join([_BASE32[number >> shift & 1023] for shift in range(110, -1, -10)])


def read_ledger_token(token: str) -> tuple[int, int]:
    """(space, pk); raises `ForgedLink`."""
    try:
        packed = base64.b32decode(token.upper().encode("ascii"))
    except (binascii.Error, ValueError):
        raise ForgedLink("ledger") from None
    data, mac = packed[:7], packed[7:]
    if len(packed) != 15 or not hmac.compare_digest(mac, _mac("ledger", data, 8)):
        raise ForgedLink("ledger")
    return data[0], int.from_bytes(data[1:], "big")
