"""Frozen content to JSON and back, exactly; its hash is what an approval is sealed to."""

from __future__ import annotations

import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from commun.newsletters.rendering.content import BLOCKS, Block, IssueContent

FORMAT = 1


class UnreadableContent(ValueError):
    """JSON that is not frozen content of a format we know."""


def to_json(content: IssueContent) -> dict[str, Any]:
    return {"format": FORMAT, **_dump(content)}


def from_json(data: dict[str, Any]) -> IssueContent:
    if data.get("format") != FORMAT:
        raise UnreadableContent(f"format {data.get('format')!r}")
    try:
        content = _load(IssueContent, {key: value for key, value in data.items() if key != "format"})
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableContent(str(error)) from error
    assert isinstance(content, IssueContent)
    return content


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: same content, same hash, on both databases."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _dump(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        dumped = {field.name: _dump(getattr(value, field.name)) for field in fields(value)}
        return {"kind": value.kind, **dumped} if isinstance(value, Block) else dumped
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _load(expected: Any, value: Any) -> Any:
    origin = get_origin(expected)
    if origin is tuple:
        return tuple(_load(get_args(expected)[0], item) for item in value)
    if origin in {Union, types.UnionType}:
        kinds = [kind for kind in get_args(expected) if kind is not type(None)]
        return None if value is None else _load(kinds[0], value)
    if expected is Block:
        expected = BLOCKS[value["kind"]]
        value = {key: item for key, item in value.items() if key != "kind"}
    if is_dataclass(expected) and isinstance(expected, type):
        hints = _hints(expected)
        return expected(**{name: _load(hints[name], item) for name, item in value.items()})
    return value
