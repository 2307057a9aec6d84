"""The text part: at most 76 columns, so that a quoted reply still fits a terminal."""

from __future__ import annotations

import re
import textwrap

WIDTH = 76
_MARK = re.compile(r"^(\s*(?:[-•>→] |\d{1,3}\. )?)")
_ADDRESS = re.compile(r"^(?:https?://|mailto:)\S+$|^\S+@\S+$")


def is_address(word: str) -> bool:
    return bool(_ADDRESS.match(word))


def wrap(text: str) -> str:
    """Every line at most WIDTH columns; an address longer than that stands whole on a line of its own."""
    lines = [line for raw in text.split("\n") for line in _wrap_line(raw.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrap_line(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    mark = _MARK.match(line).group(1)[:20]  # type: ignore[union-attr]
    indent = " " * len(mark)
    # A no-break space is no place to break a line, except where a word group would not fit otherwise.
    words = [piece for word in line[len(mark) :].split(" ") for piece in _pieces(word, WIDTH - len(mark))]
    wrapped = textwrap.wrap(
        " ".join(words),
        width=WIDTH,
        initial_indent=mark,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    # An address wider than the indented column goes to the margin: indented, it would be one column too long.
    return [line for part in wrapped for line in _alone(part, mark)]


def _alone(part: str, mark: str) -> list[str]:
    """Too long a line is an address: it stands alone, after its mark where it opened an item."""
    if len(part) <= WIDTH:
        return [part]
    opens = bool(mark.strip()) and part.startswith(mark)
    return [mark.rstrip(), part[len(mark) :].strip()] if opens else [part.strip()]


def _pieces(word: str, room: int) -> list[str]:
    if len(word) <= room:
        return [word]
    if is_address(word):
        return [word]
    if "\u00a0" in word:
        return [piece for part in word.split("\u00a0") for piece in _pieces(part, room)]
    return [word[start : start + room] for start in range(0, len(word), room)]
