"""French typography: the spaces that must not break."""

from __future__ import annotations

import re

_BEFORE = re.compile(r"(?<=\S) (?=[;:?!»%€](?:\s|$|[.,)\u00a0<]))")
_AFTER = re.compile(r"«\s")
_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNIT = re.compile(
    rf"(?<=\d) (?=(?:h|min|km|ha|m²|€|habitants|{_MONTHS})\b)|(?<=\d[ \u00a0]h) (?=\d\d\b)"
    r"|(?<=\bn°) (?=\d)|(?<=\bM\.) |(?<=\bMme) "
)


def typeset_text(text: str) -> str:
    """No-break spaces where French wants them; words are never changed."""
    for pattern in (_BEFORE, _NUMBER, _UNIT):
        text = pattern.sub("\u00a0", text)
    return _AFTER.sub("«\u00a0", text)
