"""Putting a passage of frozen content right. Pure: JSON in, JSON out."""

from __future__ import annotations

from html import escape
from typing import Any

_FIXED = {"kind", "format", "number", "width", "height", "weight", "decorative"}


def correct(*, content: dict[str, Any], wrong: str, right: str) -> tuple[dict[str, Any], int]:
    """The content with every occurrence of the passage put right, and how many there were.

    Spaces are compared as plain ones: what one copies from the page has no-break spaces that the content has not.
    """
    corrected, count = _walk(content, key="", wrong=_plain(wrong), right=_plain(right))
    return corrected, count


def _walk(value: Any, *, key: str, wrong: str, right: str) -> tuple[Any, int]:
    if isinstance(value, dict):
        pairs = {name: _walk(item, key=name, wrong=wrong, right=right) for name, item in value.items()}
        return {name: item for name, (item, _) in pairs.items()}, sum(count for _, count in pairs.values())
    if isinstance(value, list):
        found = [_walk(item, key=key, wrong=wrong, right=right) for item in value]
        return [item for item, _ in found], sum(count for _, count in found)
    if not isinstance(value, str) or key in _FIXED:
        return value, 0
    if key == "source":  # rich text: the passage as HTML writes it
        wrong, right = escape(wrong, quote=False), escape(right, quote=False)
    plain = _plain(value)
    count = plain.count(wrong)
    return (plain.replace(wrong, right), count) if count else (value, 0)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
