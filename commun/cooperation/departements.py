"""A map of départements, drawn on the server: pure. Its table says the same in words, beside it."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_OUTLINES = Path(__file__).parent / "data" / "departements-metropole.json.xz"
# Those that the outlines do not hold stand as squares below: code, what fits in the square.
_OVERSEAS = ("971", "972", "973", "974", "976")
_SQUARE, _GAP = 44, 12
_STEP = re.compile(r"([mz])|(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)")
# Upper ends of the classes: few counts are large, and one need must be told from none.
CLASSES = (0, 1, 3, 7, 15)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One département: its path, the class of its count (0 none … 5 most), and what is said of it."""

    code: str
    path: str
    count: int
    rank: int


@dataclass(frozen=True, kw_only=True)
class DepartementMap:
    width: int
    height: int
    shapes: Sequence[Shape]
    # (rank, words) of the classes that appear.
    legend: Sequence[tuple[int, str]]
    labels: Sequence[tuple[int, int, str]]  # x, y, code: under the squares


def draw_map(*, counts: Mapping[str, int]) -> DepartementMap:
    """`counts`: by INSEE code of the département; codes that are no département's are left out."""
    width, height, outlines = _outlines()
    top = height + _GAP
    paths = dict(outlines)
    labels = []
    for place, code in enumerate(_OVERSEAS):
        left = place * (_SQUARE + 3 * _GAP) + _GAP
        paths[code] = f"M{left} {top}h{_SQUARE}v{_SQUARE}h-{_SQUARE}z"
        labels.append((left + _SQUARE // 2, top + _SQUARE + 18, code))
    shapes = [
        Shape(code=code, path=path, count=counts.get(code, 0), rank=class_of(counts.get(code, 0)))
        for code, path in sorted(paths.items())
    ]
    return DepartementMap(
        width=width,
        height=top + _SQUARE + 26,
        shapes=shapes,
        legend=[(rank, _words(rank)) for rank in sorted({shape.rank for shape in shapes})],
        labels=labels,
    )


def class_of(count: int) -> int:
    """0 for none, then which class of `CLASSES` a count falls in."""
    return next((rank for rank, most in enumerate(CLASSES) if count <= most), len(CLASSES))


def _words(rank: int) -> str:
    if rank < 2:
        return ("aucun", "1")[rank]
    return f"{CLASSES[rank - 1] + 1} à {CLASSES[rank]}" if rank < len(CLASSES) else f"plus de {CLASSES[-1]}"


@lru_cache(maxsize=1)
def _outlines() -> tuple[int, int, Mapping[str, str]]:
    found = json.loads(lzma.decompress(_OUTLINES.read_bytes()))
    _, _, width, height = found["viewBox"].split()
    return int(width), int(height), {code: _rounded(path) for code, path in found["paths"].items()}


def _rounded(path: str) -> str:
    """Relative steps of five decimals as points to a tenth: half the bytes, and no drift."""
    return "".join(_pieces(path))


def _pieces(path: str) -> Iterable[str]:
    x = y = start_x = start_y = 0.0
    first, last = True, ""
    for command, dx, dy in _STEP.findall(path):
        if command == "z":
            x, y = start_x, start_y
            yield "z"
        elif command == "m":
            first = True
        else:
            x, y = x + float(dx), y + float(dy)
            point = f"{x:.1f} {y:.1f}"
            if first:
                start_x, start_y = x, y
                yield f"M{point}"
            elif point != last:
                yield f"L{point}"
            first, last = False, point
