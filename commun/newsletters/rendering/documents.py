"""Frozen content and templates in, three documents out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from commun.newsletters.rendering.content import Block, Featured, IssueContent, Partners, Questions, Theme
from commun.newsletters.rendering.richtext import Html
from commun.newsletters.rendering.text import wrap
from commun.newsletters.rendering.typography import typeset
from commun.newsletters.rendering.values import Link

if TYPE_CHECKING:
    import css_inline


class TemplateEngine(Protocol):
    """The port: Django's engine in the product, anything else in a test. HTML templates must escape."""

    def render(self, *, template: str, context: Mapping[str, object]) -> str:
        """The template's text. An unknown template or variable raises: a letter never leaves with a hole."""
        ...


@dataclass(frozen=True)
class PersonalLinks:
    """Addresses that differ per person: placeholders of fixed length, spliced when sending."""

    preferences: str
    unsubscribe: str


@dataclass(frozen=True)
class Documents:
    """`web` is a fragment for the site's own page; `email` and `text` are whole documents."""

    web: str
    email: str
    text: str


# Invisible characters: without them mail clients fill the preview with the letter's first links.
_LONG = 5  # sections
_SAID_ANYWAY = (Theme, Questions, Partners)  # right below, or what ends every letter
_CHARSET = '<meta charset="utf-8">'
_PADDING = "\u2007\ufeff\u034f " * 12


@cache
def _inliner() -> css_inline.CSSInliner:
    import css_inline  # two megabytes that a process which sends has no use for

    return css_inline.CSSInliner(
        inline_style_tags=True,
        keep_style_tags=False,
        keep_at_rules=True,  # dark mode and wide screens: media queries cannot be inlined
        load_remote_stylesheets=False,
        minify_css=True,
    )


def render_issue(*, content: IssueContent, engine: TemplateEngine, personal: PersonalLinks) -> Documents:
    content = typeset(content)
    return Documents(
        web=_render_web(content=content, engine=engine),
        email=_render_email(content=content, engine=engine, personal=personal),
        text=_render_text(content=content, engine=engine, personal=personal),
    )


def render_to_forward(*, content: IssueContent, engine: TemplateEngine, subscribe: Link) -> tuple[str, str]:
    """E-mail and text of a copy that belongs to nobody: in place of the personal links, where one subscribes."""
    content = typeset(content)
    return (
        _render_email(content=content, engine=engine, subscribe=subscribe),
        _render_text(content=content, engine=engine, subscribe=subscribe),
    )


def render_web(*, content: IssueContent, engine: TemplateEngine) -> str:
    """The web edition as a fragment, to be placed in the site's page."""
    return _render_web(content=typeset(content), engine=engine)


def _render_web(*, content: IssueContent, engine: TemplateEngine) -> str:
    html = engine.render(
        template="newsletters/documents/web.html",
        context={"issue": content, "blocks": _blocks(content=content, engine=engine, document="web.html")},
    )
    return _with_paths(html, home=content.sender.home.url)


def _with_paths(html: str, *, home: str) -> str:
    """Whole addresses are the mail's: on the site, those that were ours the day it was frozen are paths, so that the
    archive stays right when the site takes another name. `home`: the site as it was called then, with its slash."""
    return re.sub(rf'\b(href|src)="{re.escape(home)}', r'\1="/', html)


def with_lighter(html: str, *, names: Collection[str]) -> str:
    """A web edition whose pictures are offered lighter where they can be. `names`: pictures, as stored, that have an
    AVIF beside them."""
    files = {name.rpartition("/")[2] for name in names}

    def offered(found: re.Match[str]) -> str:
        picture, stem, file = found[0], found[1], found[2]
        if file not in files:
            return picture
        return f'<picture><source type="image/avif" srcset="{stem}{file[:-4]}.avif">{picture}</picture>'

    return re.sub(r'<img\s+src="([^"]*/)([^"/]+\.jpg)"[^>]*>', offered, html)


def sections_of(content: IssueContent) -> list[tuple[str, str]]:
    """(anchor, title) of the sections of the web edition that have a title, in order."""
    named = enumerate(typeset(content).blocks, start=1)
    return [(f"section-{position}", block.heading) for position, block in named if block.heading.strip()]


def _contents(content: IssueContent) -> list[Link]:
    """What a long letter holds, at its top; each line leads to that section of the web edition, for anchors within a
    message do nothing in several mailboxes. Empty for a short one."""
    lines = []
    for position, block in enumerate(content.blocks, start=1):
        words = block.card.title if isinstance(block, Featured) else block.heading
        if words.strip() and not isinstance(block, _SAID_ANYWAY):
            lines.append(Link(words, f"{content.web_url.url}#section-{position}"))
    return lines if len(lines) >= _LONG else []


def _blocks(*, content: IssueContent, engine: TemplateEngine, document: str) -> list[Html]:
    opening = opening_theme(content)
    return [
        Html(
            engine.render(
                template=f"newsletters/blocks/{block.kind}/{document}",
                context={"block": block, "anchor": f"section-{position}", "opens": block is opening},
            )
        )
        for position, block in enumerate(content.blocks, start=1)
    ]


def opening_theme(content: IssueContent) -> Block | None:
    """The block whose title is the one `h1` of the documents; without it the masthead carries the title."""
    return next((block for block in content.blocks if isinstance(block, Theme)), None)


def _render_email(
    *,
    content: IssueContent,
    engine: TemplateEngine,
    personal: PersonalLinks | None = None,
    subscribe: Link | None = None,
) -> str:
    html = engine.render(
        template="newsletters/documents/email.html",
        context={
            "issue": content,
            "blocks": _blocks(content=content, engine=engine, document="email.html"),
            "personal": personal,
            "subscribe": subscribe,
            "padding": _PADDING,
            "title_in_masthead": opening_theme(content) is None,
            "contents": _contents(content),
        },
    )
    return _without_margins(_charset_first(_inliner().inline(html)))


def _charset_first(html: str) -> str:
    """The inliner puts what it keeps of the style at the top of the head; a reader looks for the charset in the first
    1,024 bytes alone."""
    return html.replace(_CHARSET, "", 1).replace("<head>", f"<head>{_CHARSET}", 1)


def _without_margins(html: str) -> str:
    """Indentation and empty lines of the templates weigh 10 % and say nothing."""
    return "\n".join(line for line in (raw.strip() for raw in html.splitlines()) if line) + "\n"


def _render_text(
    *,
    content: IssueContent,
    engine: TemplateEngine,
    personal: PersonalLinks | None = None,
    subscribe: Link | None = None,
) -> str:
    sections: list[str] = []
    headings: list[str] = []
    number = 0
    for block in content.blocks:
        body = engine.render(template=f"newsletters/blocks/{block.kind}/text.txt", context={"block": block}).strip("\n")
        heading = block.heading.strip()
        if heading:
            number += 1
            headings.append(f"{number}. {heading}")
            title = f"{number}. {heading.upper()}"
            rule = "-" * min(len(title), 76)
            body = f"{title}\n{rule}\n\n{body}" if body else f"{title}\n{rule}"
        if body:
            sections.append(body)
    text = engine.render(
        template="newsletters/documents/text.txt",
        context={
            "issue": content,
            "sections": sections,
            "headings": headings if number >= _LONG else [],
            "personal": personal,
            "subscribe": subscribe,
        },
    )
    return wrap(text)


def render_section(*, block: Block, engine: TemplateEngine, home: str, images: str) -> str:
    """One section of the web edition, alone; `images` stands for every picture of the site `home`."""
    context = {"block": block, "anchor": "section-1", "opens": False}
    html = engine.render(template=f"newsletters/blocks/{block.kind}/web.html", context=context)
    return _with_paths(re.sub(rf'src="{re.escape(home)}[^"]*"', f'src="{images}"', html), home=home)
