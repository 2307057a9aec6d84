"""A whole content typeset."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from commun.common.spaces import typeset_text
from commun.newsletters.rendering.values import Image, Link, Rich


def typeset(value: Any) -> Any:
    """The same content with every text typeset; addresses are left alone."""
    match value:
        case str():
            return typeset_text(value)
        case tuple():
            return tuple(typeset(item) for item in value)
        case Link():
            return value if value.label == value.shown else replace(value, label=typeset_text(value.label))
        case Image():
            return replace(value, alt=typeset_text(value.alt), credit=typeset_text(value.credit))
    # Rich text is typeset run by run, not on its HTML.
    if is_dataclass(value) and not isinstance(value, type | Rich):
        return replace(value, **{field.name: typeset(getattr(value, field.name)) for field in fields(value)})
    return value
