"""The renderer: frozen content in, three documents out (web fragment, e-mail, text).

Pure: no Django, no Wagtail, no database, no clock, no network. Templates come through a small port.
"""

from commun.newsletters.rendering.checks import Finding, check_issue
from commun.newsletters.rendering.content import IssueContent
from commun.newsletters.rendering.documents import (
    Documents,
    PersonalLinks,
    TemplateEngine,
    render_issue,
    render_section,
    render_to_forward,
    render_web,
    sections_of,
    with_lighter,
)
from commun.newsletters.rendering.serialise import content_hash, from_json, to_json
from commun.newsletters.rendering.words import words_of

__all__ = [
    "Documents",
    "Finding",
    "IssueContent",
    "PersonalLinks",
    "TemplateEngine",
    "check_issue",
    "content_hash",
    "from_json",
    "render_issue",
    "render_section",
    "render_to_forward",
    "render_web",
    "sections_of",
    "to_json",
    "with_lighter",
    "words_of",
]
