"""What a frozen content says, as plain text: for whoever looks for a word in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from commun.newsletters.rendering.content import IssueContent
from commun.newsletters.rendering.values import Image, Link, Rich


def words_of(content: IssueContent) -> str:
    """Its sections, in order; neither addresses nor what every issue says of its sender."""
    return "\n".join(text for text in (content.welcome, *_texts(content.blocks)) if text.strip())


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            for item in value:
                yield from _texts(item)
        case Link():
            yield "" if value.label == value.shown else value.label
        case Image():
            yield value.alt
        case Rich():
            yield value.text
        case _ if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                yield from _texts(getattr(value, field.name))
