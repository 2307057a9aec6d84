"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from commun.accounts.api import InvalidAddress, normalise_email
from commun.cooperation.models import Engagement, Need, PlanComment, ProjectEntry, Start, StartEvent, ThemeProposal
from commun.cooperation.services.retention import forget_needs, forget_proposals, forget_starts

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
            "mise au vote dans": one.vote.title if one.vote is not None and one.vote.is_public else "",
            "nom": one.name,
            "collectivité": one.who,
        }
        for one in _of(ThemeProposal, address).select_related("organisation__territory", "option__vote")
    ]
    found = {"besoins": needs, "thématiques proposées": proposals, **_in_projects(address), **_begun(address)}
    return {kind: rows for kind, rows in found.items() if rows}


def _in_projects(address: str) -> dict[str, list[dict[str, Any]]]:
    """What she did there for her collectivité."""
    engagements = Engagement.objects.filter(Q(contact__email=address) | Q(enrolled_by__email=address))
    entries = ProjectEntry.objects.filter(by__email=address).select_related("project")
    comments = PlanComment.objects.filter(by__email=address)
    return {
        "projets partagés": [
            {"projet": row.project.title, "pour": row.organisation.label, "inscrite le": row.enrolled_at}
            for row in engagements.select_related("project", "organisation__territory__departement")
        ],
        "écrit dans un projet": [
            {"projet": row.project.title, "titre": row.title, "texte": row.text, "date": row.at} for row in entries
        ],
        "commentaires de plans d’action": [{"texte": row.text, "date": row.at} for row in comments],
    }


def _begun(address: str) -> dict[str, list[dict[str, Any]]]:
    starts = Start.objects.filter(user__email=address).select_related("organisation__territory__departement")
    return {
        "démarches": [
            {
                "d’après": row.inspired_title,
                "pour": row.organisation.label,
                "état": row.get_state_display(),
                "ce que nous voulons faire": row.purpose,
                "dit le": row.started_at,
            }
            for row in starts
        ],
        "nouvelles de démarches": [
            {"état": one.get_state_display(), "texte": one.words, "date": one.at}
            for one in StartEvent.objects.filter(by__email=address)
        ],
    }


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """Who stated it goes, with what she wrote afterwards; the need and the proposal are the collectivité's."""
    try:
        address = normalise_email(email)
    except InvalidAddress:
        return {}
    needs = forget_needs(needs=_of(Need, address), now=now)
    proposals = forget_proposals(proposals=_of(ThemeProposal, address), now=now)
    Engagement.objects.filter(enrolled_by__email=address).update(enrolled_by=None)
    done = {
        "besoins": needs,
        "propositions": proposals,
        "démarches": forget_starts(starts=Start.objects.filter(user__email=address), now=now),
        "nouvelles de démarches": StartEvent.objects.filter(by__email=address).update(by=None),
        "contacts de projets": Engagement.objects.filter(contact__email=address).update(contact=None),
        "écrits de projets": ProjectEntry.objects.filter(by__email=address).update(by=None)
        + PlanComment.objects.filter(by__email=address).update(by=None),
    }
    return {kind: count for kind, count in done.items() if count}
