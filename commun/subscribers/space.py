"""What « Mon espace » shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from commun.accounts.api import SpaceAction, SpaceEntry, SpaceSection
from commun.accounts.models import User
from commun.mailing.api import tokens
from commun.subscribers.models import Subscriber
from commun.subscribers.services.person_mail import preferences_url
from commun.subscribers.types import SubscriberState


def section(user: User, now: datetime) -> SpaceSection:
    """Her subscription under the address she signs in with, which a code has shown to be hers."""
    found = Subscriber.objects.filter(address_hash=tokens.address_hash(user.email)).first()
    if found is None or found.state != SubscriberState.ACTIVE:
        return SpaceSection(
            title="La lettre",
            empty="Vous ne recevez pas la lettre à cette adresse.",
            actions=[SpaceAction(label="S’abonner", url=reverse("subscribers:subscribe"))],
        )
    return SpaceSection(
        title="La lettre",
        entries=[
            SpaceEntry(
                text="Régler mes préférences",
                url=preferences_url(subscriber=found),
                detail="Thématiques, pause, désabonnement",
                badge="Abonné·e",
            )
        ],
    )
