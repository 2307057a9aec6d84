"""Reading organisations."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from commun.territories.models import Organisation
from commun.territories.names import plain
from commun.territories.siren import clean_siren


def listed() -> QuerySet[Organisation]:
    """Organisations that may be shown to anybody."""
    return Organisation.objects.filter(is_checked=True).select_related("territory__departement", "territory__successor")


def search_organisations(*, query: str, limit: int = 10) -> list[Organisation]:
    """Listed organisations whose name has every word typed, or whose SIREN it is; by name."""
    try:
        wanted = Q(siren=clean_siren(query))
    except ValueError:
        words = plain(query).split()
        if not words:
            return []
        wanted = Q(*(Q(search_name__contains=word) for word in words[:8]))
    return list(listed().filter(wanted).order_by("search_name", "pk")[:limit])
