"""Whatever becomes rich text goes through here: what comes out is what the editor of the administration can open.

That editor (Draftail) knows a list of blocks, each a run of characters in a few styles; its converter raises on
anything else: a break that is not closed, a paragraph inside another, a style that runs over two blocks. So markup is
read, however broken, as such a list of blocks, and written back from that list alone: well formed, without a tag, an
attribute or an address that is not named here. Linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from django.utils.html import urlize

from commun.common.characters import clean_text

# Levels 1 and 2 belong to the page.
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BREAKING = {"p", "div", "section", "article", "header", "footer", "address", "table", "tr", "dl", "dt", "dd", "pre"}
_SILENT = {"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "textarea", "select"}
_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n")
_MARKED = re.compile(r"\s{0,8}(?:([-–•*·▪◦‣])|([0-9]{1,2})[.)])[ \t\xa0]+(?=\S)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ADDRESS = re.compile(r"(?:(?:https?|ftp):|mailto:|tel:|(?![a-z][a-z0-9+.-]*:))\S.*", re.IGNORECASE | re.DOTALL)
# Python's parser takes quadratic time of comments and of what only looks like a tag.
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_DEEPEST = 4  # lists within lists, as in the editor
_OURS = {"page", "document"}  # links to what the site holds, by number

Link = tuple[tuple[str, str], ...]  # the attributes of an `a`, none where there is no link


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters in one style; a line break is a newline."""

    text: str
    styles: frozenset[str] = frozenset()
    link: Link = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """`kind`: p, h3, h4, blockquote, or ul or ol for one item of a list, `depth` lists deep."""

    kind: str
    runs: tuple[_Run, ...]
    depth: int = 0


def from_text(text: str) -> str:
    """Plain text as somebody wrote it: paragraphs, line breaks, lists, and its addresses as links."""
    return from_html("".join(_paragraphs(clean_text(text))))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in _EMPTY_LINES.split(text):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        for mark, group in groupby(zip(lines, _marks(lines), strict=True), key=lambda pair: pair[1]):
            inner = [_linked(_MARKED.sub("", line, count=1) if mark else line) for line, _ in group]
            yield (
                f"<{mark}>{''.join(f'<li>{item}</li>' for item in inner)}</{mark}>"
                if mark
                else (f"<p>{'<br>'.join(inner)}</p>")
            )


def _marks(lines: list[str]) -> list[str]:
    """For each line, the list it is an item of, or "": one dash alone is a dialogue or a signature, no list."""
    marks = [(match[1] and "ul") or match[2] if (match := _MARKED.match(line)) else "" for line in lines]
    found: list[str] = []
    for _, group in groupby(enumerate(marks), key=lambda pair: pair[1] if pair[1] in {"", "ul"} else "ol"):
        places = list(group)
        numbers = [mark for _, mark in places]
        if len(places) < 2 or not numbers[0]:
            found += [""] * len(places)
        elif numbers[0] == "ul":
            found += numbers
        else:  # written back as 1, 2, 3…: nothing else may have been said
            in_order = numbers == [str(number) for number in range(1, len(numbers) + 1)]
            found += ["ol" if in_order else ""] * len(places)
    return found


def _linked(line: str) -> str:
    return str(urlize(line.strip(), autoescape=True))


def from_html(html: str) -> str:
    """Any markup as rich text. The words of what is unknown stay; what is well formed and known comes out the same."""
    reader = _Reader()
    first, *others = html.split("<!--")
    bare = "".join([first, *(other.partition("-->")[2] for other in others)])
    reader.feed(_NO_TAG.sub("&lt;", bare))
    reader.close()
    return "".join(_written(reader.blocks))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._kind = "p"
        self._runs: list[_Run] = []
        self._lists: list[str] = []
        self._styles = {"b": 0, "i": 0}
        self._link: Link = ()
        self._quotes = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in {"ul", "ol"}:
            self._end()
            self._lists.append(tag)
        elif tag == "blockquote":
            self._quotes += 1
            self._end()
        elif tag == "li":
            self._end()
        elif tag in _HEADINGS or tag in _BREAKING:
            self._part(kind=_HEADINGS.get(tag, "p"))
        elif tag == "br":
            self._runs.append(self._run("\n"))
        elif tag in _STYLES:
            self._styles[_STYLES[tag]] += 1
        elif tag == "a":
            self._link = _link(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":  # the others close themselves in no HTML, whatever the slash
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"ul", "ol"}:
            self._end()
            if self._lists:
                self._lists.pop()
        elif tag == "blockquote":
            self._end()
            self._quotes = max(0, self._quotes - 1)
        elif tag == "li":
            self._end()
        elif tag in _HEADINGS or tag in _BREAKING:
            self._part(kind="p")
        elif tag in _STYLES:
            self._styles[_STYLES[tag]] = max(0, self._styles[_STYLES[tag]] - 1)
        elif tag == "a":
            self._link = ()

    def handle_data(self, data: str) -> None:
        if not self._silent and (text := _SPACES.sub(" ", clean_text(data))):
            self._runs.append(self._run(text))

    def close(self) -> None:
        super().close()
        self._end()

    def _run(self, text: str) -> _Run:
        return _Run(text, frozenset(style for style, times in self._styles.items() if times), self._link)

    def _part(self, *, kind: str) -> None:
        """A paragraph begins or ends: in an item of a list, which is one block, that is a line."""
        if self._lists:
            if self._runs and self._runs[-1].text != "\n":
                self._runs.append(_Run("\n"))
        else:
            self._end()
            self._kind = kind

    def _end(self) -> None:
        runs, self._runs = _tidy(self._runs), []
        if runs and self._lists:
            self.blocks.append(_Block(self._lists[-1], runs, depth=min(len(self._lists) - 1, _DEEPEST)))
        elif runs:
            self.blocks.append(_Block("blockquote" if self._quotes else self._kind, runs))
        self._kind = "p"


def _link(attrs: dict[str, str | None]) -> Link:
    kind, number = attrs.get("linktype"), attrs.get("id") or ""
    if kind in _OURS:
        return (("linktype", kind), ("id", number)) if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) else ()
    address = _SPACES.sub(" ", clean_text(attrs.get("href") or "")).strip()
    return (("href", address),) if _ADDRESS.fullmatch(address) else ()


def _tidy(runs: list[_Run]) -> tuple[_Run, ...]:
    """Neighbours of one style joined; white space and breaks at both ends, and around breaks, removed."""
    tidy: list[_Run] = []
    before = "\n"  # the last character kept: no white space follows a break
    for style, group in groupby(runs, key=lambda run: (run.styles, run.link)):
        text = re.sub(r" ?\n ?", "\n", re.sub(r" +", " ", "".join(run.text for run in group)))
        text = text.lstrip() if not tidy else text
        if before in {" ", "\n"}:
            text = text.removeprefix(" ")
        if text:
            tidy.append(_Run(text, *style))
            before = text[-1]
    while tidy and not (text := tidy[-1].text.rstrip()):
        tidy.pop()
    if tidy:
        tidy[-1] = replace(tidy[-1], text=text)
    return tuple(tidy)


def _written(blocks: list[_Block]) -> Iterator[str]:
    open_lists: list[str] = []
    for block in blocks:
        inner = "".join(_marked(block.runs))
        if block.kind not in {"ul", "ol"}:
            yield from _closed(open_lists, down_to=0)
            yield f"<{block.kind}>{inner}</{block.kind}>"
            continue
        depth = min(block.depth, len(open_lists))  # a list within a list begins in an item
        yield from _closed(open_lists, down_to=depth + 1)
        if len(open_lists) == depth + 1 and open_lists[-1] != block.kind:
            yield from _closed(open_lists, down_to=depth)
        if len(open_lists) == depth:
            open_lists.append(block.kind)
            yield f"<{block.kind}>"
        else:
            yield "</li>"
        yield f"<li>{inner}"
    yield from _closed(open_lists, down_to=0)


def _closed(open_lists: list[str], *, down_to: int) -> Iterator[str]:
    while len(open_lists) > down_to:
        yield f"</li></{open_lists.pop()}>"


def _marked(runs: tuple[_Run, ...]) -> Iterator[str]:
    for link, group in groupby(runs, key=lambda run: run.link):
        inner = "".join(_styled(run) for run in group)
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in link)
        yield f"<a{attributes}>{inner}</a>" if link else inner


def _styled(run: _Run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br/>")
    for style in sorted(run.styles):
        html = f"<{style}>{html}</{style}>"
    return html
