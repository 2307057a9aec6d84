"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.mailing.api import address_hash
from commun.subscribers import wording
from commun.subscribers.models import Subscriber
from commun.subscribers.selectors.people import proofs_of
from commun.subscribers.services import erasure


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    subscriber = Subscriber.objects.filter(address=address).first()
    found = {
        "abonnement": _subscription(subscriber) if subscriber else None,
        "preuves": [
            {
                "acte": proof.get_kind_display(),
                "date": proof.at,
                "moyen": wording.method_label(proof.method),
                "source": proof.source,
                "base légale": wording.basis_label(proof.basis),
                "texte": proof.wording.text if proof.wording else "",
                "détail": proof.detail,
            }
            for proof in proofs_of(address_hash=address_hash(address))
        ],
    }
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    return erasure.erase(address=address, now=now)


def _subscription(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "adresse": subscriber.address,
        "état": subscriber.get_state_display(),
        "reçoit": subscriber.get_preference_display(),
        "thématiques": [topic.name for topic in subscriber.topics.all()],
        "en pause jusqu’au": subscriber.paused_until,
        "département": subscriber.departement.name if subscriber.departement else "",
        "apporté·e par": subscriber.brought_by.source if subscriber.brought_by else "",
        "demande": subscriber.created_at,
        "confirmation": subscriber.confirmed_at,
        "départ": subscriber.left_at,
        "score de rejets": subscriber.score,
    }
