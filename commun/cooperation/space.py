"""What « Mon espace » and the directory show of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.cms.api import Addresses
from commun.common import french
from commun.cooperation.links import idea_token, need_token, start_token
from commun.cooperation.models import Engagement, Need, Start
from commun.cooperation.selectors.needs import needs_of
from commun.cooperation.selectors.projects import engagements_of
from commun.cooperation.selectors.proposals import proposals_of
from commun.cooperation.selectors.starts import starts_of
from commun.cooperation.types import EngagementRole, EngagementState, NeedState, ProjectState
from commun.territories.api import Organisation, PublicEntry, PublicSection


def needs_section(user: User, now: datetime) -> SpaceSection:
    """Needs she stated, and those of the collectivités she may act for; the latest twenty."""
    rows = needs_of(user=user, at=now).select_related("organisation__territory__departement")[:20]
    return SpaceSection(
        title="Mes besoins",
        entries=[
            SpaceEntry(
                text=need.title,
                url=reverse("cooperation:need", args=[need_token(reference=need.reference)]),
                detail=", ".join(filter(None, (french.name(need.who), french.day(timezone.localtime(need.stated_at))))),
                badge=need.get_state_display(),
                asks="Dire si la réponse vous aide" if need.state == NeedState.ANSWERED else "",
            )
            for need in rows
        ],
        empty="Vous n’avez exprimé aucun besoin. Dites ce qu’il vous faut : la rédaction cherche pour vous.",
        actions=[SpaceAction(label="Exprimer un besoin", url=reverse("contributions:start", args=["besoin"]))],
    )


def ideas_section(user: User, now: datetime) -> SpaceSection | None:
    """Themes she proposed; nothing where she proposed none."""
    entries = [
        SpaceEntry(
            text=row.title,
            url=reverse("cooperation:idea", args=[idea_token(reference=row.reference)]),
            detail=french.day(timezone.localtime(row.proposed_at)),
            badge=(row.merged_into or row).get_state_display(),
        )
        for row in proposals_of(user=user)[:20]
    ]
    return SpaceSection(title="Mes thématiques proposées", entries=entries, empty="", actions=[]) if entries else None


def public_needs(organisation: Organisation, now: datetime) -> PublicSection | None:
    """What it asked for in its own name and agreed to show, in its own words' title: the institution's, never a
    person's."""
    rows = Need.objects.filter(organisation=organisation, in_its_name=True, is_shown=True).select_related("theme")
    addresses = Addresses()
    entries = [
        PublicEntry(
            text=need.title,
            url=addresses.of(need.theme),
            detail=french.month(timezone.localtime(need.stated_at)),
        )
        for need in rows.order_by("-stated_at")[:20]
    ]
    return PublicSection(title="Cherche, ou a cherché", entries=entries)


def projects_section(user: User, now: datetime) -> SpaceSection:
    """Projects of the collectivités she may act for; the way into their space where there is one."""
    entries = []
    for row in engagements_of(user=user, at=now)[:20]:
        inside = row.state == EngagementState.IN and row.project.state != ProjectState.CALL
        name = "cooperation:project_space" if inside else "cooperation:project"
        badge = row.get_state_display() if row.state == EngagementState.WAITING else row.get_role_display()
        entries.append(
            SpaceEntry(
                text=row.project.title,
                url=reverse(name, args=[row.project.slug]),
                detail=f"{french.name(row.organisation.label)}, {row.project.get_state_display().lower()}",
                badge=badge,
            )
        )
    return SpaceSection(
        title="Mes projets partagés",
        entries=entries,
        empty="Votre collectivité ne prend part à aucun projet partagé.",
        actions=[SpaceAction(label="Tous les projets partagés", url=reverse("cooperation:projects"))],
    )


def public_projects(organisation: Organisation, now: datetime) -> PublicSection | None:
    """What it committed to, in its own name."""
    rows = Engagement.objects.filter(organisation=organisation, state=EngagementState.IN).select_related("project")
    entries = [
        PublicEntry(
            text=row.project.title,
            url=reverse("cooperation:project", args=[row.project.slug]),
            detail=f"{EngagementRole(row.role).label.lower()}, {french.month(timezone.localtime(row.enrolled_at))}",
        )
        for row in rows.order_by("-enrolled_at")[:20]
    ]
    return PublicSection(title="Projets partagés", entries=entries)


def starts_section(user: User, now: datetime) -> SpaceSection:
    """What she and the collectivités she may act for began after something they read."""
    entries = [
        SpaceEntry(
            text=row.inspired_title,
            url=reverse("cooperation:start_news", args=[start_token(reference=row.reference, user_id=user.pk)]),
            detail=f"{french.name(row.organisation.label)}, {french.day(timezone.localtime(row.started_at))}",
            badge=row.get_state_display(),
            asks="Dire où vous en êtes" if row.is_awaited else "",
        )
        for row in starts_of(user=user, at=now)[:20]
    ]
    return SpaceSection(
        title="Ce que nous avons commencé",
        entries=entries,
        empty="Rien encore. Sur la page d’une expérience, d’un guide ou d’un kit, dites « Nous voulons le faire ».",
        actions=[SpaceAction(label="Chercher une expérience", url="/ressources/")],
    )


def public_starts(organisation: Organisation, now: datetime) -> PublicSection | None:
    """What it began and agreed to show."""
    rows = Start.objects.filter(organisation=organisation, is_public=True, is_proved=True).select_related("inspired_by")
    addresses = Addresses()
    entries = [
        PublicEntry(
            text=row.inspired_title,
            url=addresses.of(row.inspired_by),
            detail=f"{row.get_state_display().lower()}, "
            f"{french.month(row.begun_on or timezone.localtime(row.started_at))}",
        )
        for row in rows.order_by("-started_at")[:20]
    ]
    return PublicSection(title="S’en est inspirée", entries=entries)
