"""An answer written below what we had written, where the program marks nothing: our own words tell where hers begin. Pure."""

from __future__ import annotations

import re

_FEWEST_WORDS = 8  # of ours, before anything is taken for a quote
_TELLING = 3  # words of a line: a shorter one is anybody's ("Bonjour,")
_MOSTLY = 0.6  # of the lines above the last of ours
_MOST_LINES = 400
_PATHS = re.compile(r"(https?://[^\s/<>]{1,253})(?:/[^\s<>]{0,2000})?")
_NOT_WORDS = re.compile(r"[^\w@./:-]{1,500}")


def below_ours(text: str, *, ours: str) -> tuple[str, str]:
    """(her words, our words that stood above them); all is hers where ours are not found, or nothing follows them.

    `ours`: what was sent to her. Lines are compared as words: programs break them elsewhere, and mark what they like.
    """
    known = f" {_words(ours)} "
    lines = text.split("\n")
    last, found, told, count = -1, 0, 0, 0
    for at, line in enumerate(lines[:_MOST_LINES]):
        words = _words(line)
        if not words:
            continue
        count += 1
        if f" {words} " not in known:
            continue
        found, told = found + 1, told + len(words.split())
        if words.count(" ") >= _TELLING - 1 and found >= _MOSTLY * count:
            last = at
    while 0 <= last < len(lines) - 1 and (f" {_words(lines[last + 1])} " in known or not lines[last + 1].strip()):
        last += 1  # the short lines that end ours: its farewell, its signature
    hers = "\n".join(lines[last + 1 :]).strip()
    if last < 0 or told < _FEWEST_WORDS or not hers:
        return text, ""
    return hers, "\n".join(lines[: last + 1]).strip()


def without_tokens(text: str) -> str:
    """Addresses without what follows their host: what they open is kept nowhere."""
    return _PATHS.sub(r"\1/", text)


def _words(line: str) -> str:
    line = without_tokens(line)
    return " ".join(_NOT_WORDS.sub(" ", line.lower()).split())
