"""One search for the team: each room finds among what is its own, for somebody who may see it. The screen is made by
`website`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commun.accounts.models import User

MOST = 8  # of each kind; beyond, one writes more of it
SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: where one sees it, and what tells it from another."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What one room found, `MOST` at most, and whether there is more."""

    title: str
    found: Sequence[Hit]
    more: bool


# For whom, the words typed, how many at most: what she may see of it.
Finder = Callable[[User, str, int], Sequence[Hit]]

_finders: dict[str, tuple[int, str, Finder]] = {}


def register_team_search(name: str, *, title: str, order: int, find: Finder) -> None:
    """Called from a room's `AppConfig.ready()`. `find` gives nothing to whoever may not see this room's rows.

    Orders in use: 10 pages, 20 contributions, 30 people, 40 collectivités, 50 sends.
    """
    _finders[name] = (order, title, find)


def search_for_team(*, user: User, words: str) -> list[Hits]:
    """By room, those that found something."""
    asked = " ".join(words.split())
    if len(asked) < SHORTEST:
        return []
    found = []
    for _, title, find in sorted(_finders.values(), key=lambda one: (one[0], one[1])):
        hits = list(find(user, asked, MOST + 1))
        if hits:
            found.append(Hits(title=title, found=hits[:MOST], more=len(hits) > MOST))
    return found
