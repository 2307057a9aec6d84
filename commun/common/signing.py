"""Links that cannot be forged, bound to what they are for."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing

from commun.common.errors import ExpiredLink, ForgedLink


def sign(*, purpose: str, value: Any) -> str:
    """URL-safe token of a JSON value. A token made for one purpose is refused for another."""
    return signing.dumps(value, salt=f"commun.{purpose}", compress=False)


def unsign(*, purpose: str, token: str, max_age: timedelta | None = None) -> Any:
    """The value of a token; raises `ForgedLink` or `ExpiredLink`."""
    try:
        return signing.loads(token, salt=f"commun.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise ExpiredLink(purpose) from error
    except (signing.BadSignature, ValueError, UnicodeDecodeError) as error:
        raise ForgedLink(purpose) from error


def keyed_hash(*, purpose: str, value: str) -> str:
    """Hexadecimal HMAC-SHA-256 of a value, that nobody without the secret key can recompute."""
    key = hashlib.sha256(f"commun.{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def address_hash(address: str) -> str:
    """Keyed hash under which an address is known wherever it need not be read. `address` is normalised."""
    mac = keyed("commun.mailing.address", settings.SECRET_KEY).copy()
    mac.update(address.encode())
    return mac.hexdigest()


@cache
def keyed(purpose: str, secret: str) -> hmac.HMAC:
    """HMAC-SHA-256 that has taken in its key: copying it costs a third of making it."""
    return hmac.new(hashlib.sha256(f"{purpose}:{secret}".encode()).digest(), digestmod="sha256")
