"""Sections that an editor keeps in the draft and out of the letter: whoever reads it again is told."""

from __future__ import annotations

from collections.abc import Iterator

from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Finding


def check_hidden(*, issue: IssuePage) -> Iterator[Finding]:
    """Each at its own place: a hidden section has no rank among those that leave."""
    for section in issue.body:
        if section.value.get("hidden"):
            words = f"Rubrique masquée (« {section.block.label} ») : elle ne partira pas."
            yield Finding("section_hidden", "advice", words, 0, f"body.{section.id}.hidden")
