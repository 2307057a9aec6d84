"""What an issue is made of."""

from __future__ import annotations

from wagtail.models import Page

from commun.newsletters.models import IssuePage


def pages_carried(issue: IssuePage) -> set[int]:
    """Pages that its sections take from, as they stand in memory."""
    references = issue.body.stream_block.extract_references(issue.body)
    return {int(pk) for model, pk, *_ in references if issubclass(model, Page)}
