"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.common import french
from commun.peers.links import introduction_path
from commun.peers.selectors.introductions import Meeting, is_quiet, meetings_of
from commun.peers.selectors.network import neighbours_of
from commun.peers.selectors.standing import rounds_of
from commun.peers.types import FOLLOWED_AFTER, IntroductionState, RoundState, Side
from commun.territories.api import Organisation, PublicEntry, PublicSection

# Whether it helped is asked once by mail, then on her own page for a month.
STILL_ASKED = FOLLOWED_AFTER + timedelta(days=30)


def meetings_section(user: User, now: datetime) -> SpaceSection:
    """What is asked of her collectivités first, then those they asked for."""
    quiet = is_quiet(user=user)
    return SpaceSection(
        title="Mes mises en relation",
        entries=[_entry(one, now=now) for one in meetings_of(user=user, at=now)],
        empty="Aucune. Sur la page d’une collectivité de l’annuaire ou d’une expérience, demandez à rencontrer qui "
        "l’a vécue.",
        actions=[
            SpaceAction(label="Choisir une collectivité dans l’annuaire", url=reverse("website:directory")),
            SpaceAction(
                label="Vous ne souhaitez pas être sollicité·e : changer" if quiet else "Ne pas être sollicité·e",
                url=reverse("peers:quiet"),
            ),
        ],
    )


def _entry(one: Meeting, *, now: datetime) -> SpaceEntry:
    name = french.name(one.other.label)
    row = one.row
    return SpaceEntry(
        text=f"Avec {name}" if one.side == Side.ASKING else f"{name} souhaite vous rencontrer",
        url=introduction_path(reference=row.reference, user_id=one.person.pk),
        detail=", ".join(filter(None, (row.about, french.day(timezone.localtime(row.asked_at))))),
        badge=one.badge,
        asks=_asks(one, now=now),
    )


def _asks(one: Meeting, *, now: datetime) -> str:
    if one.side == Side.ASKED and one.row.state == IntroductionState.ASKED:
        return "Répondre : oui, ou pas cette fois"
    row = one.row
    met = max(filter(None, (row.accepted_at, row.meeting_at)), default=None)
    of_late = met is not None and row.forgotten_at is None and now - met < STILL_ASKED
    if row.state == IntroductionState.ACCEPTED and row.follow_at is None and of_late and not one.helped:
        return "Dire si cela vous a aidés"
    return ""


def public_neighbours(organisation: Organisation, now: datetime) -> PublicSection | None:
    """With whom it did something that anybody may see; its own page has the drawing, and the rest."""
    found = neighbours_of(organisation=organisation, limit=10)
    entries = [
        PublicEntry(
            text=french.name(one.organisation.label),
            url=reverse("territories:organisation", args=[one.organisation.slug]),
            detail=f"{one.words}, {french.month(timezone.localtime(one.last))}",
        )
        for one in found.found
    ]
    if entries:
        url = reverse("peers:neighbours", args=[organisation.slug])
        entries.append(PublicEntry(text="Voir ce voisinage en image", url=url))
    return PublicSection(title="Coopère avec", entries=entries)


def standing_section(user: User, now: datetime) -> SpaceSection:
    """Questionnaires of her collectivités and of their projects."""
    entries = [
        SpaceEntry(
            text=french.name(row.label),
            url=reverse("peers:round", args=[row.reference]),
            detail=f"{'jusqu’au' if row.state == RoundState.OPEN else 'clos le'} "
            f"{french.day(timezone.localtime(row.closed_at or row.closes_at))}",
            badge="Résultat" if row.result else row.get_state_display(),
        )
        for row in rounds_of(user=user, at=now)[:10]
    ]
    return SpaceSection(
        title="Où en sommes-nous ensemble",
        entries=entries,
        empty="Aucun questionnaire. Dix-huit phrases, sans nom, pour voir où vous voyez la même chose.",
        actions=[SpaceAction(label="En savoir plus, en ouvrir un", url=reverse("peers:standing"))],
    )
