"""What editors wrote to each other in the margin: a letter does not leave while somebody waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import COMMENTS_RELATION_NAME

from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Finding

_LONGEST = 80


def check_remarks(*, issue: IssuePage) -> Iterator[Finding]:
    """Those of the issue as it is in memory, nobody having settled them."""
    positions = {section.id: position for position, section in enumerate(issue.sections, start=1)}
    known = {section.id for section in issue.body}
    for remark in getattr(issue, COMMENTS_RELATION_NAME).all():
        if remark.resolved_at is not None:
            continue
        section = remark.contentpath.partition("body.")[2].partition(".")[0]
        if section and section not in known:
            continue  # its section is gone, and nobody can reach it any more
        said = " ".join(remark.text.split())
        said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        words = f"Une remarque de {remark.user} attend : « {said} »"
        yield Finding("remark_open", "blocking", words, positions.get(section, 0), remark.contentpath)
