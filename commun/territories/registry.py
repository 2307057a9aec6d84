"""What rooms above want to know of this one, and what they have to say on its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

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
