"""What rooms above know of a reader, for the team's page about her: they register it, this room asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commun.accounts.api import Hit
from commun.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Known:
    """A section of the page about a person. `why`: what allows to show it there."""

    title: str
    why: str
    found: Sequence[Hit]


# For whom, the address of the person: what of hers may be shown there, the latest first. A hit without an address of
# its own leads nowhere.
Finder = Callable[[User, str], Sequence[Hit]]

_finders: dict[str, tuple[int, str, str, Finder]] = {}


def register_person_section(name: str, *, title: str, why: str, order: int, find: Finder) -> None:
    """Called from a room's `AppConfig.ready()`. `find` gives only what she agreed to have told of her, and that is hers
    beyond doubt.

    Orders in use: 10 contributions.
    """
    _finders[name] = (order, title, why, find)


def known_of(*, address: str, by: User) -> list[Known]:
    """By room, those that know something."""
    return [
        Known(title=title, why=why, found=found)
        for _, title, why, find in sorted(_finders.values(), key=lambda one: (one[0], one[1]))
        if (found := find(by, address))
    ]
