"""What a guess rests on, marked in the message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def spans_of(suggestions: Iterable[dict[str, Any]], *, where: str) -> list[tuple[int, int, str]]:
    """(start, end, why) of every piece of evidence in `where` ("subject", "body", "signature")."""
    return [
        (int(start), int(end), f"{one.get('label', '')}, {one.get('why', '')}")
        for one in suggestions
        for place, start, end in one.get("evidence", [])
        if place == where and int(end) > int(start)
    ]


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> SafeString:
    """The text, escaped, its spans in `<mark>`; one that overlaps an earlier one is left out."""
    pieces: list[tuple[SafeString | str]] = []
    at = 0
    for start, end, why in sorted(spans):
        if start < at or end > len(text):
            continue
        pieces += [(text[at:start],), (format_html('<mark title="{}">{}</mark>', why, text[start:end]),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])
