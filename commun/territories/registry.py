"""What rooms above want to know of this one, and what they have to say on its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from commun.territories.types import MandateEnded, PublicSection

if TYPE_CHECKING:
    from commun.territories.models import Organisation

MandateListener = Callable[[MandateEnded], None]

_ended: list[MandateListener] = []


def register_mandate_ended(listener: MandateListener) -> None:
    """Called from a room's `AppConfig.ready()`. `listener` runs in the transaction that ends the mandate: what the
    person held for the organisation passes to the successor, or stays with the organisation, or neither is done."""
    if listener not in _ended:
        _ended.append(listener)


def tell_ended(ended: MandateEnded) -> None:
    for listener in _ended:
        listener(ended)


class FoundOrganisations(Protocol):
    """`numbers`: of the organisations that answer what was typed."""

    @property
    def numbers(self) -> Collection[int]: ...

    def told(self, *, labels: Mapping[int, str]) -> Mapping[int, Any]:
        """Why each of these answers: `title`, its label in pieces (`text`, `hit`), and `named`, pairs of the name of a
        field and its pieces, for what the label does not say."""


OrganisationSearch = Callable[[str], FoundOrganisations]

_search: list[OrganisationSearch] = []


def register_organisation_search(search: OrganisationSearch) -> None:
    """What the directory looks for, called with what was typed."""
    _search[:] = [search]


def search_organisations(*, query: str) -> FoundOrganisations:
    return _search[0](query)


PublicBuilder = Callable[["Organisation", datetime], PublicSection | None]

_public: dict[str, tuple[int, PublicBuilder]] = {}


def register_public_section(name: str, *, order: int, build: PublicBuilder) -> None:
    """What the public page of an organisation says of it: what it gave, its commitments. Never a person's data.
    `build(organisation, now)` gives the section, or None. Orders: 10 resources, 15 agenda, 20 needs, 30 projects,
    40 votes."""
    _public[name] = (order, build)


def public_sections(*, organisation: Organisation, now: datetime) -> list[PublicSection]:
    ordered = sorted(_public.items(), key=lambda item: (item[1][0], item[0]))
    return [section for _, (_, build) in ordered if (section := build(organisation, now)) is not None]
