"""Lives: what states a row can be in, what moves it from one to the next, and who does that.

A declaration describes; it runs nothing. Services keep their guarded writes and ask `check`; choices and the constraint
of the table come from it; `docs/states.md` is drawn from it; the state of the site names rows that stand past what
their mover promised. A declaration that cannot be true is refused at import.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from commun.common.errors import AppError


class Mover(enum.StrEnum):
    """Who moves a row."""

    PERSON = "une personne"
    SWEEP = "une relève"  # work that workers come back to by themselves
    MESSAGE = "un message"  # mail that comes in, an answer of a relay
    CLOCK = "l’horloge"  # a date that the row holds


class WrongLife(Exception):
    """A declaration that cannot be true; `str(error)` says why."""


class ForbiddenMove(AppError):
    """No move leads from `before` to `after`."""

    code = "move_forbidden"

    def __init__(self, life: str, before: str, after: str):
        super().__init__(f"{life}: {before} → {after}")
        self.before, self.after = before, after


@dataclass(frozen=True, kw_only=True)
class Move:
    """`act`: what is done, in French. `within`: how long the mover may take, counted from the column `since` of the
    row; `only`: lookups of the rows that were promised it. `undo`: takes a decision back."""

    act: str
    old: tuple[str, ...]
    new: str
    by: Mover
    within: timedelta | None = None
    since: str = ""
    only: Mapping[str, Any] = field(default_factory=dict)
    undo: bool = False


def move(act: str, old: Iterable[str] | str, new: str, by: Mover, **promise: Any) -> Move:
    """`old`: one state or several."""
    return Move(act=act, old=(old,) if isinstance(old, str) else tuple(old), new=new, by=by, **promise)


class Life:
    """`states`: each with its French words, in the order one tells them. `start`: where rows begin. `final`: where they
    may stay for ever. `derived`: for a life that no column holds, what gives the state of a row.

    Raises `WrongLife`.
    """

    def __init__(
        self,
        *,
        slug: str,
        title: str,
        states: Mapping[Any, str] | Iterable[tuple[Any, str]],
        start: Iterable[str] | str,
        final: Iterable[str],
        moves: Iterable[Move],
        derived: Callable[[Any], str] | None = None,
    ) -> None:
        self.slug, self.title = slug, title
        self.states = {str(state): words for state, words in dict(states).items()}
        self.start = frozenset({str(start)} if isinstance(start, str) else map(str, start))
        self.final = frozenset(map(str, final))
        self.moves = tuple(moves)
        self._derived = derived
        self._refuse_nonsense()
        self._next = {
            state: frozenset(str(one.new) for one in self.moves if state in one.old and not one.undo)
            for state in self.states
        }
        self._back = {
            state: frozenset(str(one.new) for one in self.moves if state in one.old and one.undo)
            for state in self.states
        }

    def _refuse_nonsense(self) -> None:
        named = {*self.start, *self.final}
        for one in self.moves:
            named |= {*map(str, one.old), str(one.new)}
            if one.within is not None and not one.since:
                raise WrongLife(f"{self.slug}: « {one.act} » promises a time, and does not say since when")
            if one.within is not None and one.by is Mover.PERSON and one.undo:
                raise WrongLife(f"{self.slug}: nobody promises to take « {one.act} » back")
        if unknown := named - self.states.keys():
            raise WrongLife(f"{self.slug}: unknown states: {', '.join(sorted(unknown))}")
        reached, waiting = set(self.start), list(self.start)
        while waiting:
            state = waiting.pop()
            for one in self.moves:
                if state in one.old and str(one.new) not in reached:
                    reached.add(str(one.new))
                    waiting.append(str(one.new))
        if lost := self.states.keys() - reached:
            raise WrongLife(f"{self.slug}: nothing leads to: {', '.join(sorted(lost))}")
        for state in self.states:
            leaving = [one for one in self.moves if state in one.old]
            if state not in self.final and not any(not one.undo and str(one.new) != state for one in leaving):
                raise WrongLife(f"{self.slug}: nobody moves what is {state!r}, which is not final")

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(self.states.items())

    def known(self, *, column: str = "state") -> Any:
        """Condition of the table's constraint: a state of this life, and no other."""
        from django.db.models import Q

        return Q(**{f"{column}__in": list(self.states)})

    def allows(self, before: str, after: str, *, undo: bool = False) -> bool:
        """`undo`: a decision is being taken back."""
        return str(after) in (self._back if undo else self._next)[str(before)]

    def check(self, before: str, after: str, *, undo: bool = False) -> None:
        """To stay is no move. Raises `ForbiddenMove`."""
        if str(before) != str(after) and not self.allows(before, after, undo=undo):
            raise ForbiddenMove(self.slug, str(before), str(after))

    def leading_to(self, after: str) -> tuple[str, ...]:
        """The states from which one moves there."""
        return tuple(state for state in self.states if self.allows(state, after))

    def state_of(self, row: Any) -> str:
        return str(self._derived(row)) if self._derived is not None else str(row.state)

    @property
    def promises(self) -> list[Move]:
        return [one for one in self.moves if one.within is not None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """Rows that stand past what was promised. `since`: the oldest of them, by the promise's own column."""

    life: Life
    move: Move
    count: int
    since: datetime


_lives: dict[str, tuple[Life, str]] = {}


def register(life: Life, *, model: str = "") -> None:
    """Called from a room's `AppConfig.ready()`. `model`: label of the table whose column `state` holds it; "" for a
    life that is derived, or watched through another."""
    _lives[life.slug] = (life, model)


def lives() -> list[Life]:
    return [life for life, _ in _lives.values()]


def overdue(*, now: datetime) -> list[Overdue]:
    """What stands past what its mover promised, the oldest first. One counting question a promise."""
    from django.apps import apps
    from django.db.models import Count, Min

    found = []
    for life, label in _lives.values():
        for one in life.promises if label else ():
            assert one.within is not None
            late = {f"{one.since}__lt": now - one.within}
            rows = apps.get_model(label)._default_manager.filter(state__in=one.old, **late, **one.only)
            seen = rows.aggregate(count=Count("pk"), since=Min(one.since))
            if seen["count"]:
                found.append(Overdue(life=life, move=one, count=seen["count"], since=seen["since"]))
    return sorted(found, key=lambda each: each.since)
