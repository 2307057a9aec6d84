"""An unknown variable in one of our own templates fails the test that renders it."""

from __future__ import annotations

import inspect
from pathlib import Path

OURS = Path(__file__).resolve().parent.parent / "templates"


class UnknownVariableError(AssertionError):
    pass


class Strict(str):
    """Given to Django as `string_if_invalid`; libraries' templates may be as lax as they like."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Django asks this first: false means that an unknown variable is empty, and its filters apply (`default`)."""
        return _is_ours(_origin())

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        raise UnknownVariableError(f"{variable} is unknown in {_origin()}")


def _is_ours(origin: str) -> bool:
    return bool(origin) and Path(origin).is_relative_to(OURS)


def _origin() -> str:
    frame = inspect.currentframe()
    while frame:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name in {"render_annotated", "render"} and origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""
