"""What a page set off, drawn as a small tree that grows downwards: it is read on a telephone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commun.common.svg import FILL, INK, LINE, MINE, PAPER, cut, dot, opened, text

_WIDE, _ROW = 320, 30
_FIRST = 22  # where the root stands, from the top
# By generation: where its dots stand from the left, and how many letters fit beside them.
_LEFT = (14, 40, 66)
_LETTERS = (30, 29, 26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """`told`: an experience came of it. `more`: how many others are not drawn below it."""

    label: str
    told: bool
    below: Sequence[Branch] = ()
    more: str = ""


def draw_tree(*, root: Branch, title: str) -> str:
    """Three generations at most, the root included; safe to print as it is."""
    rows = list(_rows(root, 0))
    parts = [opened(wide=_WIDE, high=_ROW * len(rows) + _FIRST - 8, title=title)]
    parents: list[int] = [0, 0, 0]
    for number, (depth, _) in enumerate(rows):
        parents[depth] = number
        if depth:
            x, y = _LEFT[depth - 1], _FIRST + _ROW * number
            top = _FIRST + _ROW * parents[depth - 1]
            parts.append(f'<path d="M{x} {top} V{y} H{_LEFT[depth]}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    for number, (depth, branch) in enumerate(rows):
        x, y = _LEFT[depth], _FIRST + _ROW * number
        if isinstance(branch, str):
            parts.append(text(branch, x + 14, y + 5, size=15, anchor="start"))
            continue
        fill = MINE if not depth else FILL if branch.told else PAPER
        parts.append(dot(x, y, radius=9 if not depth else 7, fill=fill))
        if branch.told and depth:
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{INK}"/>')
        label = cut(branch.label, longest=_LETTERS[depth])
        parts.append(text(label, x + 16, y + 5, size=15, anchor="start", bold=not depth))
    return "".join([*parts, "</svg>"])


def _rows(branch: Branch, depth: int) -> list[tuple[int, Branch | str]]:
    found: list[tuple[int, Branch | str]] = [(depth, branch)]
    if depth < len(_LEFT) - 1:
        for one in branch.below:
            found += _rows(one, depth + 1)
        if branch.more:
            found.append((depth + 1, branch.more))
    return found
