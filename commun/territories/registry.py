"""What rooms above want to know of this one, and what they have to say on its pages."""

from __future__ import annotations

from collections.abc import Callable

from commun.territories.types import MandateEnded

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
