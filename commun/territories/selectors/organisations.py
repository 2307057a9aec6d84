"""Reading organisations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet

from commun.territories.models import Organisation, Territory
from commun.territories.names import plain
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind


def listed() -> QuerySet[Organisation]:
    """Organisations that may be shown to anybody."""
    return Organisation.objects.filter(is_checked=True).select_related("territory__departement", "territory__successor")


@dataclass(frozen=True)
class Seat:
    """What an organisation is, and where: the key of its place, or of the one that was merged into; "" for one entered
    with its SIREN alone."""

    kind: str
    key: str

    @property
    def is_collectivite(self) -> bool:
        return self.kind == OrganisationKind.COLLECTIVITE

    @classmethod
    def of(cls, kind: str, *places: str | None) -> Self:
        """`places`: the four columns of `SEAT` that follow the kind."""
        old_kind, code, new_kind, new_code = places
        return cls(kind=kind, key=f"{new_kind}:{new_code}" if new_kind else f"{old_kind}:{code}" if old_kind else "")


#: Columns of `Seat.of`, after those of the organisation's own row.
SEAT = ("kind", "territory__kind", "territory__code", "territory__successor__kind", "territory__successor__code")


def seats(organisations: QuerySet[Organisation]) -> dict[int, Seat]:
    """Id of each → its seat."""
    return {pk: Seat.of(*columns) for pk, *columns in organisations.order_by().values_list("pk", *SEAT)}


def organisations_at(places: Collection[int]) -> QuerySet[Organisation]:
    """Those at these places, or at one that was merged into them."""
    # Places first, as in `acting_for`.
    whole = Territory.objects.filter(Q(pk__in=places) | Q(successor__in=places)).order_by()
    return Organisation.objects.filter(territory__in=whole.values("pk"))


def collectivites(ids: Collection[int]) -> dict[int, str]:
    """The collectivités among these organisations → key of the place where each is today."""
    return {pk: seat.key for pk, seat in seats(Organisation.objects.filter(pk__in=ids)).items() if seat.is_collectivite}


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
