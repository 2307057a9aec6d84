from __future__ import annotations

import json
import lzma
from collections import Counter
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from commun.common import clock
from commun.territories import api
from commun.territories.models import SearchKey, Territory
from commun.territories.names import plain
from commun.territories.register_file import Place, open_register
from tests.territories.conftest import ALIASES_2026, PLACES_2026, write


def test_the_embedded_file_holds_the_official_figures():
    with open_register(api.EMBEDDED_REGISTER) as (header, entries):
        places = [entry for entry in entries if isinstance(entry, Place)]
    kinds = Counter(place.kind for place in places)
    assert kinds == {"commune": 34_969, "epci": 1_255, "departement": 101, "region": 18, "ept": 11, "com": 8}
    communes = [place for place in places if place.kind == "commune"]
    sirens = [place.siren for place in communes if place.siren]
    assert len(sirens) == len(set(sirens)) == 34_875
    assert all(api.clean_siren(siren) == siren for siren in sirens)
    homonyms = [count for count in Counter(plain(place.name) for place in communes).values() if count > 1]
    assert (len(homonyms), sum(homonyms)) == (1_482, 3_774)
    assert sum(1 for place in communes if (place.population or 0) < 1000) == 24_870
    assert header.vintage == 2026


def test_the_embedded_file_is_small_enough_to_commit():
    assert api.EMBEDDED_REGISTER.stat().st_size < 1_000_000


@pytest.mark.django_db
def test_the_whole_register_loads_twice_without_changing_a_row(capsys):
    call_command("import_register")
    ids = dict(Territory.objects.values_list("code", "pk").order_by("kind"))
    assert Territory.objects.current().count() == 36_362
    call_command("import_register")
    assert dict(Territory.objects.values_list("code", "pk").order_by("kind")) == ids
    assert "commune=34969" in capsys.readouterr().out
    saint_denis = api.search_territories(query="saint-denis 93", kinds={"commune"})[0]
    assert saint_denis.label == "Saint-Denis (Seine-Saint-Denis, Métropole du Grand Paris)"


def test_loading_twice_keeps_ids_and_search_keys(register):
    before = set(Territory.objects.values_list("pk", "code")), SearchKey.objects.count()
    api.import_register(path=register, now=clock.now())
    assert (set(Territory.objects.values_list("pk", "code")), SearchKey.objects.count()) == before


def test_a_newer_vintage_keeps_what_disappeared_and_points_to_its_successor(register, tmp_path):
    gone = api.get_by_key(key="commune:38421")
    places = [place for place in PLACES_2026 if place.code != "38421"]
    merged = Place(
        kind="commune", code="38999", name="Hères-Isère", siren="213804214", departement="38", former=("38421",)
    )
    outcome = api.import_register(
        path=write(tmp_path / "2027.xz", *places, merged, *ALIASES_2026, vintage=2027), now=clock.now()
    )
    assert outcome.became_obsolete == 1
    gone.refresh_from_db()
    assert gone.obsolete
    assert gone.vintage == 2026
    assert gone.successor.name == "Hères-Isère"
    found = api.search_territories(query="saint martin d'h")
    assert [answer.label for answer in found] == ["Saint-Martin-d'Hères, aujourd’hui Hères-Isère (Isère)"]


def test_successors_are_followed_through_two_mergers(register, tmp_path):
    places = [place for place in PLACES_2026 if place.code != "38421"]
    first = Place(kind="commune", code="38998", name="Hères-Isère", departement="38", former=("38421",))
    second = Place(kind="commune", code="38999", name="Grand-Hères", departement="38", former=("38998",))
    for vintage, place in ((2027, first), (2028, second)):
        api.import_register(path=write(tmp_path / "r.xz", *places, place, vintage=vintage), now=clock.now())
    assert api.get_by_key(key="commune:38421").successor.name == "Grand-Hères"


def test_a_commune_that_comes_back_exists_again(register, tmp_path):
    without = [place for place in PLACES_2026 if place.code != "38421"]
    heir = Place(kind="commune", code="38999", name="Hères-Isère", departement="38", former=("38421",))
    api.import_register(path=write(tmp_path / "r.xz", *without, heir, vintage=2027), now=clock.now())
    api.import_register(path=write(tmp_path / "r.xz", *PLACES_2026, vintage=2028), now=clock.now())
    back = api.get_by_key(key="commune:38421")
    assert not back.obsolete
    assert back.successor is None


def test_two_places_may_exchange_their_sirens(register, tmp_path):
    swap = {"93066": "219740115", "97411": "219300662"}
    places = [replace(place, siren=swap.get(place.code, place.siren)) for place in PLACES_2026]
    api.import_register(path=write(tmp_path / "r.xz", *places, vintage=2027), now=clock.now())
    assert api.get_by_key(key="commune:93066").siren == "219740115"


def test_an_older_vintage_is_refused_and_changes_nothing(register, tmp_path):
    path = write(tmp_path / "r.xz", *PLACES_2026[:4], vintage=2025)
    with pytest.raises(CommandError, match="2026 est déjà chargé"):
        call_command("import_register", file=path)
    assert Territory.objects.current().count() == len(PLACES_2026)


@pytest.mark.parametrize(
    "damage", ["truncated", "not a register", "wrong line", "counts", "unknown commune", "missing"]
)
def test_a_damaged_file_is_refused_with_a_sentence_and_changes_nothing(register, tmp_path, damage):
    path = tmp_path / "bad.jsonl.xz"
    lines = register.read_bytes().splitlines(keepends=True)
    match damage:
        case "truncated":
            path.write_bytes(lzma.compress(register.read_bytes())[:-40])
        case "not a register":
            path.write_bytes(lzma.compress(b"nom;code\n"))
        case "wrong line":
            path.write_bytes(lzma.compress(lines[0] + b'{"t":"place","nom":"x"}\n'))
        case "counts":
            path.write_bytes(lzma.compress(b"".join(lines[:-2])))
        case "unknown commune":
            alias = {"t": "alias", "kind": "deleguee", "code": "1", "name": "Nulle part", "of": "99999"}
            path.write_bytes(lzma.compress(b"".join(lines) + json.dumps(alias).encode()))
    with pytest.raises(CommandError, match="pas un registre lisible"):
        call_command("import_register", file=path)
    assert Territory.objects.current().count() == len(PLACES_2026)
    assert api.search_territories(query="saint-denis")


def test_the_builder_refuses_a_folder_that_is_not_the_package(tmp_path):
    with pytest.raises(CommandError, match="pas ce paquet"):
        call_command("build_register", source=tmp_path, vintage=2026, output=tmp_path / "r.xz")
