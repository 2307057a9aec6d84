"""What makes a body that body: its kind, its place in the register, its SIREN. What was proved for it, and the ballot
it casts, hang on them: once anything does, they change by a decision of the moderation alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from commun.territories.exceptions import CheckedByModeration, IdentityFrozen
from commun.territories.types import Body

IDENTITY = ("kind", "territory_id", "siren")
MANDATED = "mandate"  # somebody proved, one day, that she acts for it

# Given a body and the ids of the places it is at, or would be moved to: "" or a code that says what hangs on them.
Hold = Callable[[Any, Collection[int]], str]

_holds: list[Hold] = []


def register_identity_hold(hold: Hold) -> None:
    """Called from a room's `AppConfig.ready()`."""
    if hold not in _holds:
        _holds.append(hold)


def frozen_by(*, organisation: Body, places: Collection[int | None] = ()) -> str:
    """What keeps its identity as it is; "" where whoever edits organisations may change it."""
    if organisation.memberships.filter(verified_at__isnull=False).exists():
        return MANDATED
    where = {place for place in places if place is not None}
    return next((reason for reason in (hold(organisation, where) for hold in _holds) if reason), "")


def changed(*, stored: dict[str, Any], organisation: Body) -> bool:
    return any(stored[name] != getattr(organisation, name) for name in IDENTITY)


def guard(*, stored: dict[str, Any], organisation: Body) -> None:
    """Before a known body is saved, whatever saves it. One that becomes another waits for the moderation again.

    Raises `IdentityFrozen`, `CheckedByModeration`.
    """
    if changed(stored=stored, organisation=organisation):
        places = (stored["territory_id"], organisation.territory_id)
        if reason := frozen_by(organisation=organisation, places=places):
            raise IdentityFrozen(reason=reason)
        organisation.is_checked = False
    elif organisation.is_checked and not stored["is_checked"]:
        raise CheckedByModeration
