"""Loading a vintage of the register: fast, in constant memory, as often as one likes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from commun.common import bulk
from commun.territories.exceptions import RegisterOlder, RegisterUnreadable
from commun.territories.models import RegisterImport, SearchKey, Territory
from commun.territories.names import search_form, search_keys
from commun.territories.register_file import Alias, Header, Place, RegisterFileError, open_register
from commun.territories.types import NameKind, TerritoryKind

EMBEDDED = Path(__file__).resolve().parent.parent / "data" / "register-2026.jsonl.xz"
_BATCH = 2000
_PLACE_COLUMNS = (
    "kind",
    "code",
    "siren",
    "name",
    "search_name",
    "population",
    "departement_id",
    "region_id",
    "epci_id",
    "postcodes",
    "vintage",
    "obsolete",
    "successor_id",
)
_KEY_COLUMNS = ("territory_id", "text", "label", "kind", "whole")
_PARENTS_FIRST = (
    TerritoryKind.REGION,
    TerritoryKind.DEPARTEMENT,
    TerritoryKind.COM,
    TerritoryKind.EPCI,
    TerritoryKind.EPT,
    TerritoryKind.COMMUNE,
)
T = TypeVar("T")
Parents = dict[tuple[str, str], int]
Key = tuple[int, str, str, str, bool]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import did; `counts` by kind of place."""

    vintage: int
    counts: dict[str, int]
    became_obsolete: int


def import_register(*, path: Path, now: datetime) -> Outcome:
    """Load a register file over what is there, all or nothing.

    Loading the same file again changes nothing that others point to. A newer vintage keeps the rows it no longer has,
    marked obsolete, with their successor where the file tells it. Raises RegisterUnreadable, RegisterOlder.
    """
    with _readable(path) as (header, entries), transaction.atomic():
        last = RegisterImport.objects.first()
        if last is not None and header.vintage < last.vintage:
            raise RegisterOlder(loaded=last.vintage, offered=header.vintage)
        before = set(Territory.objects.current().values_list("pk", flat=True))
        # Everything is gone until the file says that it exists. A SIREN may pass from one place to another: free
        # them all before the unique constraint sees the new ones.
        Territory.objects.update(obsolete=True, siren="")
        SearchKey.objects.all().delete()
        counts = _load(header=header, entries=entries)
        obsolete = Territory.objects.filter(obsolete=True).values_list("pk", flat=True)
        gone = sum(1 for pk in obsolete.iterator(chunk_size=_BATCH) if pk in before)
        _find_successors(path=path)
        RegisterImport.objects.create(
            vintage=header.vintage,
            source=header.source,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            imported_at=now,
            counts=counts,
            became_obsolete=gone,
        )
    return Outcome(vintage=header.vintage, counts=counts, became_obsolete=gone)


@contextmanager
def _readable(path: Path) -> Iterator[tuple[Header, Iterator[Place | Alias]]]:
    try:
        with open_register(path) as opened:
            yield opened
    except RegisterFileError as error:
        raise RegisterUnreadable(reason=error.reason, line=error.line) from error
    except OSError as error:
        raise RegisterUnreadable(reason=type(error).__name__, line=0) from error


def _load(*, header: Header, entries: Iterator[Place | Alias]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    parents: Parents = {}
    for batch in _batches(entries):
        places = [entry for entry in batch if isinstance(entry, Place)]
        # A file lists parents first, but a batch may hold a place and its parent.
        for kind in _PARENTS_FIRST:
            alike = [place for place in places if place.kind == kind]
            _upsert(alike, vintage=header.vintage, parents=parents)
        _add_alias_keys([entry for entry in batch if isinstance(entry, Alias)])
        counts.update(place.kind for place in places)
    expected = {kind: header.counts.get(kind, 0) for kind in counts}
    if dict(counts) != expected:
        raise RegisterFileError(f"counts differ from the header: {dict(counts)}")
    return dict(sorted(counts.items()))


def _upsert(places: list[Place], *, vintage: int, parents: Parents) -> None:
    """Write places of one kind, and their search keys."""
    if not places:
        return
    rows = (_row(place, vintage=vintage, parents=parents) for place in places)
    bulk.insert(model=Territory, columns=_PLACE_COLUMNS, rows=rows, unique=("kind", "code"))
    kind = places[0].kind
    ids = _ids(kind=kind, codes={place.code for place in places})
    if kind != TerritoryKind.COMMUNE:
        parents.update({(kind, code): pk for code, pk in ids.items()})
    _add_keys(key for place in places for key in _keys_of_place(place, territory_id=ids[place.code]))


def _row(place: Place, *, vintage: int, parents: Parents) -> tuple[Any, ...]:
    departement = parents.get((TerritoryKind.DEPARTEMENT, place.departement)) or parents.get(
        (TerritoryKind.COM, place.departement)
    )
    return (
        place.kind,
        place.code,
        place.siren,
        place.name,
        search_form(place.name),
        place.population,
        departement,
        parents.get((TerritoryKind.REGION, place.region)),
        parents.get((TerritoryKind.EPCI, place.epci)),
        json.dumps(place.postcodes),
        vintage,
        False,
        None,
    )


def _add_keys(keys: Iterable[Key]) -> None:
    bulk.insert(model=SearchKey, columns=_KEY_COLUMNS, rows=keys)


def _keys_of_place(place: Place, *, territory_id: int) -> Iterator[Key]:
    yield from _name_keys(place.name, territory_id=territory_id, kind=NameKind.OFFICIAL)
    for postcode in place.postcodes:
        yield territory_id, postcode, "", NameKind.POSTCODE.value, True


def _name_keys(name: str, *, territory_id: int, kind: NameKind) -> Iterator[Key]:
    label = "" if kind == NameKind.OFFICIAL else name
    for index, text in enumerate(search_keys(name)):
        yield territory_id, text, label, kind.value, index == 0


def _add_alias_keys(aliases: list[Alias]) -> None:
    ids = _commune_ids({alias.of for alias in aliases})
    _add_keys(
        key
        for alias in aliases
        for key in _name_keys(alias.name, territory_id=ids[alias.of], kind=NameKind(alias.kind))
    )


def _find_successors(*, path: Path) -> None:
    """Second reading of the file: former codes and delegated communes say what an obsolete commune became."""
    gone = dict(
        Territory.objects.filter(kind=TerritoryKind.COMMUNE, obsolete=True).values_list("code", "pk"),
    )
    if not gone:
        return
    became: dict[str, str] = {}
    with open_register(path) as (_, entries):
        for entry in entries:
            if isinstance(entry, Alias) and entry.code in gone:
                became.setdefault(entry.code, entry.of)
            elif isinstance(entry, Place) and entry.former:
                became.update({code: entry.code for code in entry.former if code in gone})
    ids = _commune_ids(set(became.values()))
    for code, heir in became.items():
        Territory.objects.filter(pk=gone[code]).update(successor=ids[heir])
        # What had merged into it earlier follows, so that one step always leads to a place that exists.
        Territory.objects.filter(successor=gone[code]).update(successor=ids[heir])
    merged = Territory.objects.filter(obsolete=True).exclude(successor=None).values_list("name", "successor_id")
    _add_keys(
        key
        for name, heir in merged.iterator(chunk_size=_BATCH)
        for key in _name_keys(name, territory_id=heir, kind=NameKind.FORMER)
    )


def _commune_ids(codes: set[str]) -> dict[str, int]:
    ids = _ids(kind=TerritoryKind.COMMUNE, codes=codes)
    missing = codes - ids.keys()
    if missing:
        raise RegisterFileError(f"names a commune that the file does not have: {min(missing)}")
    return ids


def _ids(*, kind: str, codes: set[str]) -> dict[str, int]:
    current = Territory.objects.current().filter(kind=kind)
    ids: dict[str, int] = {}
    for some in _batches(sorted(codes), size=500):
        ids.update(current.filter(code__in=some).values_list("code", "pk"))
    return ids


def _batches(items: Iterable[T], *, size: int = _BATCH) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
