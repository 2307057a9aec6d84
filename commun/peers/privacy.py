"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.api import InvalidAddress, normalise_email
from commun.peers.models import Introduction, Quiet, Round, Suggestion
from commun.peers.services.retention import forget_asker

_WHOSE = ("organisation__territory__departement", "project")
_NAMES = ("asking__territory__departement", "asked__territory__departement")


def export(*, email: str) -> dict[str, Any]:
    """Of what she asked, no more than she may know: what was declined waits, until it is told."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    asked = [
        {
            "de": row.asking.label,
            "à": row.asked.label,
            "à propos de": row.about,
            "pourquoi": row.reason,
            "espoir": row.hope,
            "disponibilités": row.availability,
            "demandée le": row.asked_at,
            "état": row.told_state,
            "a aidé": row.get_helped_asking_display(),
        }
        for row in Introduction.objects.filter(user__email=address).select_related(*_NAMES)
    ]
    answered = [
        {
            "de": row.asking.label,
            "à": row.asked.label,
            "état": row.get_state_display(),
            "a aidé": row.get_helped_asked_display(),
        }
        for row in Introduction.objects.filter(answered_by__email=address).select_related(*_NAMES)
    ]
    suggested = [
        {"de": row.first.label, "à": row.second.label, "date": row.at}
        for row in Suggestion.objects.filter(by__email=address).select_related("first", "second")
    ]
    quiet = [{"depuis": one.since} for one in Quiet.objects.filter(user__email=address)]
    found = {
        "mises en relation demandées": asked,
        "mises en relation auxquelles j’ai répondu": answered,
        "ne pas être sollicitée": quiet,
        "rencontres suggérées": suggested,
        "questionnaires ouverts": [
            {"pour": row.label, "ouvert le": row.opened_at, "état": row.get_state_display()}
            for row in Round.objects.filter(opener__email=address).select_related(*_WHOSE)
        ],
    }
    return {kind: rows for kind, rows in found.items() if rows}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """Her words and account go; that two collectivités met is theirs."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    done = {
        "mises en relation demandées": forget_asker(rows=Introduction.objects.filter(user__email=address), now=now),
        "mises en relation auxquelles elle a répondu": Introduction.objects.filter(answered_by__email=address).update(
            answered_by=None
        ),
        "ne pas être sollicitée": Quiet.objects.filter(user__email=address).delete()[0],
        "rencontres suggérées": Suggestion.objects.filter(by__email=address).update(by=None),
        "questionnaires ouverts": Round.objects.filter(opener__email=address).update(opener=None),
    }
    return {kind: count for kind, count in done.items() if count}
