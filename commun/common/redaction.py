"""Taking people out of a text that others wrote: replies of servers, tracebacks."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[adresse]"
_TOKEN = "[jeton]"  # noqa: S105 (what stands in its place)
_ADDRESS = re.compile(r"[^\s<>\"'(),;:=\[\]{}]+@[^\s<>\"'(),;:\[\]{}]+")
# Personal links: whoever holds one can act in that person's name. By their shape, in a process that knows no address of
# ours (a worker): what `signing` makes, or thirty-two characters of base64 with a capital, which no page's name has.
_SHAPES = re.compile(
    r"(?<![A-Za-z0-9_-])(?:"
    r"[A-Za-z0-9_-]+(?::|%3A)[A-Za-z0-9]{6}(?::|%3A)[A-Za-z0-9_-]{43}"
    r"|(?<=/)(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{32}"
    r")(?![A-Za-z0-9_-])"
)
_links: list[re.Pattern[str]] = []


def learn(before_tokens: Iterable[str]) -> None:
    """From now on, what follows one of these beginnings of addresses is a token (`common.converters.before_tokens`)."""
    longest_first = sorted(before_tokens, key=lambda route: (-len(route), route))
    slashes = "|".join(longest_first).replace("/", r"(?:/|%2F)")
    link = rf"((?:{slashes}))(?:(?!%2F)[^/\s\"'<>?#&])+"
    _links[:] = [re.compile(link, re.IGNORECASE)] if longest_first else []


def redact(text: str) -> str:
    """The same text without any e-mail address nor token of a personal link."""
    for link in _links:
        text = link.sub(rf"\1{_TOKEN}", text)
    return _ADDRESS.sub(HIDDEN, _SHAPES.sub(_TOKEN, text))
