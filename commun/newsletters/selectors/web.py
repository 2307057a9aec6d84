"""The web edition: frozen, then corrected, never looked up again in the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from commun.newsletters.corrections import correct
from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.models import Correction, IssuePage
from commun.newsletters.rendering import from_json, render_to_forward, render_web, sections_of, with_lighter, words_of
from commun.newsletters.rendering.values import Link
from commun.newsletters.selectors.issues import corrections_of, published_submission


@dataclass(frozen=True)
class WebEdition:
    """What the page shows; `html` is empty while nothing was sent. `sections`: (anchor, title) of each."""

    html: str
    corrections: Sequence[Correction] = ()
    sections: Sequence[tuple[str, str]] = ()


def web_edition(*, issue: IssuePage) -> WebEdition:
    submission = published_submission(issue=issue)
    found, corrections = _corrected(submission, issue=issue)
    if submission is None or not found:
        return WebEdition(html="", corrections=corrections)
    content = from_json(found)
    html = render_web(content=content, engine=DjangoTemplates())
    html = with_lighter(html, names=submission.lighter or ())
    return WebEdition(html=html, corrections=corrections, sections=sections_of(content))


def corrected_json(*, issue: IssuePage) -> dict[str, Any] | None:
    """None while nothing was sent."""
    return _corrected(published_submission(issue=issue), issue=issue)[0]


@dataclass(frozen=True)
class Copy:
    """What one forwards: the letter as its web edition says it today, without a link of anybody's."""

    subject: str
    html: str
    text: str


def copy_to_forward(*, issue: IssuePage) -> Copy | None:
    """None while nothing was sent."""
    found = corrected_json(issue=issue)
    if not found:
        return None
    content = from_json(found)
    subscribe = Link("Recevoir cette lettre", f"{settings.SITE_URL}/abonnement/")
    html, text = render_to_forward(content=content, engine=DjangoTemplates(), subscribe=subscribe)
    return Copy(subject=content.subject, html=html, text=text)


def text_of(*, issue: IssuePage) -> str:
    """What the web edition says, in plain text; empty while nothing was sent."""
    content = corrected_json(issue=issue)
    return words_of(from_json(content)) if content else ""


def _corrected(submission: Any, *, issue: IssuePage) -> tuple[dict[str, Any] | None, list[Correction]]:
    if submission is None:
        return None, []
    content: dict[str, Any] = submission.content
    corrections = corrections_of(issue=issue) if submission.corrected else []
    for correction in corrections:
        content, _ = correct(content=content, wrong=correction.wrong, right=correction.right)
    return content, corrections
