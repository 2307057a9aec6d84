"""A plain text of ours as the HTML of a mail: one text is written, both parts say the same.

Blank lines part paragraphs; lines that begin with a dash are a list; four spaces set apart what is to be copied (a
code); an address of ours alone on its line becomes a link, named by the line before it ("Voir le reçu :").
Addresses that are not ours stay words: what somebody else wrote never becomes a link of our mails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from commun.common.spaces import typeset_text

_ITEM = re.compile(r"[-–] ")
_SENTENCE = re.compile(r"(?<=[.?!…]) +")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)»]")


def to_html(text: str, *, home: str) -> str:
    """`home`: the address that ours begin with."""
    paragraphs = (part.rstrip() for part in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")))
    return "\n".join(block for part in paragraphs for block in _blocks(part.split("\n"), home))


def _blocks(lines: list[str], home: str) -> Iterator[str]:
    if all(line.startswith("    ") for line in lines):
        yield f'<p class="apart">{"<br>".join(escape(line.strip()) for line in lines)}</p>'
        return
    said: list[str] = []
    items: list[tuple[str, str]] = []
    for line in lines:
        alone = line.strip() if _is_ours(line.strip(), home) else ""
        if _ITEM.match(line):
            yield from _paragraph(said, home)
            items.append((line[2:], ""))
        elif items and line.startswith("  "):
            said_before, url = items[-1]
            items[-1] = (said_before, alone) if alone else (f"{said_before} {line.strip()}", url)
        elif alone:
            yield from _list(items, home)
            yield from _action(alone, said, home)
        else:
            yield from _list(items, home)
            said.append(line)
    yield from _list(items, home)
    yield from _paragraph(said, home)


def _action(url: str, said: list[str], home: str) -> Iterator[str]:
    """The last sentence before it names it."""
    *before, label = _SENTENCE.split(said.pop()) if said and said[-1].endswith(":") else [url]
    if before:
        said.append(" ".join(before))
    yield from _paragraph(said, home)
    yield f'<p class="action">{_link(url, label.removesuffix(":").rstrip() or url)}</p>'


def _paragraph(said: list[str], home: str) -> Iterator[str]:
    if said:
        yield f"<p>{'<br>'.join(_inline(line, home) for line in said)}</p>"
        said.clear()


def _list(items: list[tuple[str, str]], home: str) -> Iterator[str]:
    if items:
        shown = (_link(url, item) if url else _inline(item, home) for item, url in items)
        yield f"<ul>{''.join(f'<li>{one}</li>' for one in shown)}</ul>"
        items.clear()


def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{escape(typeset_text(label))}</a>'


def _inline(line: str, home: str) -> str:
    shown, last = [], 0
    for found in _ADDRESS.finditer(line):
        if _is_ours(found[0], home):
            shown += [escape(typeset_text(line[last : found.start()])), _link(found[0], found[0])]
            last = found.end()
    return "".join([*shown, escape(typeset_text(line[last:]))])


def _is_ours(url: str, home: str) -> bool:
    return url == home or (url.startswith(f"{home}/") and _ADDRESS.fullmatch(url) is not None)
