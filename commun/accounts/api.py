"""The door of this room."""

from commun.accounts.addresses import InvalidAddress, normalise_email
from commun.accounts.services import create_member
from commun.accounts.types import EXPLOITATION, GROUPS, MODERATION, REDACTION, VALIDATION

__all__ = [
    "EXPLOITATION",
    "GROUPS",
    "MODERATION",
    "REDACTION",
    "VALIDATION",
    "InvalidAddress",
    "create_member",
    "normalise_email",
]
