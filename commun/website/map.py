"""Where answers are: one square a département, placed as on a map, and the same as a table.

The arrangement is ours: no outline is drawn, each département weighs as much as another, and its number fits in its
square.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_METROPOLITAN = """
.. .. .. .. .. 62 59 .. .. .. .. ..
.. .. .. .. 76 80 60 02 08 .. .. ..
.. .. .. 14 27 95 75 93 51 55 57 ..
29 22 50 61 78 92 94 77 10 52 54 67
.. 56 35 53 28 91 45 89 21 70 88 68
.. 44 49 72 37 41 18 58 71 39 25 90
.. .. 85 79 86 36 03 42 69 01 74 ..
.. .. 17 16 87 23 63 43 07 38 73 ..
.. .. .. 33 24 19 15 48 26 05 .. ..
.. .. .. 40 47 46 12 30 84 04 06 ..
.. .. 64 32 82 81 34 13 83 .. .. 2B
.. .. 65 31 09 11 .. .. .. .. .. 2A
.. .. .. .. .. 66 .. .. .. .. .. ..
"""
_OVERSEAS = ("971", "972", "973", "974", "976")
SIDE = 40  # of a square and its gap, in units of the drawing
_SHADES = 4


def _placed() -> dict[str, tuple[int, int]]:
    """Column and row by code, in the order they are read: from the north, from the west, overseas last."""
    rows = _METROPOLITAN.split("\n")[1:-1]
    found = {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row.split()) if code != ".."}
    return found | {code: (2 * x, len(rows) + 1) for x, code in enumerate(_OVERSEAS)}


PLACES: Mapping[str, tuple[int, int]] = _placed()
WIDTH = SIDE * (1 + max(x for x, _ in PLACES.values()))
HEIGHT = SIDE * (1 + max(y for _, y in PLACES.values()))


@dataclass(frozen=True, kw_only=True)
class Square:
    """A département with `count` answers; `shade`, of 0 (none) to 4. `address` narrows the list to it or, where it was
    chosen, no longer does."""

    code: str
    name: str
    count: int
    shade: int
    chosen: bool
    address: str
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Shade:
    number: int
    least: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Map:
    """`squares`, as they are placed; `rows`, those that have answers, by name; `shades`, what colours stand for;
    `nowhere`: how many answers no département has."""

    squares: Sequence[Square]
    rows: Sequence[Square]
    shades: Sequence[Shade]
    nowhere: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    *,
    counts: Mapping[str, int],
    names: Mapping[str, str],
    chosen: Sequence[str],
    nowhere: int,
    address: Callable[[str], str],
) -> Map:
    """`counts` and `names` by code, names in the order of the alphabet; `address(code)`: see `Square`.

    A département that the drawing does not know stands in the table alone."""
    shades = _shades(max(counts.values(), default=0))

    def square(code: str) -> Square:
        count = counts.get(code, 0)
        x, y = PLACES.get(code, (0, 0))
        return Square(
            code=code,
            name=names[code],
            count=count,
            shade=next((one.number for one in shades if one.least <= count <= one.most), 0),
            chosen=code in chosen,
            address=address(code) if count or code in chosen else "",
            x=x * SIDE,
            y=y * SIDE,
        )

    return Map(
        squares=[square(code) for code in PLACES if code in names],
        rows=[square(code) for code in names if counts.get(code) or code in chosen],
        shades=shades,
        nowhere=nowhere,
    )


def _shades(most: int) -> list[Shade]:
    """Steps that grow as numbers do: 1 to 4, 5 to 20… One a number where there are few."""
    ends = sorted({round(most ** (step / _SHADES)) for step in range(1, _SHADES + 1)}) if most else []
    starts = [1, *(end + 1 for end in ends)]
    first = 1 + _SHADES - len(ends)  # few steps are dark ones: one answer must be seen
    return [
        Shade(number=number, least=least, most=end)
        for number, (least, end) in enumerate(zip(starts, ends, strict=False), start=first)
    ]
