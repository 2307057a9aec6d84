"""The guide of docs/guide, as the administration shows it: the same files that a repository shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

FIRST = "README"
_NAME = re.compile(r"[a-z-]+")
_TITLE = re.compile(r"# (.+)")


class UnknownPage(Exception):
    """No page or picture of the guide has this name."""


@dataclass(frozen=True)
class GuidePage:
    """`number`: from 1, in the order of the contents; 0 for the contents."""

    name: str
    title: str
    html: SafeString
    number: int = 0
    before: str = ""
    after: str = ""


def folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "guide"


def names() -> list[str]:
    """In the order of the contents."""
    return re.findall(r"\]\(([a-z-]+)\.md\)", _source(FIRST))


def read_page(name: str) -> GuidePage:
    """Raises `UnknownPage`."""
    order = names()
    if name != FIRST and name not in order:
        raise UnknownPage(name)
    source = _source(name)
    title = _TITLE.match(source)
    at = order.index(name) if name in order else -1
    return GuidePage(
        name=name,
        title=title[1] if title else name,
        html=_html(name),
        number=at + 1,
        before=order[at - 1] if at > 0 else "",
        after=order[at + 1] if at + 1 < len(order) else "",
    )


def title_of(name: str) -> str:
    return read_page(name).title


def picture(name: str) -> Path:
    """Raises `UnknownPage`."""
    found = folder() / "images" / f"{name}.webp"
    if not _NAME.fullmatch(name) or not found.is_file():
        raise UnknownPage(name)
    return found


def _source(name: str) -> str:
    try:
        return (folder() / f"{name}.md").read_text(encoding="utf-8")
    except OSError as error:
        raise UnknownPage(name) from error


@cache
def _html(name: str) -> SafeString:
    """Without its title, which the screen shows. The files are ours, as templates are."""
    from markdown_it import MarkdownIt  # nothing else needs it

    text = MarkdownIt("commonmark").enable("table").render(_TITLE.sub("", _source(name), count=1))
    text = re.sub(r"<(/?)h2>", r"<\1h3>", text)  # under the title of the screen
    text = re.sub(r'href="([a-z-]+)\.md"', lambda found: f'href="{reverse("guide_page", args=[found[1]])}"', text)
    text = re.sub(
        r'src="images/([a-z-]+)\.webp"', lambda found: f'src="{reverse("guide_picture", args=[found[1]])}"', text
    )
    return mark_safe(text.replace("<img ", '<img loading="lazy" class="guide-picture" '))  # noqa: S308 (our own files)
