"""Addresses where this room reads what comes back; each carries a token that nobody can forge."""

from __future__ import annotations

from django.conf import settings

from commun.common.errors import ForgedLink
from commun.mailing import tokens

COMPLAINTS = "plaintes"
UNSUBSCRIBE = "desabonnement"


def return_path(*, space: int, pk: int) -> str:
    """VERP: a fixed prefix, so that filters that let a known sender through recognise it, then which row it was."""
    return f"{tokens.BOUNCE_PREFIX}+{tokens.ledger_token(space=space, pk=pk)}@{settings.BOUNCE_DOMAIN}"


def read_return_path(address: str) -> tuple[int, int] | None:
    """(space, pk) of the row that left under this address; None where it is not ours."""
    token = _extension(address, prefix=tokens.BOUNCE_PREFIX, domain=settings.BOUNCE_DOMAIN)
    try:
        return tokens.read_ledger_token(token) if token else None
    except ForgedLink:
        return None


def read_unsubscription(address: str) -> str | None:
    """Recipient key of whoever leaves by this address (RFC 2369 mailto)."""
    token = _extension(address, prefix=UNSUBSCRIBE, domain=settings.INBOUND_DOMAIN)
    try:
        return tokens.read_recipient_token(purpose=tokens.UNSUBSCRIBE, token=token) if token else None
    except ForgedLink:
        return None


def is_complaints(address: str) -> bool:
    """Where operators' feedback loops are asked to write."""
    return bool(settings.BOUNCE_DOMAIN) and address.lower() == f"{COMPLAINTS}@{settings.BOUNCE_DOMAIN}"


def _extension(address: str, *, prefix: str, domain: str) -> str:
    local, _, host = address.rpartition("@")
    before, plus, token = local.partition("+")
    return token if domain and plus and host == domain and before.lower() == prefix else ""
