"""Readable text out of a part: format=flowed (RFC 3676), HTML reduced to lines."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import nh3

from commun.common.characters import clean_text
from commun.common.sanitise import clean_html
from commun.inbound.parsing import limits
from commun.inbound.parsing.charsets import decode_text
from commun.inbound.parsing.structure import Part

# More than what is kept in the end: lines and quotes are still told from these.
_LINES = {
    "address",
    "article",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
}
_TAGS = _LINES | {"a", "b", "blockquote", "em", "i", "pre", "section", "strong", "table", "td", "th", "tr", "ul"}
_BREAKS = _LINES | {"blockquote", "pre", "section", "table", "tr", "ul"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"}
# The sanitiser takes quadratic time of what is nested: no person's mail comes near this.
MOST_NESTED = 1000
MOST_ENTITIES = 100_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*")
_CLOSED_BY_NEXT = {"p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "meta", "link", "input", "col"}
_DATA_URI = re.compile(r"data:[a-z]+/[^\"'\s>)]{100,}", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([a-z0-9_-]{2,40})", re.IGNORECASE)


def plain_text(part: Part) -> str:
    text = decode_text(part.content(most=2 * limits.MAX_TEXT)[: limits.MAX_TEXT], part.parameter("charset"))
    if part.parameter("format").lower() == "flowed":
        text = unflow(text, delete_space=part.parameter("delsp").lower() == "yes")
    return text


def html_source(part: Part) -> str:
    """The HTML as it came, pictures written inside it left out, cut at `limits.MAX_TEXT`."""
    data = part.content()
    charset = part.parameter("charset")
    if not charset and (declared := _META_CHARSET.search(data[:4096])):
        charset = declared[1].decode("ascii")
    return _DATA_URI.sub("", decode_text(data[: 8 * limits.MAX_TEXT], charset))[: limits.MAX_TEXT]


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the lines that a program broke; quotes of different depths are never joined."""
    done: list[str] = []
    flowing = False
    depth_before = 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")  # space-stuffing
        if flowing and depth == depth_before and bare != "-- ":
            done[-1] = (done[-1][:-1] if delete_space else done[-1]) + bare
        else:
            done.append(("> " * depth).rstrip() + (" " if depth and bare else "") + bare if depth else bare)
        flowing = bare.endswith(" ") and bare != "-- "
        depth_before = depth
    return "\n".join(line if line == "-- " else line.rstrip() for line in done)


def read_html(source: str) -> tuple[str, str]:
    """(HTML that may be shown, its text). Quotes become lines that begin with `>`, as in a plain message."""
    if _is_tangled(source):
        text = clean_text(re.sub(r"[ \t]+", " ", unescape(re.sub(r"<[^<>]*>", "\n", source))))
        return "", re.sub(r"\n\s*\n+", "\n\n", text).strip()
    wide = nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags={"script", "style", "head", "title", "template", "noscript"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
    lines = _Lines()
    lines.feed(wide)
    lines.close()
    shown = clean_html(re.sub(r"<(/?)(?:div|tr|table|section|article|address|dt|dd)>", r"<\1p>", wide))
    return clean_text(re.sub(r"<p>\s*</p>", "", shown)).strip(), lines.text()


def _is_tangled(source: str) -> bool:
    """Whether elements may be nested beyond reason (what was opened and never closed), or entities too many."""
    if source.count("&") > MOST_ENTITIES:
        return True
    open_now: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if name in _CLOSED_BY_NEXT:
            continue
        if not tag[1]:
            open_now[name] += 1
            depth += 1
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
        if depth > MOST_NESTED:
            return True
    return False


class _Lines(HTMLParser):
    """Reads what the sanitiser gives: balanced, known tags alone. A line is a list of pieces until it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self._line:
            self._empty_line()
        elif tag in _BREAKS:
            self._break(paragraph=tag in _PARAGRAPHS)
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "li":
            self._line.append("- ")
        elif tag in {"td", "th"} and self._line:
            self._line.append(" ")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._line)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        if tag in _BREAKS and tag != "br":
            self._break(paragraph=tag in _PARAGRAPHS)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def _end_link(self, href: str, begun: int) -> None:
        """The address is written after its words, unless they are the same."""
        label = "".join(self._line[begun:]).strip()
        if href.startswith("http") and not label:
            self._line.append(href)
        elif href.startswith("http") and href.rstrip("/") not in label and label not in href:
            self._line.append(f" <{href}>")

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\n\xa0]+", " ", data)
        if not self._line or self._line[-1].endswith(" "):
            words = words.lstrip()
        if words:
            self._line.append(words)

    def _break(self, *, paragraph: bool = False) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        self._links.clear()
        if line:
            self._done.append(f"{self._mark} {line}" if self._mark else line)
        if paragraph:
            self._empty_line()

    @property
    def _mark(self) -> str:
        return ">" * min(self._quotes, 5)

    def _empty_line(self) -> None:
        if self._done and self._done[-1].strip("> "):
            self._done.append(self._mark)

    def text(self) -> str:
        self._break()
        return clean_text("\n".join(self._done)).strip()
