"""`docs/states.md` and its pictures, from the declared lives. `python -m tools.draw.states` writes them.

States stand in columns, as far from the beginning as it takes moves to reach them; each arrow bears the number of its
line in the table below the picture, and the colour of who moves.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "states.md"
PICTURES = ROOT / "docs" / "images" / "states"

WIDTH, HEIGHT = 168, 46  # of a state
ACROSS, DOWN = 130, 74  # between two of them
MARGIN = 70
COLOURS = {"PERSON": "#1f5fbf", "SWEEP": "#8a5a00", "MESSAGE": "#7a2f8f", "CLOCK": "#0a6b4f"}
_HEAD = """# Lives

Every row that has a life declares it (`commun/*/lives.py`, `commun.common.states`): its states, what moves it from one to
the next, and who does that. A declaration that cannot be true (an unknown or unreachable state, a state that is not final
and that nobody moves) fails at import. Services keep their guarded writes and ask it; choices and constraints of the
tables come from it; *État du site* names rows that stand past what their mover promised.

This page and its pictures are drawn by `python -m tools.draw.states`; a test compares. In a picture: a double frame may
last for ever; a dashed arrow takes a decision back; the colour of an arrow says who moves.
"""


def columns(life: Any) -> dict[str, int]:
    """Each state, and how many moves it takes to reach it."""
    depth = dict.fromkeys(sorted(life.start, key=list(life.states).index), 0)
    waiting = list(depth)
    while waiting:
        state = waiting.pop(0)
        for one in life.moves:
            if state in one.old and not one.undo and str(one.new) not in depth:
                depth[str(one.new)] = depth[state] + 1
                waiting.append(str(one.new))
    return depth


def places(life: Any) -> dict[str, tuple[float, float]]:
    """Middle of each state. Columns are centred on one another."""
    depth = columns(life)
    by_column: dict[int, list[str]] = {}
    for state in life.states:
        by_column.setdefault(depth[state], []).append(state)
    tallest = max(map(len, by_column.values()))
    found = {}
    for column, states in by_column.items():
        top = (tallest - len(states)) / 2
        for rank, state in enumerate(states):
            x = MARGIN + WIDTH / 2 + column * (WIDTH + ACROSS)
            found[state] = (x, MARGIN + HEIGHT / 2 + (top + rank) * DOWN)
    return found


def arrows(life: Any) -> Iterator[tuple[int, Any, str, str]]:
    """(number of its line, the move, from, to)"""
    for number, one in enumerate(life.moves, start=1):
        for state in one.old:
            yield number, one, str(state), str(one.new)


def _ends(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, ...]:
    """Cubic curve from one frame to another: its four points."""
    (ax, ay), (bx, by) = a, b
    if abs(ax - bx) < 1:  # the same column: bulge to the right, or to the left on the way up
        side = 1 if by > ay else -1
        bulge = 34 + 0.22 * abs(by - ay)
        x = ax + side * WIDTH / 2
        return (x, ay + 6 * side, x + side * bulge, ay, x + side * bulge, by, x, by - 6 * side)
    if bx > ax:
        x1, x2 = ax + WIDTH / 2, bx - WIDTH / 2
        pull = max(50, (x2 - x1) * 0.5)
        # Far ones pass below or above what stands between.
        lift = 0 if x2 - x1 < ACROSS + 1 else math.copysign(26 + 0.05 * (x2 - x1), (by - ay) or 1)
        return (x1, ay, x1 + pull, ay + lift, x2 - pull, by + lift, x2, by)
    x1, x2 = ax - WIDTH / 2, bx + WIDTH / 2
    pull = max(46, (x1 - x2) * 0.45)
    return (x1, ay + 8, x1 - pull, ay + 30, x2 + pull, by + 30, x2, by + 8)


def _at(curve: tuple[float, ...], t: float) -> tuple[float, float]:
    x0, y0, x1, y1, x2, y2, x3, y3 = curve
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        weights[0] * x0 + weights[1] * x1 + weights[2] * x2 + weights[3] * x3,
        weights[0] * y0 + weights[1] * y1 + weights[2] * y2 + weights[3] * y3,
    )


def _badge(curve: tuple[float, ...], taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Where along the curve the number stands: the first place where no other stands already."""
    tries = sorted((step / 20 for step in range(3, 18)), key=lambda t: abs(t - 0.42))
    spots = [_at(curve, t) for t in tries]
    free = [spot for spot in spots if all(math.dist(spot, other) > 21 for other in taken)]
    spot = free[0] if free else max(spots, key=lambda one: min((math.dist(one, other) for other in taken), default=0))
    taken.append(spot)
    return spot


def draw(life: Any) -> str:
    """The picture, as SVG with its title and description; readable on white and on black."""
    at = places(life)
    width = max(x for x, _ in at.values()) + WIDTH / 2 + MARGIN
    height = max(y for _, y in at.values()) + HEIGHT / 2 + MARGIN
    lines, badges, taken = [], [], []
    for number, one, old, new in arrows(life):
        curve = _ends(at[old], at[new])
        colour = COLOURS[one.by.name]
        dashes = ' stroke-dasharray="6 5"' if one.undo else ""
        points = [f"{value:.0f}" for value in curve]
        lines.append(
            f'<path d="M{points[0]} {points[1]} C{points[2]} {points[3]} {points[4]} {points[5]} {points[6]} {points[7]}" '
            f'fill="none" stroke="{colour}" stroke-width="1.6"{dashes} marker-end="url(#{one.by.name})"/>'
        )
        x, y = _badge(curve, taken)
        badges.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9.5" fill="#fff" stroke="{colour}"/>'
            f'<text x="{x:.0f}" y="{y + 4:.0f}" font-size="11" fill="{colour}">{number}</text>'
        )
    frames = []
    for state, (x, y) in at.items():
        left, top = x - WIDTH / 2, y - HEIGHT / 2
        frames.append(
            f'<rect x="{left:.0f}" y="{top:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#f5f5fe" stroke="#33335c"/>'
        )
        if state in life.final:
            frames.append(
                f'<rect x="{left + 3:.0f}" y="{top + 3:.0f}" width="{WIDTH - 6}" height="{HEIGHT - 6}" rx="4" '
                'fill="none" stroke="#33335c"/>'
            )
        words = _in_two(life.states[state])
        first = y + 5 - 8 * (len(words) - 1)
        frames += [
            f'<text x="{x:.0f}" y="{first + 16 * rank:.0f}" font-size="13" fill="#161616">{escape(line)}</text>'
            for rank, line in enumerate(words)
        ]
        if state in life.start:
            frames.append(
                f'<circle cx="{left - 24:.0f}" cy="{y:.0f}" r="5" fill="#33335c"/>'
                f'<path d="M{left - 19:.0f} {y:.0f} H{left - 8:.0f}" stroke="#33335c" stroke-width="1.6" '
                'marker-end="url(#start)"/>'
            )
    told = "; ".join(
        f"{number}. {' ou '.join(life.states[str(old)] for old in one.old)} → {life.states[str(one.new)]} : {one.act}"
        for number, one in enumerate(life.moves, start=1)
    )
    markers = "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="{colour}"/></marker>'
        for name, colour in {**COLOURS, "start": "#33335c"}.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-labelledby="t d" font-family="Arial, Helvetica, sans-serif" '
        f'text-anchor="middle">\n<title id="t">{escape(life.title)}</title>\n<desc id="d">{escape(told)}</desc>\n'
        f'<defs>{markers}</defs>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join([*lines, *frames, *badges])
        + "\n</svg>\n"
    )


def _in_two(words: str) -> list[str]:
    if len(words) <= 22:
        return [words]
    middle = min((abs(i - len(words) / 2), i) for i, letter in enumerate(words) if letter == " ")[1]
    return [words[:middle], words[middle + 1 :]]


def page(lives: list[Any]) -> str:
    parts = [_HEAD]
    for life in lives:
        rows = [
            f"| {number} | {', '.join(life.states[str(old)] for old in one.old)} | {life.states[str(one.new)]} "
            f"| {one.act}{' (repentir)' if one.undo else ''} | {one.by.value} | {_time(one.within)} |"
            for number, one in enumerate(life.moves, start=1)
        ]
        parts.append(
            f"## {life.title}\n\n![{life.title} : ses états et ce qui le fait passer de l’un à l’autre]"
            f"(images/states/{life.slug}.svg)\n\n| n° | de | à | ce qui se passe | qui | délai |\n|---|---|---|---|---|---|\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(parts)


def _time(within: Any) -> str:
    if within is None:
        return ""
    if within.days:
        return f"{within.days} jours"
    hours, minutes = divmod(within.seconds // 60, 60)
    return f"{hours} h" if hours else f"{minutes} min"


def files(lives: list[Any]) -> dict[Path, str]:
    """Every file that this writes, with its text."""
    return {PAGE: page(lives), **{PICTURES / f"{life.slug}.svg": draw(life) for life in lives}}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commun.config.settings")
    os.environ.setdefault("SECRET_KEY", "drawing-only-" + "x" * 50)
    import django

    django.setup()
    from commun.common import states

    for path, text in files(states.lives()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
