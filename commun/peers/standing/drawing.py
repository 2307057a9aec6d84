"""One statement as a bar: five lengths, with their numbers inside. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from commun.peers.standing.statements import ANSWERS, Answer

# Light enough for dark words, each told apart from its neighbours by a white line too.
COLOURS = {
    Answer.YES: "#8fc1b5",
    Answer.RATHER: "#cfe6df",
    Answer.RATHER_NOT: "#f9dfc0",
    Answer.NO: "#eeb07a",
    Answer.UNKNOWN: "#dddddd",
}
_WIDE, _HIGH = 420, 34


def draw_bar(counts: Mapping[Answer, int], *, title: str) -> str:
    """Safe to print as it is. Nobody answered: an empty bar."""
    people = sum(counts.values())
    named = f'role="img" aria-label="{escape(title, {chr(34): "&quot;"})}"'
    words = 'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" {named} {words}>',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#ffffff" stroke="#7c93b8"/>',
    ]
    left = 0.0
    for answer in ANSWERS:
        number = counts.get(answer, 0)
        if not number:
            continue
        wide = _WIDE * number / people
        parts.append(
            f'<rect x="{left:.1f}" y="0" width="{wide:.1f}" height="{_HIGH}" fill="{COLOURS[answer]}" '
            'stroke="#ffffff" stroke-width="2"/>'
        )
        parts.append(
            f'<text x="{left + wide / 2:.1f}" y="22" text-anchor="middle" font-size="15" fill="#161616">{number}</text>'
        )
        left += wide
    return "".join([*parts, "</svg>"])
