"""Sections: none empty, none without its title, none without its call; headings in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.newsletters.rendering.checks.findings import Finding, name_of
from commun.newsletters.rendering.content import (
    Agenda,
    Block,
    Briefs,
    CallBlock,
    Concept,
    Featured,
    Inspirations,
    IssueContent,
    News,
    Outcomes,
    Partners,
    Picture,
    Quote,
    Seekers,
    Text,
    Theme,
)  # fmt: skip
from commun.newsletters.rendering.documents import Documents

_HEADING = re.compile(r"<h([1-6])\b", re.IGNORECASE)


def check_sections(*, content: IssueContent, documents: Documents) -> Iterator[Finding]:
    names: dict[str, int] = {}
    for position, block in enumerate(content.blocks, start=1):
        where = name_of(block, position)
        if _is_empty(block):
            yield Finding("empty_section", "blocking", f"{where} : elle est vide.", position)
        elif isinstance(block, CallBlock) and block.call is None:
            yield Finding("call_without_link", "warning", f"{where} : l’appel ne mène nulle part.", position, "adresse")
        elif isinstance(block, (Inspirations, Outcomes, Seekers, Briefs, News, Concept)) and not block.title.strip():
            yield Finding("title_missing", "blocking", f"{where} : il lui faut un titre.", position, "titre")
        if isinstance(block, Theme) and block.need is None and not _is_empty(block):
            words = f"{where} : elle ne demande rien aux collectivités."
            yield Finding("theme_without_call", "warning", words, position, "question")
        if isinstance(block, Text) and not block.title.strip() and any(node.kind == "h3" for node in block.body.nodes):
            words = f"{where} : un intertitre vient sans titre de rubrique."
            yield Finding("heading_skipped", "blocking", words, position, "titre")
        heading = block.heading.strip().lower()
        if heading and names.setdefault(heading, position) != position:
            words = f"{where} : la rubrique {names[heading]} a le même titre."
            yield Finding("heading_repeated", "warning", words, position, "titre")
    yield from _skipped(documents.email)


def _skipped(email: str) -> Iterator[Finding]:
    """Whatever made the document: from one heading to the next, never more than a level down."""
    last = 0
    for level in map(int, _HEADING.findall(email)):
        if level > last + 1:
            yield Finding(
                "heading_skipped", "blocking", f"Le message passe d’un titre de niveau {last} au niveau {level}."
            )
            return
        last = level


def _is_empty(block: Block) -> bool:
    match block:
        case Theme():
            empty = not block.title.strip() or block.intro.is_empty
        case Featured():
            empty = not block.card.title.strip()
        case Inspirations() | News():
            empty = not block.cards
        case Outcomes():
            empty = not block.lines and not block.cards
        case Concept():
            empty = block.body.is_empty and not block.lead.strip()
        case Agenda():
            empty = not block.lines
        case Briefs() | Seekers() | Partners():
            empty = not any(getattr(block, name, ()) for name in ("briefs", "sought", "partners"))
        case Picture():
            empty = block.image is None
        case Quote():
            empty = not block.words.strip()
        case CallBlock():
            empty = block.body.is_empty and block.call is None
        case Text():
            empty = block.body.is_empty
        case _:
            raise TypeError(block)
    return empty
