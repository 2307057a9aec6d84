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


class Refused(Exception):
    """The file is not kept; `reason` says why."""

    def __init__(self, reason: Refusal):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A file that may be kept: `data` is what to store, which for a picture is not what came. Sizes in pixels."""

    name: str
    content_type: str
    data: bytes
    sha256: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
