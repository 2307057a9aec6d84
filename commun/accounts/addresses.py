"""One spelling per address: lower case, domain in IDNA."""

from __future__ import annotations

import re
from functools import lru_cache

import idna

from commun.common.errors import AppError


class InvalidAddress(AppError):
    """Not an address one can write to."""

    code = "address_invalid"


# What IDNA would give back as it is: nearly all there are, each town hall having its own.
_PLAIN = re.compile(r"(?!.*--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@lru_cache(maxsize=4096)
def _ascii_domain(domain: str) -> str:
    """Kept for the domains seen last: encoding one is slow."""
    if len(domain) <= 253 and _PLAIN.fullmatch(lower := domain.lower()) and domain.isascii():
        return lower
    return idna.encode(domain.rstrip("."), uts46=True).decode("ascii")


def normalise_email(raw: str) -> str:
    """`  Élise@Mairie.Example ` → `élise@mairie.example`; the domain is encoded as in DNS.

    The local part is lower-cased too: no provider of our readers distinguishes case, and two rows
    for one person would mean two letters. Raises `InvalidAddress`.
    """
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    local, separator, domain = raw.strip().rpartition("@")
    if not separator or not local:
        raise InvalidAddress(raw)
    try:
        ascii_domain = _ascii_domain(domain)
    except (idna.IDNAError, UnicodeError):
        raise InvalidAddress(raw) from None
    address = f"{local.lower()}@{ascii_domain}"
    try:
        # Django's validator knows no UTF-8 local part (RFC 6531): those are checked on their ASCII skeleton.
        validate_email(f"{''.join(c if c.isascii() else 'x' for c in local.lower())}@{ascii_domain}")
    except ValidationError:
        raise InvalidAddress(raw) from None
    if len(address) > 254:
        raise InvalidAddress(raw)
    return address
