"""What the public page of an organisation shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from commun.agenda.selectors import events, news
from commun.cms.api import Addresses
from commun.common import french
from commun.territories.api import Organisation, PublicEntry, PublicSection

SHOWN = 15


def section(organisation: Organisation, now: datetime) -> PublicSection:
    """Events that it organises or takes part in, then what it announced; of each, the latest first."""
    hers = events().filter(Q(organiser=organisation) | Q(partners=organisation)).distinct().order_by("-start", "-pk")
    told = news(now=now).filter(partner=organisation)
    addresses = Addresses()
    # A line shows no cover, no theme.
    entries = [
        PublicEntry(
            text=event.title,
            url=addresses.of(event),
            detail=f"Annulé. {event.when_and_where}" if event.is_cancelled else event.when_and_where,
        )
        for event in hers.select_related(None).prefetch_related(None)[:SHOWN]
    ]
    entries += [
        PublicEntry(text=page.title, url=addresses.of(page), detail=f"Annoncé le {french.day(page.date)}")
        for page in told.select_related(None).prefetch_related(None)[:SHOWN]
    ]
    return PublicSection(title="Dans l’agenda et les actualités", entries=entries)
