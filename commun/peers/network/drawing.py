"""Pictures of the network, as SVG written by hand: each stands beside its table, which says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from commun.common.svg import FILL, LINE, MINE, cut, dot, opened, text

# A name longer than that is cut in the picture, and whole in the table.
_LONGEST = 24
_MIDDLE = (490, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """A neighbour: its name, how many acts they share, and how large its dot is drawn."""

    label: str
    weight: int
    radius: float = 10


def draw_star(*, centre: str, spokes: Sequence[Spoke], title: str) -> str:
    """One body and its neighbours around it, at most twenty-four; safe to print as it is."""
    shown = spokes[:24]
    parts = [_open(title)]
    places = [_around(index, len(shown), radius=210) for index in range(len(shown))]
    for spoke, (x, y) in zip(shown, places, strict=True):
        parts.append(_line(*_MIDDLE, x, y, width=min(6, 1 + spoke.weight)))
    for spoke, (x, y) in zip(shown, places, strict=True):
        parts += [dot(x, y, radius=spoke.radius, fill=FILL), _label(spoke.label, x, y, away=spoke.radius)]
    parts += [
        dot(*_MIDDLE, radius=16, fill=MINE),
        text(cut(centre, longest=_LONGEST), _MIDDLE[0], _MIDDLE[1] + 36, bold=True),
    ]
    return "".join([*parts, "</svg>"])


def draw_joint(*, centre: str, parts: Sequence[tuple[str, int]], title: str) -> str:
    """Who joins parts alone, and those parts below one another, as large as they are many, under the name given to
    each; at most twelve; safe to print as it is."""
    shown = parts[:12]
    largest = max(size for _, size in shown)
    step, from_x, to_x = 70, 125, 290
    high = max(step * len(shown), 2 * step)
    rows = [(high * (index + 0.5) / len(shown), label, size) for index, (label, size) in enumerate(shown)]
    lines = [_line(from_x, high / 2, to_x, y, width=2) for y, *_ in rows]
    drawn = [opened(wide=640, high=high, title=title), *lines]
    for y, label, size in rows:
        radius = 8 + 20 * sqrt(size / largest)
        drawn.append(dot(to_x, y, radius=radius, fill=FILL))
        drawn.append(text(cut(label, longest=32), to_x + 38, y + 7, size=19, anchor="start"))
    drawn.append(dot(from_x, high / 2, radius=16, fill=MINE))
    drawn.append(text(cut(centre, longest=22), from_x, high / 2 + 42, size=19, bold=True))
    return "".join([*drawn, "</svg>"])


def draw_ring(*, sizes: Mapping[str, int], across: Mapping[tuple[str, str], int], title: str) -> str:
    """Régions around a ring, as large as they are many, with the bonds between them; safe to print as it is."""
    names = sorted(sizes)
    places = {name: _around(index, len(names), radius=220) for index, name in enumerate(names)}
    most = max(across.values(), default=1)
    largest = max(sizes.values(), default=1)
    parts = [_open(title)]
    for (one, other), number in sorted(across.items()):
        (x1, y1), (x2, y2) = places[one], places[other]
        width = 1 + 7 * number / most
        parts.append(
            f'<path d="M{x1:.0f} {y1:.0f} Q{_MIDDLE[0]} {_MIDDLE[1]} {x2:.0f} {y2:.0f}" fill="none" stroke="{LINE}" '
            f'stroke-width="{width:.1f}" stroke-opacity="0.6"/>'
        )
    for name, (x, y) in places.items():
        radius = 7 + 17 * sqrt(sizes[name] / largest)
        parts += [dot(x, y, radius=radius, fill=FILL), _label(name, x, y, away=radius)]
    return "".join([*parts, "</svg>"])


def _open(title: str) -> str:
    return opened(wide=2 * _MIDDLE[0], high=2 * _MIDDLE[1], title=title)


def _around(index: int, count: int, *, radius: float) -> tuple[float, float]:
    """Half a step from the top, so that no two names stand one above the other there."""
    angle = 2 * pi * (index + 0.5) / max(count, 1) - pi / 2
    return _MIDDLE[0] + radius * cos(angle), _MIDDLE[1] + radius * sin(angle)


def _line(x1: float, y1: float, x2: float, y2: float, *, width: float) -> str:
    return f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="{LINE}" stroke-width="{width:.0f}"/>'


def _label(name: str, x: float, y: float, *, away: float = 10) -> str:
    """Outside the ring, on the side where it stands."""
    dx, dy = x - _MIDDLE[0], y - _MIDDLE[1]
    length = sqrt(dx * dx + dy * dy) or 1.0
    lx, ly = x + dx / length * (away + 10), y + dy / length * (away + 14)
    near_axis = abs(dx) < length * 0.25
    anchor = "middle" if near_axis else "start" if dx > 0 else "end"
    return text(cut(name, longest=_LONGEST), lx, ly + 5, anchor=anchor)
