"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from commun.accounts.api import InvalidAddress, normalise_email
from commun.cooperation.models import Need, ThemeProposal
from commun.cooperation.services.retention import forget_needs, forget_proposals

T = TypeVar("T", bound=Model)


def _of(model: type[T], email: str) -> QuerySet[T]:
    return model._default_manager.filter(Q(address=email) | Q(user__email=email))


def export(*, email: str) -> dict[str, Any]:
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    needs = [
        {
            "besoin": need.title,
            "situation": need.text,
            "contraintes": need.constraints,
            "exprimé le": need.stated_at,
            "état": need.get_state_display(),
            "nom": need.name,
            "collectivité": need.who,
            "échanges": [{"date": one.at, "texte": one.text} for one in need.answers.all()],
        }
        for need in _of(Need, address).select_related("organisation__territory").prefetch_related("answers")
    ]
    proposals = [
        {
            "thématique": one.title,
            "pourquoi": one.text,
            "proposée le": one.proposed_at,
            "état": one.get_state_display(),
            "nom": one.name,
            "collectivité": one.who,
        }
        for one in _of(ThemeProposal, address).select_related("organisation__territory")
    ]
    return {kind: found for kind, found in {"besoins": needs, "thématiques proposées": proposals}.items() if found}


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """Who stated it goes, with what she wrote afterwards; the need and the proposal are the collectivité's."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    needs = forget_needs(needs=_of(Need, address), now=now)
    proposals = forget_proposals(proposals=_of(ThemeProposal, address), now=now)
    return {kind: count for kind, count in {"besoins": needs, "propositions": proposals}.items() if count}
