"""Registry through which each room exports, erases and tells what it holds of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Export(Protocol):
    def __call__(self, *, email: str) -> dict[str, Any]:
        """JSON-ready data held about this person; empty when there is none."""


class Erase(Protocol):
    def __call__(self, *, email: str, now: datetime) -> dict[str, int]:
        """Erase or blank; return how many rows per kind."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What is kept of somebody, as the site tells it to anybody, in French; `models`: the tables where it stands."""

    of: str
    what: str
    why: str
    how_long: str
    models: tuple[type[Any], ...]


@dataclass(frozen=True)
class Holder:
    room: str
    export: Export
    erase: Erase


_holders: dict[str, Holder] = {}
_told: dict[str, tuple[Holding, ...]] = {}
_FIRST = (
    "subscribers", "mailing", "inbound", "contributions", "cooperation", "freshness", "accounts", "territories",
    "votes",
)  # fmt: skip


def register(room: str, *, export: Export, erase: Erase) -> None:
    """Called from the room's `AppConfig.ready()`."""
    _holders[room] = Holder(room, export, erase)


def holders() -> list[Holder]:
    return [_holders[room] for room in sorted(_holders)]


def tells(room: str, *rows: Holding) -> None:
    """Called from the room's `AppConfig.ready()`: what it keeps of people. Terms come from what its sweeps obey."""
    _told[room] = rows


def told() -> list[Holding]:
    """What all rooms keep, from those that most people meet."""
    rooms = [*(room for room in _FIRST if room in _told), *(room for room in sorted(_told) if room not in _FIRST)]
    return [row for room in rooms for row in _told[room]]


def export_person(*, email: str) -> dict[str, Any]:
    """Everything held about a person, by room; rooms that hold nothing are left out."""
    found = {holder.room: holder.export(email=email) for holder in holders()}
    return {room: data for room, data in found.items() if data}


def erase_person(*, email: str, now: datetime) -> dict[str, dict[str, int]]:
    """Erase a person everywhere, in one transaction; what was done, by room.

    From the highest room down, which is the order of registration: a room finds what it holds of a person through
    the account, which must not be blank yet.
    """
    from django.db import transaction

    with transaction.atomic():
        done = {holder.room: holder.erase(email=email, now=now) for holder in _holders.values()}
    return {room: counts for room, counts in done.items() if counts}
