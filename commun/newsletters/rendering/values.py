"""Small values every block is made of. What is built is valid: a relative or dangerous address is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from commun.newsletters.rendering import richtext

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class BadAddress(ValueError):
    """An address that is neither absolute http(s) nor mailto."""


def is_absolute(url: str) -> bool:
    """True for http(s) with a host and for mailto with an address; nothing else may leave in a letter."""
    if url != url.strip() or any(c.isspace() or c in '<>"' for c in url) or _CONTROL.search(url):
        return False
    try:
        parts = urlsplit(url)
        hostname = parts.hostname
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(hostname)
    return parts.scheme == "mailto" and "@" in parts.path


def one_line(text: str) -> str:
    """Controls and direction overrides out, white space folded (no-break spaces stay: French needs them)."""
    return re.sub(r"[ \t\r\n]+", " ", _CONTROL.sub("", text)).strip()


@dataclass(frozen=True)
class Link:
    label: str
    url: str

    def __post_init__(self) -> None:
        if not is_absolute(self.url):
            raise BadAddress(self.url)
        object.__setattr__(self, "label", one_line(self.label) or self.shown)

    @property
    def shown(self) -> str:
        """The address as a person would copy it."""
        return self.url.removeprefix("mailto:").split("?")[0] if self.url.startswith("mailto:") else self.url

    @property
    def as_text(self) -> str:
        return self.shown if self.label == self.shown else f"{self.label}\u00a0: {self.shown}"


@dataclass(frozen=True)
class Image:
    """`alt` empty means decorative. `weight` in bytes; width and height in CSS pixels."""

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    weight: int = 0
    decorative: bool = False

    def __post_init__(self) -> None:
        if not is_absolute(self.url) or self.url.startswith("mailto:"):
            raise BadAddress(self.url)
        object.__setattr__(self, "alt", "" if self.decorative else one_line(self.alt))
        object.__setattr__(self, "credit", one_line(self.credit))

    @property
    def height_at_592(self) -> int:
        """Height when shown over the whole column: its place is kept while images are blocked."""
        return max(1, round(self.height * 592 / max(1, self.width)))


@dataclass(frozen=True)
class Rich:
    """Rich text as the editor wrote it; only what the small tree of `richtext` understands is ever shown."""

    source: str = ""

    @cached_property
    def nodes(self) -> tuple[richtext.Node, ...]:
        return richtext.parse(self.source, keep_url=is_absolute)

    @property
    def html(self) -> richtext.Html:
        return richtext.to_html(self.nodes)

    @property
    def text(self) -> str:
        return richtext.to_text(self.nodes)

    @property
    def is_empty(self) -> bool:
        return not self.nodes

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words alone, one text a paragraph or an item of a list."""
        return tuple("".join(run.text for run in item).strip() for node in self.nodes for item in node.items)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        return richtext.links(self.nodes)
