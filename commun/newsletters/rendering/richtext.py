"""Rich text as a small tree: paragraphs, sub-headings, lists, quotes, with bold, italic and links.

Parsed from any HTML, however hostile; written back as HTML or as text only from the tree, so that nothing the tree
does not know can come out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from commun.common.spaces import typeset_text

_BLOCKS = {"p": "p", "div": "p", "h1": "h3", "h2": "h3", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_SILENT = {"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "textarea", "select"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TAGS = {"p": "p", "h3": "h3", "quote": "blockquote", "ul": "ul", "ol": "ol"}


class Html(str):
    """Text that is already HTML: template engines that honour `__html__` do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `url` empty when it is no link; a line break is a newline in `text`."""

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""


@dataclass(frozen=True)
class Node:
    """`kind`: p, h3, quote, ul or ol. A list has one item per entry, the others exactly one."""

    kind: str
    items: tuple[tuple[Run, ...], ...]


class _Parser(HTMLParser):
    def __init__(self, *, keep_url: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []
        self._keep_url = keep_url
        self._runs: list[Run] = []
        self._items: list[tuple[Run, ...]] = []
        self._kind = "p"
        self._lists: list[str] = []
        self._quote = 0
        self._silent = 0
        self._strong = 0
        self._emphasis = 0
        self._urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in {"ul", "ol"}:
            self._end_item()
            if not self._lists:
                self._flush(kind=tag)
            self._lists.append(tag)
        elif tag == "li":
            self._end_item()
        elif tag == "blockquote":
            self._flush(kind="quote")
            self._quote += 1
        elif tag in _BLOCKS and not self._lists:
            self._flush(kind="quote" if self._quote else _BLOCKS[tag])
        elif tag == "br":
            self._runs.append(self._run("\n"))
        else:
            self._open_inline(tag, dict(attrs))

    def _open_inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in {"b", "strong"}:
            self._strong += 1
        elif tag in {"i", "em"}:
            self._emphasis += 1
        elif tag == "a":
            url = (attrs.get("href") or "").strip()
            self._urls.append(url if self._keep_url(url) else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"ul", "ol"} and self._lists:
            self._end_item()
            self._lists.pop()
            if not self._lists:
                self._flush(kind="quote" if self._quote else "p")
        elif tag == "li":
            self._end_item()
        elif tag == "blockquote":
            self._quote = max(0, self._quote - 1)
            self._flush(kind="quote" if self._quote else "p")
        elif tag in _BLOCKS and not self._lists:
            self._flush(kind="quote" if self._quote else "p")
        elif tag in {"b", "strong"}:
            self._strong = max(0, self._strong - 1)
        elif tag in {"i", "em"}:
            self._emphasis = max(0, self._emphasis - 1)
        elif tag == "a" and self._urls:
            self._urls.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            text = re.sub(r"[ \t\r\n]+", " ", _CONTROL.sub("", data))
            if text:
                self._runs.append(self._run(text))

    def _run(self, text: str) -> Run:
        return Run(
            text=text,
            strong=self._strong > 0,
            emphasis=self._emphasis > 0,
            url=next((url for url in reversed(self._urls) if url), ""),
        )

    def _end_item(self) -> None:
        runs = _tidy(self._runs)
        self._runs = []
        if runs:
            self._items.append(runs)

    def _flush(self, *, kind: str) -> None:
        self._end_item()
        if self._items:
            if self._kind in {"ul", "ol"}:
                self.nodes.append(Node(self._kind, tuple(self._items)))
            else:
                self.nodes.extend(Node(self._kind, (item,)) for item in self._items)
        self._items = []
        self._kind = kind

    def close(self) -> None:
        super().close()
        self._lists.clear()
        self._flush(kind="p")


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one style joined, outer white space removed, empty runs dropped."""
    joined = [
        Run(typeset_text("".join(run.text for run in group)), *style)
        for style, group in groupby(runs, key=lambda run: (run.strong, run.emphasis, run.url))
    ]
    if not "".join(run.text for run in joined).strip():
        return ()
    while not joined[0].text.strip():
        joined.pop(0)
    while not joined[-1].text.strip():
        joined.pop()
    joined[0] = Run(joined[0].text.lstrip(" \n"), joined[0].strong, joined[0].emphasis, joined[0].url)
    last = joined[-1]
    joined[-1] = Run(last.text.rstrip(" \n"), last.strong, last.emphasis, last.url)
    return tuple(joined)


def parse(source: str, *, keep_url: Callable[[str], bool]) -> tuple[Node, ...]:
    """HTML or plain text to nodes. A link `keep_url` refuses keeps its words and loses its address."""
    parser = _Parser(keep_url=keep_url)
    parser.feed(source)
    parser.close()
    return tuple(parser.nodes)


def _run_html(run: Run) -> str:
    html = escape(run.text).replace("\n", "<br>")
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if run.url:
        html = f'<a href="{escape(run.url)}">{html}</a>' if run.text.strip() else html
    return html


def to_html(nodes: tuple[Node, ...]) -> Html:
    parts = []
    for node in nodes:
        tag = _TAGS[node.kind]
        inner = ["".join(_run_html(run) for run in item) for item in node.items]
        if node.kind in {"ul", "ol"}:
            inner = [f"<li>{item}</li>" for item in inner]
        elif node.kind == "quote":
            inner = [f"<p>{item}</p>" for item in inner]
        parts.append(f"<{tag}>{''.join(inner)}</{tag}>")
    return Html("\n".join(parts))


def to_text(nodes: tuple[Node, ...]) -> str:
    """Paragraphs apart by an empty line; the links of a paragraph follow it, one a line, as "label : URL"."""
    parts = []
    for node in nodes:
        lines = []
        for position, item in enumerate(node.items, start=1):
            words = "".join(run.text for run in item)
            mark = {"ul": "- ", "ol": f"{position}. ", "quote": "> "}.get(node.kind, "")
            words = f"{words.upper()}" if node.kind == "h3" else words
            lines.append(mark + words.replace("\n", "\n" + " " * len(mark)))
            lines += [f"  {label}\u00a0: {shown(url)}" for label, url in _item_links(item)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def shown(url: str) -> str:
    return url.removeprefix("mailto:").split("?")[0] if url.startswith("mailto:") else url


def _item_links(item: tuple[Run, ...]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for url, group in groupby(item, key=lambda run: run.url):
        label = " ".join("".join(run.text for run in group).split())
        if url and label:
            found.append((label, url))
    return found


def links(nodes: tuple[Node, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(link for node in nodes for item in node.items for link in _item_links(item))
