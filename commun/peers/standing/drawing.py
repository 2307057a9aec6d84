"""One statement as a bar: five lengths, with their numbers inside. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from commun.peers.standing.statements import ANSWERS, Answer

# Those of the site, in the theme of whoever reads; each told apart from its neighbours by a line too.
COLOURS = {
    Answer.YES: "var(--tec-answer-a, #8fc1b5)",
    Answer.RATHER: "var(--tec-answer-b, #cfe6df)",
    Answer.RATHER_NOT: "var(--tec-answer-c, #f9dfc0)",
    Answer.NO: "var(--tec-answer-d, #eeb07a)",
    Answer.UNKNOWN: "var(--tec-answer-e, #dddddd)",
}
_WIDE, _HIGH = 420, 34


def draw_bar(counts: Mapping[Answer, int], *, title: str) -> str:
    """Safe to print as it is. Nobody answered: an empty bar."""
    people = sum(counts.values())
    named = f'role="img" aria-label="{escape(title, {chr(34): "&quot;"})}"'
    words = 'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" {named} {words}>',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="var(--tec-surface, #fff)" stroke="var(--tec-bond, #6d86ae)"/>',
    ]
    left = 0.0
    for answer in ANSWERS:
        number = counts.get(answer, 0)
        if not number:
            continue
        wide = _WIDE * number / people
        parts.append(
            f'<rect x="{left:.1f}" y="0" width="{wide:.1f}" height="{_HIGH}" fill="{COLOURS[answer]}" '
            'stroke="var(--tec-surface, #fff)" stroke-width="2"/>'
        )
        parts.append(
            f'<text x="{left + wide / 2:.1f}" y="22" text-anchor="middle" font-size="15" '
            f'fill="var(--tec-ink, #161616)">{number}</text>'
        )
        left += wide
    return "".join([*parts, "</svg>"])
