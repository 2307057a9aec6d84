"""What others take away: an interface that anybody reads, and that names nobody."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image

from commun.common import clock
from commun.website.open import dumps, interface, records
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
        "territory=commune:%27", "changed_since=hier", "changed_since=99999-01-01", "changed_since=0.5",
        "changed_since=2027-01-01T00:00:00",
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


@pytest.mark.django_db(transaction=True)
def test_the_script_of_the_page_reads_the_interface(live_server):
    place = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")
    ExperienceFactory(title="Le four à pain", territories=[place])
    script = Path(__file__).resolve().parents[2] / "docs" / "reuse.py"
    assert len(script.read_text(encoding="utf-8").splitlines()) == 20
    run = [sys.executable, str(script), live_server.url, "35"]
    said = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60, env={"PYTHONUTF8": "1"}).stdout
    assert "Le four à pain" in said
    assert "1 expérience(s)." in said


def test_files_of_the_night_are_whole_told_and_checked(client, library):
    assert dumps.make_dumps(now=clock.now())
    told = read(client, "/donnees/manifest.json")
    assert {one["name"] for one in told["files"]} == {
        *(f"{table}.{ending}" for table in records.RECORDS for ending in ("csv", "json")),
        "dictionnaire.csv",
        "SHA256SUMS.txt",
    }
    for one in told["files"]:
        answer = client.get(f"/donnees/{one['name']}")
        body = b"".join(answer.streaming_content)
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (one["sha256"], one["bytes"])
        assert client.get(f"/donnees/{one['name']}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    rows = list(csv.DictReader(io.StringIO(_text(client, "/donnees/resources.csv"))))
    items = json.loads(_text(client, "/donnees/resources.json"))
    assert items == read(client, "/api/v1/resources")["items"]
    assert [row["id"] for row in rows] == [one["id"] for one in items]
    assert {row["licence.code"] for row in rows} == {one["licence"]["code"] for one in items}
    assert "Camille" not in str(rows) + str(items)
    assert client.get("/donnees/../manifest.json").status_code == 404


def _text(client: Client, address: str) -> str:
    return b"".join(client.get(address).streaming_content).decode()


def test_a_night_without_news_makes_no_file_and_old_ones_go(library):
    now = clock.now()
    assert dumps.make_dumps(now=now)
    assert not dumps.make_dumps(now=now + timedelta(days=1))
    for day in (2, 3, 4):
        ArticleFactory()
        assert dumps.make_dumps(now=now + timedelta(days=day))
    assert len(default_storage.listdir(dumps.FOLDER)[0]) == 2


def test_files_of_the_night_are_made_again_after_a_change_of_address(library, settings):
    now = clock.now()
    assert dumps.make_dumps(now=now)
    settings.SITE_URL = "https://nouveau.example.org"
    assert dumps.make_dumps(now=now + timedelta(days=1))
    assert dumps.manifest()["site"] == "https://nouveau.example.org"
    file, _, _ = dumps.open_file("resources.json")
    with file:
        assert "https://nouveau.example.org/ressources/" in file.read().decode()
    assert not dumps.make_dumps(now=now + timedelta(days=2))


@pytest.mark.parametrize("name", ["400", "500"])
def test_a_page_of_errors_bears_the_name_of_no_site(name):
    assert "Territoires en Commun" not in render_to_string(f"errors/{name}.html")


def test_a_town_hall_includes_a_list_by_oembed_or_from_its_server(client, library):
    theme = library["theme"]
    for address in (theme.url, f"http://localhost:8000{theme.url}"):
        told = read(client, f"/oembed/?url={address}")
        assert (told["type"], told["version"], told["title"]) == ("rich", "1.0", theme.title)
        assert "Le four à pain" in told["html"]
        assert "<script" not in told["html"]
        assert client.get(f"/integrer/?url={address}").content.decode() == told["html"]
    for address in ("/", "/agenda/", "/ressources/", "/lettre/", library["event"].url, library["guide"].url):
        assert 'href="http://localhost:8000/' in read(client, f"/oembed/?url={address}")["html"]
    for address in ("https://ailleurs.example.org/", "/rien/", "", "/%00/"):
        assert client.get("/oembed/", {"url": address}).status_code in {200, 404}
    assert client.get("/oembed/?url=https://ailleurs.example.org/").status_code == 404
    assert f"/oembed/?url=http%3A%2F%2Flocalhost%3A8000{theme.url.replace('/', '%2F')}" in _page(client, theme.url)


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_page_without_a_picture_has_one_that_says_its_title(client, library):
    page = library["article"]
    shown = _page(client, page.url)
    address = f"/partage/{page.translation_key}.png"
    assert f'property="og:image" content="http://localhost:8000{address}"' in shown
    drawn = client.get(address)
    assert Image.open(io.BytesIO(drawn.content)).size == (1200, 630)
    assert len(drawn.content) < 60_000
    page.unpublish()
    assert client.get(address).status_code == 404


def test_a_feed_is_narrowed_by_territory_and_says_who_writes(client, library):
    feed = _page(client, f"/flux/ressources.xml?territoire={library['place'].key}")
    assert "Le four à pain" in feed
    assert "Animer" not in feed
    assert "<author>" in feed
    assert client.get("/flux/ressources.xml?territoire=commune:00000").status_code == 404


def test_the_page_for_developers_tells_all_of_it(client, library):
    dumps.make_dumps(now=clock.now())
    shown = _page(client, "/developpeurs/")
    for told in (
        "/api/v1/openapi.json",
        "resources.csv",
        "changed_since",
        "/integrer/",
        "RateLimit-Remaining",
        "urlopen",
    ):
        assert told in shown
    assert "/developpeurs/" in _page(client, "/")
