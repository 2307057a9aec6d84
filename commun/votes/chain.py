"""The ballot box as bytes: canonical lines, each naming the hash of the one before. Pure.

A line is `{"event":{…},"hash":"…"}`, where `hash` is the SHA-256 of the event's own canonical text. Canonical: UTF-8,
keys sorted, no blank, no float. `tools/recount.py` reads the same format with code of its own: change both, or neither.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

FORMAT = 1
GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """The one text of a value made of objects, lists, strings, integers, booleans and null."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def instant(at: datetime) -> str:
    """`2026-11-23T18:50:14.000000Z`: one width, so that texts sort as instants do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def event_text(*, kind: str, height: int, parent: str, at: datetime, body: dict[str, Any]) -> str:
    return canonical({"at": instant(at), "body": body, "height": height, "kind": kind, "parent": parent})


def line(text: str) -> str:
    """A line of the published box for an event's canonical text, without its line feed."""
    return f'{{"event":{text},"hash":"{digest(text)}"}}'


def commitment(*, elector: str, number: int, grades: list[int], roles: list[int], salt: str) -> str:
    """What stands in the box for a sealed ballot. The salt (256 random bits) keeps it from being guessed."""
    return digest(canonical({"elector": elector, "grades": grades, "number": number, "roles": roles, "salt": salt}))


def elector_line(*, key: str, kind: str, label: str, departement: str, region: str) -> str:
    return canonical({"departement": departement, "key": key, "kind": kind, "label": label, "region": region})


class ElectorateHash:
    """SHA-256 of the electorate's file: a canonical line per elector, by increasing key, each ended by a line feed."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, text: str) -> None:
        self._hash.update(f"{text}\n".encode())
        self.count += 1

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
