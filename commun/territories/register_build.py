"""From the files of the npm package `@etalab/decoupage-administratif` to the entries of our register. Pure.

The package lists overseas collectivités both as régions and as départements: they are one place here (kind `com`).
An EPCI's département and région are those of most of its inhabitants: the package does not name its seat.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commun.territories.register_file import Alias, Header, Place
from commun.territories.siren import luhn_valid

_ALIAS_KINDS = {
    "commune-deleguee": ("deleguee", "chefLieu"),
    "commune-associee": ("associee", "chefLieu"),
    "arrondissement-municipal": ("arrondissement", "commune"),
}
_SOURCE = "@etalab/decoupage-administratif {version} (Code officiel géographique, Insee ; DGCL ; La Poste)"
_LICENCE = "Licence Ouverte 2.0 (données), MIT (paquet)"

Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Package:
    """The unpacked package, read once."""

    version: str
    communes: Rows
    departements: Rows
    epci: Rows
    ept: Rows
    regions: Rows


def read_package(*, directory: Path) -> Package:
    """Read the package's JSON files; raises OSError, ValueError or KeyError when it is not that package."""

    def read(name: str) -> Any:
        return json.loads((directory / name).read_text(encoding="utf-8"))

    names = ("communes", "departements", "epci", "ept", "regions")
    return Package(version=read("package.json")["version"], **{name: read(f"data/{name}.json") for name in names})


def header(*, package: Package, vintage: int, entries: list[Place | Alias]) -> Header:
    """Describe the entries: how many of each kind, and the figures that a reader may check."""
    counts: Counter[str] = Counter(
        entry.kind if isinstance(entry, Place) else f"alias:{entry.kind}" for entry in entries
    )
    communes = [entry for entry in entries if isinstance(entry, Place) and entry.kind == "commune"]
    counts["communes_with_siren"] = sum(1 for commune in communes if commune.siren)
    counts["former_codes"] = sum(len(commune.former) for commune in communes)
    return Header(
        vintage=vintage,
        source=_SOURCE.format(version=package.version),
        licence=_LICENCE,
        counts=dict(sorted(counts.items())),
    )


def entries(*, package: Package) -> Iterator[Place | Alias]:
    """Every place and alias, parents first. Raises ValueError when a SIREN fails its check digit."""
    overseas = {row["code"] for row in package.departements if row["zone"] == "com"}
    yield from (
        Place(kind="region", code=row["code"], name=row["nom"])
        for row in _sorted(package.regions)
        if row["code"] not in overseas
    )
    for row in _sorted(package.departements):
        if row["code"] in overseas:
            yield Place(kind="com", code=row["code"], name=row["nom"])
        else:
            yield Place(kind="departement", code=row["code"], name=row["nom"], region=row["region"])
    current = {row["code"]: row for row in package.communes if row["type"] == "commune-actuelle"}
    yield from _groups(package=package, communes=current)
    epci_of = {member["code"]: row["code"] for row in package.epci for member in row["membres"]}
    for row in _sorted(list(current.values())):
        yield _commune(row, epci=epci_of.get(row["code"], ""), overseas=overseas)
    yield from _aliases(package.communes, current=current)


def _groups(*, package: Package, communes: dict[str, dict[str, Any]]) -> Iterator[Place]:
    for kind, rows in (("epci", package.epci), ("ept", package.ept)):
        for row in _sorted(rows):
            weights: Counter[str] = Counter()
            for member in row["membres"]:
                weights[communes[member["code"]]["departement"]] += int(member["populationMunicipale"] or 0)
            # Ties go to the smaller code, so that the file is the same whoever builds it.
            home = min(weights, key=lambda code: (-weights[code], code))
            region = next(dep["region"] for dep in package.departements if dep["code"] == home)
            yield Place(
                kind=kind,
                code=row["code"],
                name=row["nom"],
                siren=_checked(row["code"]),
                population=int(row["populationMunicipale"]),
                departement=home,
                region=region,
            )


def _commune(row: dict[str, Any], *, epci: str, overseas: set[str]) -> Place:
    return Place(
        kind="commune",
        code=row["code"],
        name=row["nom"],
        siren=_checked(row.get("siren", "")),
        population=row.get("population"),
        departement=row["departement"],
        region="" if row["region"] in overseas else row["region"],
        epci=epci,
        postcodes=tuple(sorted(row.get("codesPostaux", ()))),
        former=tuple(sorted(row.get("anciensCodes", ()))),
    )


def _aliases(rows: Rows, *, current: dict[str, dict[str, Any]]) -> Iterator[Alias]:
    for row in _sorted([row for row in rows if row["type"] in _ALIAS_KINDS]):
        kind, key = _ALIAS_KINDS[row["type"]]
        commune = current[row[key]]
        # A chef-lieu is often a commune déléguée of its own name: nothing to resolve.
        if row["nom"] != commune["nom"]:
            yield Alias(kind=kind, code=row["code"], name=row["nom"], of=commune["code"])


def _sorted(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: str(row["code"]))


def _checked(siren: str) -> str:
    if siren and not (len(siren) == 9 and luhn_valid(siren)):
        msg = f"SIREN {siren} fails its check digit"
        raise ValueError(msg)
    return siren
