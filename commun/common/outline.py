"""Headings of a text, one below the other without a gap (RGAA 9.1). Pure."""

from __future__ import annotations

import re

_HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])", re.IGNORECASE)


def outlined(html: str, *, first: int = 2) -> str:
    """The same markup, its headings beginning at level `first` (or at the title of the page, where it is inside) and
    never more than one below what they stand under: people choose them by their looks, and paste others'. Linear."""
    if not _HEADING.search(html):
        return html
    above: list[tuple[int, int]] = []  # as they were written, as they are told: those that are not over

    def told(found: re.Match[str]) -> str:
        if found[1]:
            return f"</h{above[-1][1] if above else found[2]}"
        level = int(found[2])
        while above and above[-1][0] >= level:
            above.pop()
        above.append((level, min(6, above[-1][1] + 1 if above else min(level, first))))
        return f"<h{above[-1][1]}"

    return _HEADING.sub(told, html)
