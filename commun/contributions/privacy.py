"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from commun.accounts.api import InvalidAddress, normalise_email
from commun.contributions.models import Contribution, Feed, FormDraft
from commun.contributions.services import retention
from commun.contributions.services.receiving import sender_hash


def _given_by(*, email: str) -> QuerySet[Contribution]:
    return Contribution.objects.filter(Q(address_hash=sender_hash(email)) | Q(user__email=email))


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    rows = [
        {
            "nature": row.get_kind_display(),
            "état": row.get_state_display(),
            "reçue le": row.received_at,
            "titre": row.title,
            "texte": row.text,
            "précisions": row.fields,
            "nom": row.name,
            "structure": row.organisation.label if row.organisation else row.organisation_name,
            "remerciement par le nom": row.thanks,
            "messages": [
                {"date": one.at, "sens": one.get_direction_display(), "objet": one.subject, "texte": one.text}
                for one in row.messages.all()
            ],
            "fichiers": [one.name for one in row.files.all()],
        }
        for row in _given_by(email=address).select_related("organisation").prefetch_related("messages", "files")
    ]
    forms = [
        {"commencé le": draft.created_at, "réponses": draft.data}
        for draft in FormDraft.objects.filter(Q(address=address) | Q(user__email=address))
        if draft.data
    ]
    feeds = [{"nom": feed.name, "ajouté le": feed.added_at} for feed in Feed.objects.filter(added_by__email=address)]
    told = {"contributions": rows, "formulaires commencés": forms, "flux ajoutés": feeds}
    return {kind: found for kind, found in told.items() if found}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """What she gave is blanked; a page made of it is the team's, who edits it."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    done = retention.forget(contributions=_given_by(email=address), now=now)
    drafts = FormDraft.objects.filter(Q(address=address) | Q(user__email=address))
    stored = retention.stored_files(one for draft in drafts for one in draft.files.all())
    forms = drafts.count()
    drafts.delete()
    retention.drop_when_committed(stored)
    feeds = Feed.objects.filter(added_by__email=address).update(added_by=None)
    counts = {"contributions": done, "formulaires": forms, "flux ajoutés": feeds}
    return {kind: count for kind, count in counts.items() if count}
