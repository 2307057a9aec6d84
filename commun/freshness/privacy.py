"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.freshness.models import Report, Watch
from commun.freshness.services.asking import hash_of
from commun.freshness.services.retention import forget_reports, forget_watches


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    reports = [
        {
            "page": row.page_title,
            "ce qui ne va pas": row.get_kind_display(),
            "texte": row.text,
            "reçu le": row.received_at,
            "état": row.get_state_display(),
            "réponse": row.answer,
        }
        for row in Report.objects.filter(address=address)
    ]
    asked = [
        {"page": row.page.title, "demandé le": row.asked_at, "ce qui a changé": row.words}
        for row in Watch.objects.filter(asked_hash=hash_of(address)).select_related("page")
    ]
    answered = [
        {"page": row.page_title, "réponse": row.answer, "le": row.answered_at}
        for row in Report.objects.filter(answered_by__email=address)
    ]
    found = {"signalements": reports, "toujours vrai ?": asked, "réponses à des signalements": answered}
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    done = {
        "signalements": forget_reports(reports=Report.objects.filter(address=address)),
        "toujours vrai ?": forget_watches(watches=Watch.objects.filter(asked_hash=hash_of(address))),
        "réponses à des signalements": Report.objects.filter(answered_by__email=address).update(answered_by=None),
    }
    return {kind: count for kind, count in done.items() if count}
