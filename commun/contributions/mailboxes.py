"""Addresses where contributions come in. What follows the plus sign is signed: nobody enters another's conversation."""

from __future__ import annotations

import hmac
import re
from email.utils import parseaddr

from django.conf import settings

from commun.cms.api import get_network
from commun.common.signing import keyed_hash
from commun.inbound.api import accepts

EDITORIAL = "editorialisation"
AGENDA = "agenda"
CONVERSATION = "conversation"
_SEAL = 16


def intake(*, local: str = EDITORIAL, theme_id: int | None = None) -> str:
    """Where to write to give something; with a theme, what comes is filed under it."""
    extension = f"+t{theme_id}-{_seal('theme', str(theme_id))}" if theme_id else ""
    return f"{local}{extension}@{settings.INBOUND_DOMAIN}"


def conversation(*, reference: str) -> str:
    """Where an answer comes back into its conversation; "" where no mail comes in."""
    if not settings.INBOUND_DOMAIN:
        return ""
    return f"{CONVERSATION}+{reference}-{_seal('conversation', reference)}@{settings.INBOUND_DOMAIN}"


def is_ours(address: str) -> bool:
    """Whether it is an address of this site: nobody else writes from it, and what we answered would come back."""
    if _split(address)[0] in {EDITORIAL, AGENDA, CONVERSATION} or accepts(recipient=address):
        return True
    network = get_network()
    own = {parseaddr(settings.MAIL_FROM)[1], network.contact_email, network.contribution_email, network.agenda_email}
    return address.lower() in {one.lower() for one in own if one}


def is_intake(address: str) -> bool:
    local, extension = _split(address)
    return local in {EDITORIAL, AGENDA} and (not extension or read_theme(address) is not None)


def is_agenda(address: str) -> bool:
    return _split(address)[0] == AGENDA


def read_theme(address: str) -> int | None:
    """Primary key of the theme an address is for."""
    local, extension = _split(address)
    found = re.fullmatch(r"t(\d{1,9})-([0-9a-f]+)", extension)
    if local not in {EDITORIAL, AGENDA} or not found:
        return None
    return int(found[1]) if hmac.compare_digest(found[2], _seal("theme", found[1])) else None


def read_conversation(address: str) -> str | None:
    """Reference of the contribution an answer is for; None where the address is not ours, or forged."""
    local, extension = _split(address)
    found = re.fullmatch(r"([0-9a-f]{16})-([0-9a-f]+)", extension)
    if local != CONVERSATION or not found:
        return None
    return found[1] if hmac.compare_digest(found[2], _seal("conversation", found[1])) else None


def _seal(purpose: str, value: str) -> str:
    return keyed_hash(purpose=f"contributions.{purpose}", value=value)[:_SEAL]


def _split(address: str) -> tuple[str, str]:
    """Local part and extension, lower-cased (relays may), of an address of our domain; else two empty strings."""
    local, _, host = address.lower().rpartition("@")
    if not settings.INBOUND_DOMAIN or host != settings.INBOUND_DOMAIN:
        return "", ""
    name, _, extension = local.partition("+")
    return name, extension
