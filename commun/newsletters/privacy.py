"""Export and erasure of what this room holds: people who look at letters before they leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.newsletters.models import TrialAnswer, TrialList


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    answers = TrialAnswer.objects.filter(address__iexact=address).select_related("issue")
    found = {
        "listes d’essai": [known.name for known in _lists_of(address)],
        "réponses à des essais": [
            {"numéro": row.issue.number, "mots": row.words, "reçu le": row.at} for row in answers
        ],
    }
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    lists = _lists_of(address)
    for known in lists:
        known.addresses = "\n".join(one for one in known.all if one != address)
        known.save(update_fields=["addresses"])
    answers, _ = TrialAnswer.objects.filter(address__iexact=address).delete()
    done = {"listes d’essai": len(lists), "réponses à des essais": answers}
    return {kind: count for kind, count in done.items() if count}


def _lists_of(address: str) -> list[TrialList]:
    return [known for known in TrialList.objects.filter(addresses__contains=address) if address in known.all]
