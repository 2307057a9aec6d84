"""Values of this package."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Refusal(enum.StrEnum):
    """Why a file is not kept; stable words, stored and worded elsewhere."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TYPE = "type"  # nothing we know how to show or to serve
    PROGRAM = "program"  # executables, scripts, macros, alone or in an archive
    LOCKED = "locked"  # encrypted: nobody could check it, nor read it
    BOMB = "bomb"  # far larger once opened than it says
    BROKEN = "broken"  # not what it claims to be
    DRAWING = "drawing"  # SVG: a document that can hold programs
    VIRUS = "virus"
    LONG = "long"  # opening it took more time or memory than a file may take
    PIXELS = "pixels"  # more than what is left for the pictures of one sending
    PAGES = "pages"  # more than what is left for the documents of one sending


class Refused(Exception):
    """The file is not kept; `reason` says why."""

    def __init__(self, reason: Refusal):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one sending may have opened, all its files together; of one file, what the others have left."""

    pixels: int = 300_000_000  # ten photographs of 24 megapixels, and some
    pages: int = 5_000
    seconds: float = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A file that may be kept: `data` is what to store, which for a picture is not what came. Sizes in pixels.

    `pixels`: how many were decoded.
    """

    name: str
    content_type: str
    data: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    pixels: int = 0
