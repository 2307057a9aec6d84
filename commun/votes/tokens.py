"""The personal link of an invitation: 32 URL-safe characters that nobody can forge, made when the message leaves."""

from __future__ import annotations

import base64
import binascii
import hmac

from commun.common.errors import ForgedLink
from commun.common.signing import keyed_hash

PURPOSE = "votes.invitation"


def key_of(*, address: str) -> str:
    """22 URL-safe characters for a normalised address, the same for every vote; the address is not found back."""
    digest = bytes.fromhex(keyed_hash(purpose=f"{PURPOSE}.address", value=address))[:16]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def token_of(key: str) -> str:
    data = base64.urlsafe_b64decode(key + "==")
    return base64.urlsafe_b64encode(data + _mac(data)).decode("ascii")


def read_token(token: str) -> str:
    """The key; raises `ForgedLink`."""
    try:
        packed = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ForgedLink(PURPOSE) from None
    if len(packed) != 24 or not hmac.compare_digest(packed[16:], _mac(packed[:16])):
        raise ForgedLink(PURPOSE)
    return base64.urlsafe_b64encode(packed[:16]).rstrip(b"=").decode("ascii")


def _mac(data: bytes) -> bytes:
    return bytes.fromhex(keyed_hash(purpose=PURPOSE, value=data.hex()))[:8]
