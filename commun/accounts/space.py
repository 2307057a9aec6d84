"""« Mon espace »: what each room has to show to a person who signed in. The page itself is made by `website`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from commun.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class SpaceEntry:
    """One line: what it is, where it leads, what there is to know; `badge` is a state in a word or two. `asks`: what is
    expected of her now, "" where nothing is; such lines come first, together."""

    text: str
    url: str = ""
    detail: str = ""
    badge: str = ""
    asks: str = ""


@dataclass(frozen=True, kw_only=True)
class SpaceAction:
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SpaceSection:
    """One section of the page. `empty` is said where there is no entry."""

    title: str
    entries: Sequence[SpaceEntry] = ()
    empty: str = ""
    actions: Sequence[SpaceAction] = ()


SectionBuilder = Callable[[User, datetime], SpaceSection | Sequence[SpaceSection] | None]

_builders: dict[str, tuple[int, SectionBuilder]] = {}


def register_space_section(name: str, *, order: int, build: SectionBuilder) -> None:
    """Called from a room's `AppConfig.ready()`. `build(user, now)` gives a section, several, or None for nothing at
    all. Sections that bear the same title are shown as one: what a room has of it, then what the next has.

    Orders: 10 collectivités, 20 needs, 30 contributions, 35 what is still true, 40 votes, 50 projects, 60 letter.
    """
    _builders[name] = (order, build)


def space_sections(*, user: User, now: datetime) -> list[SpaceSection]:
    ordered = sorted(_builders.items(), key=lambda item: (item[1][0], item[0]))
    shown: dict[str, SpaceSection] = {}
    for _, (_, build) in ordered:
        built = build(user, now)
        for section in [built] if isinstance(built, SpaceSection) else built or ():
            before = shown.get(section.title)
            shown[section.title] = section if before is None else _together(before, section)
    return list(shown.values())


def _together(one: SpaceSection, other: SpaceSection) -> SpaceSection:
    return SpaceSection(
        title=one.title,
        entries=[*one.entries, *other.entries],
        empty=one.empty or other.empty,
        actions=[*one.actions, *other.actions],
    )


def asked_of(*, sections: Sequence[SpaceSection]) -> list[SpaceEntry]:
    """What is expected of her now, in the order of the sections."""
    return [entry for section in sections for entry in section.entries if entry.asks]
