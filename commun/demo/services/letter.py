"""The issue of November 2022: composed by the editor, agreed to by the approver, sent. Each step once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.demo.content.letter import LETTER, Call
from commun.demo.content.markup import to_html, to_text
from commun.demo.services.people import approver, editor
from commun.demo.services.shelf import Shelf
from commun.newsletters.api import (
    AlreadySent,
    IssuePage,
    UnknownIssue,
    approve_issue,
    compose_issue,
    ensure_sections,
    get_issue,
    send_issue,
    submit_issue,
)

_WELCOME = "Tous les numéros de la lettre, du plus récent au plus ancien."


def load_issue(*, shelf: Shelf, now: datetime) -> IssuePage:
    """The draft, filled by the theme then put in the order and the words of the real letter."""
    (archive,) = ensure_sections(home=shelf.home)
    if not archive.introduction:
        archive.introduction = _WELCOME
        archive.save_revision().publish()
    try:
        return get_issue(slug=LETTER.slug)
    except UnknownIssue:
        pass
    issue = compose_issue(theme=shelf.themes[LETTER.theme], user=editor(), now=now)
    issue.slug, issue.number, issue.date = LETTER.slug, LETTER.number, LETTER.day
    issue.title = issue.draft_title = to_text(LETTER.title)
    issue.subject = to_text(LETTER.subject)
    issue.preheader = to_text(LETTER.preheader)
    issue.welcome = to_text(LETTER.tagline)
    issue.body = _sections(shelf=shelf)
    issue.save()
    issue.save_revision(user=editor(), log_action=True)
    return issue


def send_demo_issue(*, issue: IssuePage, now: datetime) -> Any:
    """The `Send`: asked again, the one that exists. Nobody receives the letter twice."""
    try:
        submit_issue(issue=issue, user=editor(), now=now)
        approve_issue(issue=issue, user=approver(), now=now)
    except AlreadySent:
        pass
    return send_issue(issue=issue, user=approver(), now=now)


def _sections(*, shelf: Shelf) -> list[tuple[str, Any]]:
    pages = shelf.pages
    need = LETTER.need_call
    return [
        (
            "theme",
            {
                "kicker": to_text(LETTER.theme_heading),
                "title": to_text(LETTER.title),
                "intro": to_html(LETTER.theme_intro),
                "show_image": True,
                "question": to_text(f"{need.title} {need.text}"),
                "label": to_text(need.button),
            },
        ),
        (
            "featured",
            {
                "kicker": to_text(LETTER.featured_heading),
                "page": pages[LETTER.featured],
                "show_image": True,
                "show_figures": True,
            },
        ),
        (
            "inspirations",
            {
                "title": to_text(LETTER.inspirations_heading),
                "items": [{"page": pages[slug]} for slug in LETTER.inspirations],
                "show_images": True,
            },
        ),
        ("contribution_call", _call(LETTER.contribution_call)),
        ("vote_call", _call(LETTER.vote_call)),
        (
            "concept",
            {"kicker": to_text(LETTER.concept_heading), "page": pages[LETTER.concept], "show_image": True, "links": []},
        ),
        ("news", {"title": to_text(LETTER.news_heading), "items": [{"page": pages[slug]} for slug in LETTER.news]}),
        (
            "agenda",
            {
                "title": to_text(LETTER.agenda_heading),
                "items": [pages[slug] for slug in LETTER.agenda],
                "show_more": True,
            },
        ),
        ("event_call", _call(LETTER.event_call)),
        (
            "questions",
            _call(Call(title=LETTER.questions_heading, text=LETTER.questions, button="Écrire à la rédaction")),
        ),
        (
            "partners",
            {"title": "Une lettre portée par", "items": [shelf.organisations[key] for key in LETTER.partners]},
        ),
    ]


def _call(call: Call) -> dict[str, Any]:
    return {
        "title": to_text(call.title),
        "text": to_html(call.text),
        "label": to_text(call.button),
        "deadline": None,
        "url": "",
    }
