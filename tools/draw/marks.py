"""Plain marks for the partners' names: our own lettering. They imitate nobody's logo."""

from __future__ import annotations

from collections.abc import Callable

from tools.draw.figures import BLUE, CORAL, GREEN, LEAF, NAVY, ORANGE, RED, SKY, WHITE, YELLOW, circle, line, rect


def _words(x: float, y: float, words: str, size: float, fill: str, family: str = "DejaVu Sans", more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" font-family="{family}" font-weight="700" {more}>{words}</text>'


def _page(*parts: str) -> str:
    return rect(0, 0, 300, 120, WHITE) + "".join(parts)


MARKS: dict[str, Callable[[], str]] = {
    "marque-anct": lambda: _page(
        rect(22, 34, 12, 52, NAVY, 6), rect(40, 46, 12, 40, BLUE, 6), rect(58, 24, 12, 62, YELLOW, 6),
        _words(86, 80, "ANCT", 54, NAVY, "Liberation Sans Narrow", 'letter-spacing="5"'),
    ),
    "marque-banque-des-territoires": lambda: _page(
        rect(18, 24, 8, 72, GREEN, 4), _words(40, 54, "Banque", 29, GREEN, "DejaVu Serif"),
        _words(40, 88, "des Territoires", 27, GREEN, "DejaVu Serif"),
    ),
    "marque-decider-ensemble": lambda: _page(
        circle(44, 50, 20, YELLOW), circle(60, 72, 20, RED, 'opacity=".85"'), _words(94, 54, "Décider", 31, RED),
        _words(94, 90, "ensemble", 31, NAVY),
    ),
    "marque-icpc": lambda: _page(
        _words(26, 72, "icpc", 62, ORANGE, "DejaVu Serif", 'letter-spacing="2"'), line("M28 92 L164 92", NAVY, 5),
        circle(204, 54, 11, NAVY), circle(232, 54, 11, ORANGE), circle(260, 54, 11, LEAF), line("M204 80 Q232 98 260 80", NAVY, 5),
    ),
    "marque-democratie-ouverte": lambda: _page(
        line("M62 30 A32 32 0 1 0 66 84", NAVY, 11), _words(88, 56, "Démocratie", 29, NAVY, "Liberation Sans"),
        _words(88, 90, "Ouverte", 29, CORAL, "Liberation Sans"),
    ),
    "marque-ansa": lambda: _page(
        rect(24, 26, 252, 68, SKY, 34), _words(58, 78, "ansa", 52, BLUE, "DejaVu Sans", 'letter-spacing="4"'),
        circle(238, 60, 16, CORAL), circle(238, 60, 7, WHITE),
    ),
}  # fmt: skip
