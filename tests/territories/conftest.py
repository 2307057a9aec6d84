"""Registers small enough to read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commun.accounts.api import MODERATION, create_member
from commun.common import clock
from commun.territories import api, registry
from commun.territories.models import OfficialAddress
from commun.territories.register_file import Alias, Header, Place, write_register

PLACES_2026 = (
    Place(kind="region", code="84", name="Auvergne-Rhône-Alpes"),
    Place(kind="region", code="11", name="Île-de-France"),
    Place(kind="region", code="04", name="La Réunion"),
    Place(kind="departement", code="01", name="Ain", region="84"),
    Place(kind="departement", code="38", name="Isère", region="84"),
    Place(kind="departement", code="93", name="Seine-Saint-Denis", region="11"),
    Place(kind="departement", code="974", name="La Réunion", region="04"),
    Place(
        kind="epci",
        code="200054781",
        name="Métropole du Grand Paris",
        siren="200054781",
        population=7_000_000,
        departement="93",
        region="11",
    ),
    Place(
        kind="commune",
        code="01015",
        name="Arboys en Bugey",
        siren="200053668",
        population=710,
        departement="01",
        region="84",
        postcodes=("01300",),
        former=("01340",),
    ),
    Place(
        kind="commune",
        code="38421",
        name="Saint-Martin-d'Hères",
        siren="213804214",
        population=38_000,
        departement="38",
        region="84",
        postcodes=("38400",),
    ),
    Place(
        kind="commune",
        code="93066",
        name="Saint-Denis",
        siren="219300662",
        population=150_000,
        departement="93",
        region="11",
        epci="200054781",
        postcodes=("93200", "93210", "93430"),
    ),
    Place(
        kind="commune",
        code="97411",
        name="Saint-Denis",
        siren="219740115",
        population=155_000,
        departement="974",
        region="04",
        postcodes=("97400",),
    ),
)
ALIASES_2026 = (Alias(kind="deleguee", code="01015", name="Arbignieu", of="01015"),)


def write(path: Path, *entries: Place | Alias, vintage: int = 2026) -> Path:
    counts: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Place):
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
    header = Header(vintage=vintage, source="essai", licence="essai", counts=counts)
    write_register(path=path, header=header, entries=entries)
    return path


@pytest.fixture
def register(tmp_path, db) -> Path:
    """Twelve places, two of them called Saint-Denis, loaded."""
    path = write(tmp_path / "register-2026.jsonl", *PLACES_2026, *ALIASES_2026)
    api.import_register(path=path, now=clock.now())
    return path


@pytest.fixture
def arboys(register) -> api.Organisation:
    return api.organisation_of(territory=api.get_by_key(key="commune:01015"))


@pytest.fixture
def official(arboys) -> OfficialAddress:
    return OfficialAddress.objects.create(
        territory=arboys.territory,
        email="mairie@arboys.example.org",
        domain="arboys.example.org",
        source="essai",
        dated=date(2026, 1, 1),
    )


@pytest.fixture
def camille():
    return create_member(email="camille@example.org", first_name="Camille", last_name="Roux")


@pytest.fixture
def dominique():
    return create_member(email="dominique@example.org")


@pytest.fixture
def moderator():
    return create_member(email="moderation@example.org", groups=(MODERATION,))


@pytest.fixture
def heard(monkeypatch) -> list[api.MandateEnded]:
    found: list[api.MandateEnded] = []
    monkeypatch.setattr(registry, "_ended", [found.append])
    return found
