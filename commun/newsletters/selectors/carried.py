"""What an issue is made of."""

from __future__ import annotations

from wagtail.models import Page

from commun.newsletters.models import IssuePage


def pages_carried(issue: IssuePage) -> dict[int, int]:
    """Pages that the sections that leave take from, as they stand in memory, each with the first that does, from 1."""
    found: dict[int, int] = {}
    for position, section in enumerate(issue.sections, start=1):
        for model, pk, *_ in section.block.extract_references(section.value):
            if issubclass(model, Page):
                found.setdefault(int(pk), position)
    return found
