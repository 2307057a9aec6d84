"""Export and erasure of what this room holds: for whom a person acts, and what was decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.territories.models import MandateCode, MandateDocument, MandateEvent, MandateRequest, Membership
from commun.territories.services.mandates.ending import close_membership
from commun.territories.types import MandateEventKind, MembershipEnd


def export(*, email: str) -> dict[str, Any]:
    user = User.objects.filter(email=email).first()
    if user is None:
        return {}
    rows = (
        Membership.objects.filter(user=user).with_names().prefetch_related("events", "requests", "codes").order_by("pk")
    )
    found = [
        {
            "au nom de": row.organisation.label,
            "fonction": row.role,
            "niveau": row.get_level_display(),
            "preuve": row.get_method_display(),
            "état": row.get_state_display(),
            "référent·e": row.is_referent,
            "déclaré le": row.declared_at,
            "prouvé le": row.verified_at,
            "expire le": row.expires_at,
            "terminé le": row.ended_at,
            "journal": [{"date": one.at, "acte": one.get_kind_display(), "note": one.note} for one in row.events.all()],
            "codes envoyés à la collectivité": [one.sent_at for one in row.codes.all()],
            "demandes de vérification": [
                {
                    "date": one.asked_at,
                    "type": one.get_kind_display(),
                    "précisions": one.message,
                    "réponse": one.evidence,
                }
                for one in row.requests.all()
            ],
        }
        for row in rows
    ]
    return {"mandats": found} if found else {}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """Mandates end; the job and notes go. That there was one stays, held by an account that names nobody."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return {}
    with transaction.atomic():
        for row in Membership.objects.select_for_update(of=("self",)).filter(user=user, ended_at=None):
            close_membership(row, end=MembershipEnd.ERASED, kind=MandateEventKind.ERASED, by=None, now=now)
        MandateEvent.objects.filter(membership__user=user).update(note="")
        MandateDocument.objects.filter(request__membership__user=user).delete()
        MandateCode.objects.filter(membership__user=user).delete()
        hers = MandateRequest.objects.filter(membership__user=user)
        hers.filter(decided_at=None).delete()
        hers.update(message="", evidence="", before=None, forgotten_at=now)
        blanked = Membership.objects.filter(user=user).update(role="")
    return {"mandats": blanked} if blanked else {}
