"""Export and erasure of what this room holds: messages, found by the sender of their envelope.

What a handler made of a message belongs to its room, which answers for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.inbound.selectors.messages import sent_by
from commun.inbound.services.retention import forget


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    rows = [
        {"date": row.received_at, "adressé à": row.recipient, "octets": row.size, "état": row.get_state_display()}
        for row in sent_by(address=address)
    ]
    return {"messages reçus": rows} if rows else {}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """Emptied, even what was still to be handled: its handler would only write down what was to be forgotten."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    done = forget(messages=sent_by(address=address), now=now)
    return {"messages reçus": done} if done else {}
