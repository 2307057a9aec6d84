"""What « Mon espace » and the directory show of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.cooperation.links import need_token
from commun.cooperation.models import Need
from commun.cooperation.selectors.needs import needs_of
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
                detail=", ".join(part for part in (need.who, date_format(need.stated_at, "j F Y")) if part),
                badge=need.get_state_display(),
            )
            for need in rows
        ],
        empty="Vous n’avez exprimé aucun besoin. Dites ce qu’il vous faut : la rédaction cherche pour vous.",
        actions=[SpaceAction(label="Exprimer un besoin", url=reverse("contributions:start", args=["besoin"]))],
    )


def public_needs(organisation: Organisation, now: datetime) -> PublicSection | None:
    """What it asked for in its own name, in its own words' title: the institution's, never a person's."""
    rows = Need.objects.filter(organisation=organisation, in_its_name=True).select_related("theme")
    entries = [
        PublicEntry(
            text=need.title,
            url=need.theme.url if need.theme is not None and need.theme.live else "",
            detail=date_format(need.stated_at, "F Y"),
        )
        for need in rows.order_by("-stated_at")[:20]
    ]
    return PublicSection(title="Cherche, ou a cherché", entries=entries)
