from __future__ import annotations

import pytest
from django.db import connection

from commun.territories import api
from commun.territories.models import SearchKey
from commun.territories.names import search_form, search_keys


def labels(query, **options):
    return [found.label for found in api.search_territories(query=query, **options)]


def test_homonyms_are_told_apart_by_departement_and_epci(register):
    assert labels("Saint-Denis", kinds={"commune"}) == [
        "Saint-Denis (La Réunion)",
        "Saint-Denis (Seine-Saint-Denis, Métropole du Grand Paris)",
    ]


@pytest.mark.parametrize(
    "query",
    ["saint-martin-d'hères", "SAINT MARTIN D HERES", "st martin d’heres", "Hères", "martin her", "38421", "38400",
     "213804214", "213 804 214", "21380421400019"],
)  # fmt: skip
def test_a_commune_is_found_however_it_is_typed(register, query):
    assert labels(query) == ["Saint-Martin-d'Hères (Isère)"]


@pytest.mark.parametrize("query", ["saint denis 93", "saint-denis 93200", "Saint-Denis (93)"])
def test_a_number_after_the_name_narrows(register, query):
    assert labels(query) == ["Saint-Denis (Seine-Saint-Denis, Métropole du Grand Paris)"]


@pytest.mark.parametrize("query", ["", " ", "s", "%", "_a", "zzz", "999999999", "'; drop table", "\x00", "é" * 5000])
def test_what_means_nothing_finds_nothing(register, query):
    assert labels(query) == []


@pytest.mark.parametrize("query", ["saint-martin-d'hére", "st martin dheres", "Saint Matrin d'Hères"])
def test_a_name_is_found_through_a_typing_error(register, query):
    assert labels(query) == ["Saint-Martin-d'Hères (Isère)"]


def test_a_delegated_commune_leads_to_its_chef_lieu(register):
    assert labels("arbignieu") == ["Arbignieu, aujourd’hui Arboys en Bugey (Ain)"]


def test_kinds_and_limit_are_respected(register):
    assert labels("saint-denis", limit=1) == ["Saint-Denis (La Réunion)"]
    assert labels("grand paris", kinds={"commune"}) == []
    assert labels("grand paris", kinds={"epci"}) == ["Métropole du Grand Paris (Seine-Saint-Denis)"]
    assert labels("93") == [
        "Seine-Saint-Denis (département)",
        "Saint-Denis (Seine-Saint-Denis, Métropole du Grand Paris)",
    ]


def test_a_search_costs_two_queries_however_many_places_answer(register, django_assert_num_queries):
    with django_assert_num_queries(2):
        labels("saint")


def test_the_beginning_of_a_name_is_served_by_an_index(register):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")  # twelve rows: a scan would be cheaper than any index
    plan = SearchKey.objects.filter(text__prefix="saint d").explain()
    assert "territories_searchkey_text" in plan
    assert "SCAN territories_searchkey" not in plan


def test_a_search_key_is_every_end_of_a_name_without_linking_words():
    assert search_keys("Saint-Martin-d'Hères") == ["saint martin heres", "martin heres", "heres"]
    assert search_form("Œuilly-sur-Ÿ") == "oeuilly y"
    assert search_form("Les") == "les"
    assert search_form("Ste-Foy") == "sainte foy"
