"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.mailing.models import ServiceMail, Suppression
from commun.mailing.selectors.addresses import deliveries_at, returns_of
from commun.mailing.services import erasure
from commun.mailing.tokens import address_hash


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    digest = address_hash(address)
    found = {
        "envois": [
            {
                "objet": delivery.send.message.subject,
                "date": delivery.settled_at or delivery.send.scheduled_at,
                "état": delivery.life_word,
                "raison": delivery.why,
            }
            for delivery in deliveries_at(address=address).iterator()
        ],
        "messages de service": [
            {"date": mail.created_at, "état": mail.get_state_display()}
            for mail in ServiceMail.objects.filter(address=address).defer("raw").order_by("created_at")
        ],
        "retours": [
            {
                "nature": event.get_kind_display(),
                "conclusion": event.get_verdict_display(),
                "date": event.at,
                "ce que dit le serveur": event.diagnostic,
            }
            for event in returns_of(address_hash=digest)
        ],
        "oppositions": [
            {"raison": row.get_reason_display(), "depuis": row.created_at, "levée": row.lifted_at}
            for row in Suppression.objects.filter(address_hash=digest).order_by("created_at")
        ],
    }
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    return erasure.erase(address=address, now=now)
