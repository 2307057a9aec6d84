"""The embedded register as a file: compressed JSON lines, one place a line, read and written as a stream.

Line 1 is the header (vintage, source, licence, counts); then one object a line, parents before children:

    {"t": "place", "kind", "code", "name", "siren", "population", "departement", "region", "epci",
     "postcodes", "former"}
    {"t": "alias", "kind", "code", "name", "of"}                 of: INSEE code of the commune it resolves to

Absent keys mean "none". Pure: the database knows nothing of this format, this module nothing of the database.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

FORMAT = 1
_MAX_LINE = 100_000


class RegisterFileError(Exception):
    """The file is not a register, or is damaged; `line` says where reading stopped."""

    def __init__(self, reason: str, *, line: int = 0) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What a register file says of itself."""

    vintage: int
    source: str
    licence: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that exists in this vintage."""

    kind: str
    code: str
    name: str
    siren: str = ""
    population: int | None = None
    departement: str = ""
    region: str = ""
    epci: str = ""
    postcodes: tuple[str, ...] = ()
    former: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """A name that still means something to people and resolves to the commune whose INSEE code is `of`."""

    kind: str
    code: str
    name: str
    of: str


def write_register(*, path: Path, header: Header, entries: Iterable[Place | Alias]) -> None:
    """Write the file (`.xz` or plain); the same entries always give the same bytes (no date, no file name inside)."""
    opener: Any = partial(lzma.open, preset=9) if path.suffix == ".xz" else open
    with opener(path, "wt", encoding="utf-8", newline="\n") as stream:
        stream.write(_line({"format": FORMAT, **asdict(header)}))
        for entry in entries:
            kept = {key: value for key, value in asdict(entry).items() if value not in ("", None, ())}
            stream.write(_line({"t": "place" if isinstance(entry, Place) else "alias", **kept}))


@contextmanager
def open_register(path: Path) -> Iterator[tuple[Header, Iterator[Place | Alias]]]:
    """Open a register file (`.xz` or plain) and give its header and its entries, one at a time.

    Raises RegisterFileError, also while the entries are being read (truncated file, unknown line).
    """
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        yield _read_header(stream), _read_entries(stream)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read_header(stream: IO[str]) -> Header:
    try:
        first = json.loads(stream.readline(_MAX_LINE))
        if first["format"] != FORMAT:
            raise RegisterFileError("unknown format", line=1)
        return Header(
            vintage=int(first["vintage"]),
            source=str(first["source"]),
            licence=str(first["licence"]),
            counts={str(key): int(value) for key, value in first["counts"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, EOFError, lzma.LZMAError) as error:
        raise RegisterFileError("no register header", line=1) from error


def _read_entries(stream: IO[str]) -> Iterator[Place | Alias]:
    number = 1
    try:
        while line := stream.readline(_MAX_LINE):
            number += 1
            yield _entry(json.loads(line))
    except (ValueError, TypeError, KeyError, EOFError, lzma.LZMAError) as error:
        raise RegisterFileError("unreadable line", line=number) from error


def _entry(values: dict[str, Any]) -> Place | Alias:
    match values.pop("t"):
        case "place":
            for key in ("postcodes", "former"):
                values[key] = tuple(values.get(key, ()))
            return Place(**values)
        case "alias":
            return Alias(**values)
        case other:
            msg = f"unknown entry {other!r}"
            raise ValueError(msg)
