"""What must be right before a letter leaves. Messages are French: the list is shown as it stands to the editor."""

from __future__ import annotations

from datetime import date

from commun.newsletters.rendering.checks.dates import check_dates
from commun.newsletters.rendering.checks.documents import HTML_MAX, check_documents
from commun.newsletters.rendering.checks.findings import Finding, as_json, ordered
from commun.newsletters.rendering.checks.header import PREHEADER_MAX, SENDER, SUBJECT_MAX, check_header
from commun.newsletters.rendering.checks.images import check_images
from commun.newsletters.rendering.checks.links import check_links, outgoing
from commun.newsletters.rendering.checks.sections import check_sections
from commun.newsletters.rendering.checks.words import check_words, launches_a_call
from commun.newsletters.rendering.content import IssueContent
from commun.newsletters.rendering.documents import Documents

__all__ = [
    "HTML_MAX",
    "PREHEADER_MAX",
    "SENDER",
    "SUBJECT_MAX",
    "Finding",
    "as_json",
    "check_dates",
    "check_issue",
    "check_links",
    "check_words",
    "launches_a_call",
    "ordered",
    "outgoing",
]


def check_issue(*, content: IssueContent, documents: Documents, day: date) -> tuple[Finding, ...]:
    """Blocking findings first. `day`: when the issue appears; dates are judged from there."""
    return ordered(
        (
            *check_header(content),
            *check_documents(documents),
            *check_sections(content=content, documents=documents),
            *check_dates(content=content, day=day),
            *check_images(content),
            *check_links(content),
            *check_words(content),
        )
    )
