"""What others take away: an interface that anybody reads, and that names nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commun.common import clock
from commun.website.open import interface, records
from tests.agenda.factories import EventFactory
from tests.library.factories import (
    ArticleFactory,
    ExperienceFactory,
    GuideFactory,
    OrganisationFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.votes.factories import make_scheduled

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def library() -> dict[str, Any]:
    place, theme = TerritoryFactory(), ThemeFactory()
    body = OrganisationFactory(is_checked=True, name="Ville d’Exemple")
    return {
        "theme": theme,
        "place": place,
        "story": ExperienceFactory(
            title="Le four à pain", themes=[theme], territories=[place], contributor=body, credit="Camille Exemple",
            means_cost="12 000 €",
        ),
        "guide": GuideFactory(title="Animer", themes=[theme]),
        "article": ArticleFactory(title="Ailleurs"),
        "event": EventFactory(themes=[theme], territory=place),
        "vote": make_scheduled(),
    }  # fmt: skip


def test_every_table_is_read_whole_and_each_record_again_by_its_identifier(client, library):
    for table, (model, _) in records.RECORDS.items():
        found = read(client, f"/api/v1/{table}")
        assert found["next"] is None
        for one in found["items"]:
            assert model.model_validate_json(json.dumps(one))
            assert one["licence"]["code"]
            assert one["licence"]["name"] in one["attribution"]
            assert read(client, f"/api/v1/{table}/{one['id']}") == one
    assert len(read(client, "/api/v1/resources")["items"]) == 3


def test_nobody_is_named(client, library):
    shown = client.get("/api/v1/resources").content.decode()
    assert "Ville d’Exemple" in shown
    assert "Camille" not in shown


def test_a_list_is_followed_to_its_end_by_the_last_record_seen(client):
    made = {ArticleFactory().title for _ in range(7)}
    seen, address = [], "/api/v1/resources?limit=3"
    while address:
        found = read(client, address.removeprefix("http://localhost:8000"))
        seen += [one["title"] for one in found["items"]]
        ArticleFactory(title="Venu entre-temps") if len(seen) == 3 else None
        address = found["next"]
    assert len(seen) == len(set(seen)) == 8
    assert made < set(seen)


def test_a_list_is_narrowed_by_theme_kind_place_and_date(client, library):
    theme, place = library["theme"].slug, library["place"]

    def titles(query: str) -> set[str]:
        return {one["title"] for one in read(client, f"/api/v1/resources?{query}")["items"]}

    assert titles(f"theme={theme}") == {"Le four à pain", "Animer"}
    assert titles(f"theme={theme}&kind=guide") == {"Animer"}
    assert titles(f"territory={place.key}") == {"Le four à pain"}
    if place.departement:
        assert titles(f"territory={place.departement.key}") == {"Le four à pain"}
    later = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert titles(f"changed_since={later}") == set()
    assert len(read(client, f"/api/v1/events?theme={theme}&territory={place.key}")["items"]) == 1


def test_an_identifier_outlives_title_and_address(client, library):
    page = library["guide"]
    before = next(one for one in read(client, "/api/v1/resources")["items"] if one["title"] == "Animer")
    page.title, page.slug = "Animer mieux", "animer-mieux"
    page.save_revision().publish()
    after = read(client, f"/api/v1/resources/{before['id']}")
    assert after["title"] == "Animer mieux"
    assert after["url"] != before["url"]


def test_any_site_may_read_and_nobody_writes(client, library):
    first = client.get("/api/v1/themes", headers={"origin": "https://mairie.example.org"})
    assert first["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/v1/themes", headers={"origin": "https://mairie.example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    assert client.get("/api/v1/themes", headers={"if-none-match": first["ETag"]}).status_code == 304
    for write in (client.post, client.put, client.patch, client.delete):
        assert write("/api/v1/themes").status_code == 405


def test_the_rate_is_limited_and_said(client, still_clock, monkeypatch):
    monkeypatch.setattr(interface, "LIMIT", 3)
    left = [client.get(f"/api/v1/themes?limit={number}") for number in (1, 2, 3, 4)]
    assert [one.status_code for one in left] == [200, 200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in left if one.has_header("RateLimit-Remaining")][-1] == "0"
    assert int(left[3]["Retry-After"]) > 0
    assert left[3].json()["code"] == "too_many"
    assert client.get("/api/v1/themes?limit=1").status_code == 200  # kept: it costs nothing
    assert Client(REMOTE_ADDR="127.0.0.9").get("/api/v1/themes?limit=9").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "after=-1", "after=99999999999999999999999", "kind=drop", "theme=%00",
        "territory=commune:%27", "changed_since=hier", "changed_since=99999-01-01",
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_by_its_name(client, query):
    refused = client.get(f"/api/v1/resources?{query}")
    assert refused.status_code == 422
    assert query.partition("=")[0] in refused.json()["message"]


@pytest.mark.parametrize("path", ["resources/rien", "resources/%00", "organisations/999", "territories/commune:00000",
                                  "votes/rien", "rien"])  # fmt: skip
def test_an_unknown_identifier_is_no_error_of_ours(client, path):
    assert client.get(f"/api/v1/{path}", follow=True).status_code in {404, 422}


def test_the_description_tells_every_address_and_every_field(client):
    told = read(client, "/api/v1/openapi.json")
    assert {f"/api/v1/{table}" for table in records.RECORDS} <= told["paths"].keys()
    dictionary = records.dictionary()
    assert {row["table"] for row in dictionary} == records.RECORDS.keys()
    assert [row for row in dictionary if not row["meaning"] or (row["type"] == "objet" and "." in row["field"])] == []
