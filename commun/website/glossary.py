"""Words of the glossary, linked where a page first says them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Where a link would be inside another, or in the way.
_LEFT = frozenset({"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "code", "pre", "script",
                   "style", "cite", "label"})  # fmt: skip
_ARTICLE = re.compile(r"^(?:l’|(?:la|le|les|un|une|des) )")
_SHORTEST = 4


@dataclass(frozen=True)
class Terms:
    """`addresses`: of concepts, by their title in lower case, with its article and without."""

    addresses: Mapping[str, str]
    expression: re.Pattern[str] | None


def terms(addresses: Mapping[str, str]) -> Terms:
    """By title; the longest first, so that « budget participatif » is not read as « budget »."""
    whole = {title.lower().replace("'", "’"): url for title, url in addresses.items()}
    bare = {_ARTICLE.sub("", title): url for title, url in whole.items()}
    said = {title: url for title, url in (bare | whole).items() if len(title) >= _SHORTEST}
    if not said:
        return Terms({}, None)
    words = "|".join(re.escape(one).replace("’", "['’]") for one in sorted(said, key=len, reverse=True))
    return Terms(said, re.compile(rf"(?<![\w-])(?:{words})s?(?![\w-])", re.IGNORECASE))


def link_terms(html: str, *, known: Terms, but: str = "") -> str:
    """The same HTML, each term linked once, where it first stands in running text. `but`: an address not to link to."""
    if known.expression is None:
        return html
    linked: set[str] = {but}
    inside: list[str] = []
    parts = _TAG.split(html)
    for at, part in enumerate(parts):
        if part.startswith("<"):
            _follow(part, inside)
        elif part.strip() and not inside:
            parts[at] = _linked(part, known=known, linked=linked)
    return "".join(parts)


def _follow(tag: str, inside: list[str]) -> None:
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    if name not in _LEFT:
        return
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        del inside[len(inside) - 1 - inside[::-1].index(name) :]


def _linked(text: str, *, known: Terms, linked: set[str]) -> str:
    assert known.expression is not None

    def replace(found: re.Match[str]) -> str:
        word = unescape(found[0]).lower().replace("'", "’")
        url = known.addresses.get(word) or known.addresses.get(word.removesuffix("s"), "")
        if not url or url in linked:
            return found[0]
        linked.add(url)
        return f'<a class="tec-term" href="{escape(url)}">{found[0]}</a>'

    return known.expression.sub(replace, text)
