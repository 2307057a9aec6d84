"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.peers.links import introduction_path
from commun.peers.selectors.introductions import Meeting, is_quiet, meetings_of
from commun.peers.types import Side


def meetings_section(user: User, now: datetime) -> SpaceSection:
    """What is asked of her collectivités first, then those they asked for."""
    quiet = is_quiet(user=user)
    return SpaceSection(
        title="Mes mises en relation",
        entries=[_entry(one) for one in meetings_of(user=user, at=now)],
        empty="Aucune. Sur la page d’une collectivité de l’annuaire ou d’une expérience, demandez à rencontrer qui "
        "l’a vécue.",
        actions=[
            SpaceAction(label="Choisir une collectivité dans l’annuaire", url=reverse("territories:directory")),
            SpaceAction(
                label="Vous ne souhaitez pas être sollicité·e : changer" if quiet else "Ne pas être sollicité·e",
                url=reverse("peers:quiet"),
            ),
        ],
    )


def _entry(one: Meeting) -> SpaceEntry:
    name = french.name(one.other.label)
    row = one.row
    return SpaceEntry(
        text=f"Avec {name}" if one.side == Side.ASKING else f"{name} souhaite vous rencontrer",
        url=introduction_path(reference=row.reference, user_id=one.person.pk),
        detail=", ".join(filter(None, (row.about, french.day(timezone.localtime(row.asked_at))))),
        badge=one.badge,
    )
