"""Pieces of drawings, as SVG written by hand, in the colours of the site: each drawing stands beside words that say the
same. Pure."""

from __future__ import annotations

from xml.sax.saxutils import escape

# Those of the site, in the theme of whoever reads; alone, as on paper.
INK, LINE, FILL, MINE, PAPER = (
    "var(--tec-navy, #14315f)",
    "var(--tec-bond, #6d86ae)",
    "var(--tec-node, #dcebe6)",
    "var(--tec-sun, #f6c445)",
    "var(--tec-surface, #fff)",
)
_WORDS = 'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'


def opened(*, wide: int, high: int, title: str) -> str:
    """The beginning of a drawing that is read as one picture named `title`; close it with `</svg>`."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}" {_WORDS}>'
    )


def dot(x: float, y: float, *, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def text(words: str, x: float, y: float, *, size: int = 17, anchor: str = "middle", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    where = f'x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"'
    return f'<text {where} font-size="{size}" fill="{INK}"{weight}>{escape(words)}</text>'


def cut(words: str, *, longest: int) -> str:
    """A name too long for a drawing; the words beside it say it whole."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
