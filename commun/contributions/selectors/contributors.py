"""Who gave what a page was made of, while her address is held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from commun.contributions.models import Contribution
from commun.contributions.types import State, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    name: str
    address: str


def contributors_of(*, page_ids: Collection[int]) -> dict[int, Contributor]:
    """For each of these pages, whoever gave it last and may be written to. For asking about the page alone."""
    rows = _reachable().filter(page__in=page_ids).order_by("received_at", "pk")
    return {
        page: Contributor(name=name, address=address)
        for page, name, address in rows.values_list("page", "name", "address")
    }


def given_for(*, page_id: int) -> Contribution | None:
    """What this page was made of, as whoever gave it last and may be written to sent it."""
    return _reachable().filter(page=page_id).order_by("-received_at", "-pk").first()


def _reachable() -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(state__in=[State.ACCEPTED, State.PUBLISHED])
    return rows.exclude(address="").exclude(trust=Trust.FAILING)
