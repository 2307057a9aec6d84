"""Pages that are not on line yet, and whose links are followed all the same: a room above says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wagtail.models import Page

# Pages as they are written now: of their latest revision.
Drafts = Callable[[], Iterable[Page]]

_drafts: list[Drafts] = []


def register_drafts(drafts: Drafts) -> None:
    """Called from a room's `AppConfig.ready()`."""
    if drafts not in _drafts:
        _drafts.append(drafts)


def pages_under_way() -> Iterator[Page]:
    for drafts in _drafts:
        yield from drafts()
