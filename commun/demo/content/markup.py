"""A very small markup for the demonstration's texts, turned into the HTML that rich text fields hold.

Blocks are separated by an empty line: `## title`, `### smaller title`, lists (`- ` or `1. `), quotes (`> `), paragraphs.
Inside a line: `**strong**`, `*emphasis*`, `[label](https://address)`.
"""

from __future__ import annotations

import html
import re

from commun.demo.content.typography import french

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")


def to_html(source: str) -> str:
    return "".join(_block(block) for block in re.split(r"\n\s*\n", source.strip()) if block.strip())


def to_text(source: str) -> str:
    """The same words on one line, for fields without markup."""
    plain = _LINK.sub(r"\1", source.replace("**", ""))
    return french(" ".join(plain.split()))


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if lines[0].startswith("### "):
        return f"<h4>{_inline(lines[0][4:])}</h4>" + (_block("\n".join(lines[1:])) if lines[1:] else "")
    if lines[0].startswith("## "):
        return f"<h3>{_inline(lines[0][3:])}</h3>" + (_block("\n".join(lines[1:])) if lines[1:] else "")
    if lines[0].startswith("- "):
        return _list("ul", lines, re.compile(r"- "))
    if re.match(r"\d+\. ", lines[0]):
        return _list("ol", lines, re.compile(r"\d+\. "))
    if lines[0].startswith("> "):
        return f"<blockquote>{_inline(' '.join(line.removeprefix('> ') for line in lines))}</blockquote>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(tag: str, lines: list[str], marker: re.Pattern[str]) -> str:
    items: list[str] = []
    for line in lines:
        if marker.match(line):
            items.append(marker.sub("", line, count=1))
        else:
            items[-1] += " " + line
    return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{tag}>"


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    safe = _LINK.sub(lambda found: f'<a href="{html.escape(found[2])}">{found[1]}</a>', safe)
    safe = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    safe = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<i>\1</i>", safe)
    return french(safe)
