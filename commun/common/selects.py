"""What narrows a list: selects above it, told by the address (`forms/selects.html`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Select:
    """`name`: its parameter in the address; `every`: what is said of no choice; `choices`: (value, label); `chosen`: a
    value, "" for none."""

    name: str
    label: str
    every: str
    choices: Sequence[tuple[str, str]]
    chosen: str
