"""What the public page of an organisation shows of this room."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from commun.cms.api import Addresses
from commun.common import french
from commun.library.selectors import resources
from commun.territories.api import Organisation, PublicEntry, PublicSection

SHOWN = 30


def section(organisation: Organisation, now: datetime) -> PublicSection:
    """Resources that it gave, or that tell of it; the latest first."""
    told = resources().filter(Q(contributor=organisation) | Q(organisations=organisation)).distinct()
    found = told.select_related(None).prefetch_related(None)[:SHOWN]  # a line shows no cover, no theme
    addresses = Addresses()
    entries = [
        PublicEntry(
            text=page.title,
            url=addresses.of(page),
            detail=french.month(timezone.localtime(page.first_published_at)) if page.first_published_at else "",
        )
        for page in found
    ]
    return PublicSection(title="Ressources partagées", entries=entries)
