"""The public draw: nobody can foresee it, everybody can redo it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def seed_of(*, closing_hash: str, public_value: str) -> str:
    """SHA-256 of the closing event's hash and of the public value, joined by a line feed, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{closing_hash}\n{public_value}".encode()).hexdigest()


def draw_order(options: Iterable[int], *, seed: str) -> list[int]:
    """The options, the first drawn first: by increasing SHA-256 of the seed and of the option's number (from 1)."""
    return sorted(options, key=lambda option: hashlib.sha256(f"{seed}\n{option + 1}".encode()).hexdigest())
