"""French typography: the spaces that must not break."""

from __future__ import annotations

import re

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# It begins with the very space, then looks at one character on each side: a page is searched in half a millisecond.
_BREAKABLE = re.compile(
    r" (?<=\S )(?:(?=[;:?!»%€](?:\s|$|[.,)\u00a0<]))"
    r"|(?<=[\dh°.e«] )(?=\S)(?:"
    rf"(?<=\d )(?=\d{{3}}(?!\d)|(?:h|min|km|ha|m²|€|habitants|{_MONTHS})\b)"
    r"|(?<=\d[ \u00a0]h )(?=\d\d\b)"
    r"|(?<=\bn° )(?=\d)"
    r"|(?<=\bM\. )|(?<=\bMme )|(?<=« )))"
)
_SHOWN_AS_TYPED = re.compile(r"<(script|style|textarea|pre|code|kbd|samp)\b.*?</\1\s*>", re.DOTALL)


def typeset_text(text: str) -> str:
    """No-break spaces where French wants them; words are never changed."""
    return _BREAKABLE.sub("\u00a0", text)


def typeset_html(html: str) -> str:
    """The same in what a page shows: its tags, its scripts and whatever is shown as it was typed are left alone."""
    as_typed = [found.span() for found in _SHOWN_AS_TYPED.finditer(html)]
    seen, in_a_tag = 0, False

    def typeset(found: re.Match[str]) -> str:
        nonlocal seen, in_a_tag
        at = found.start()
        opened, closed = html.rfind("<", seen, at), html.rfind(">", seen, at)
        if opened != closed:  # else neither since the last space
            in_a_tag = opened > closed
        seen = at
        return " " if in_a_tag or any(start < at < end for start, end in as_typed) else "\u00a0"

    return _BREAKABLE.sub(typeset, html)
