from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from commun.cms.api import Licence
from tests.library.factories import (
    ArticleFactory,
    ExperienceFactory,
    GuideFactory,
    OrganisationFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/recherche/", "/ressources/"])
def test_a_page_is_found_by_its_title_its_place_and_without_accents(client, address):
    page = ArticleFactory(title="Réparer la mobilité", territories=[TerritoryFactory(name="Plouguerneau")])
    for words in (
        "mobilité",
        "mobilite",
        "Réparer mobilité",
        "plouguerneau",
        "Plougernau",
        '"la mobilité"',
        "MOBILITE",
    ):
        assert f"{page.url}" in client.get(address, {"q": words}).content.decode(), words


def test_drafts_and_other_words_are_not_found(client):
    ArticleFactory(title="Brouillon secret", live=False)
    shown = client.get("/recherche/", {"q": "brouillon"}).content.decode()
    assert "0 résultat" in shown
    assert "/contribuer/besoin/" in shown


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"'},
        {"q": "a OR"},
        {"q": "é" * 300},
        {"q": "\x00"},
        {"q": "' -- "},
        {"q": "سلام 🚲 \u202e"},
        {"q": "mot " * 250_000, "lieu_texte": "a" * 1_000_000},
        {"type": ["x", "article", "a b", ""], "thematique": "inconnue", "annee": "9999", "region": "%", "page": "-3"},
        {"lieu": "commune:999", "autour": ["ici", "x"]},
        {"lieu_texte": "nulle part du tout"},
        {"fraicheur": "8", "taille": "99", "licence": "\x00", "tri": "x", "page": "zzz"},
    ],
)
def test_no_address_breaks_the_search(client, query):
    ArticleFactory()
    for address in ("/recherche/", "/ressources/", "/recherche/suggestions/"):
        assert client.get(address, query).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "vélo AND NOT NEAR(moto, 2)",
        "title:vélo OR summary:*",
        "vélo & !moto | <-> :*",
        "^vélo* -- ; DROP TABLE finding_entry",
        "' UNION SELECT 1, 2 -- vélo",
        'vélo %_\\ " ( [ {',
        "\u202evélo\u202c 🚲",
        "سلام",
        "🚲 سلام",
    ],
)
def test_operators_other_alphabets_and_signs_are_words_like_others(client, typed):
    page = ArticleFactory(title="سلام, le vélo 🚲")
    for address in ("/recherche/", "/ressources/"):
        assert f'href="{page.url}"' in client.get(address, {"q": typed}).content.decode(), address
    assert page.url in client.get("/recherche/suggestions/", {"q": typed}).content.decode()


def test_every_value_of_every_facet_at_once_hides_nothing_that_has_one_of_each(client):
    theme, place = ThemeFactory(slug="eau"), TerritoryFactory(population=2200)
    told = {"audiences": ["jeunes"], "obstacles": ["time"], "stage": "idea", "themes": [theme], "territories": [place]}
    page = ExperienceFactory(**told)
    other = {"audiences": ["aines"], "obstacles": ["budget"], "stage": "stuck", "licence": Licence.RESERVED}
    GuideFactory(**told | other | {"territories": [TerritoryFactory(population=90_000)]})
    ArticleFactory(themes=[ThemeFactory(slug=f"theme-{at}") for at in range(20)])
    shown = BeautifulSoup(client.get("/ressources/").content, "html.parser")
    everything = [(box["name"], box["value"]) for box in shown.select(".tec-refine input[type=checkbox]")]
    assert {"type", "thematique", "taille", "frein", "public", "etape", "licence"} <= {name for name, _ in everything}
    shown = BeautifulSoup(client.get(f"/ressources/?{urlencode(everything)}").content, "html.parser")
    assert shown.find("a", href=page.url)
    assert {(box["name"], box["value"]) for box in shown.select("input[checked]")} == set(everything)


def test_facets_have_counts_and_an_address_that_can_be_shared(client):
    theme = ThemeFactory(title="L’eau", slug="eau")
    ArticleFactory(title="Article sur l’eau", themes=[theme])
    guide = GuideFactory(title="Guide sur l’eau", themes=[theme])
    GuideFactory(title="Guide d’autre chose")
    shown = client.get("/ressources/?type=guide&thematique=eau").content.decode()
    assert guide.url in shown
    assert "1 ressource" in shown
    assert "Guide d’autre chose" not in shown
    assert "Article (1)" in " ".join(shown.split())
    assert 'href="?type=guide"' in shown  # without the theme


def boxes(client, address: str, param: str) -> tuple[list[str], list[str]]:
    """Values of a facet that are offered at once, and behind « Voir les … autres »."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = page.select(f"input[type=checkbox][name={param}]")
    away = [one["value"] for one in found if one.find_parent("details", class_="tec-refine__more")]
    return [one["value"] for one in found if one["value"] not in away], away


def test_every_value_of_a_long_facet_is_reached_first_those_that_most_answers_have(client):
    themes = [ThemeFactory(title=f"Thème {at:02}", slug=f"theme-{at:02}") for at in range(20)]
    ArticleFactory(themes=themes)
    ArticleFactory(themes=themes[4:])
    slugs = [theme.slug for theme in themes]
    shown, away = boxes(client, "/ressources/", "thematique")
    assert shown == slugs[4:16]
    assert away == [*slugs[:4], *slugs[16:]]
    assert "Voir les 8 autres" in " ".join(client.get("/ressources/").content.decode().split())
    shown, away = boxes(client, f"/ressources/?thematique={slugs[0]}&thematique={slugs[19]}", "thematique")
    assert shown == [slugs[0], *slugs[4:16], slugs[19]]
    assert away == [*slugs[1:4], *slugs[16:19]]
    everything = "&".join(f"thematique={slug}" for slug in slugs)
    assert boxes(client, f"/ressources/?{everything}", "thematique") == (slugs, [])


def test_two_values_more_are_not_put_away(client):
    ArticleFactory(themes=[ThemeFactory(slug=f"theme-{at:02}") for at in range(14)])
    shown, away = boxes(client, "/ressources/", "thematique")
    assert (len(shown), away) == (14, [])


def test_a_list_without_answer_says_what_to_loosen(client):
    theme = ThemeFactory(title="L’eau", slug="eau")
    ArticleFactory(title="Article sur l’eau", themes=[theme])
    GuideFactory(title="Guide d’autre chose")
    shown = " ".join(client.get("/ressources/?q=article&type=guide").content.decode().split())
    assert "sans choisir « Type »" in shown
    assert "1 résultat" in shown


def test_an_experience_like_ours_can_be_asked_for(client):
    departement = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")
    ours = TerritoryFactory(name="Hédé-Bazouges", population=2200, departement=departement)
    like = TerritoryFactory(name="Ailleurs", population=3000)
    ExperienceFactory(title="De notre taille", territories=[like])
    ExperienceFactory(title="D’une grande ville", territories=[TerritoryFactory(population=90_000)])
    shown = client.get("/ressources/", {"lieu": ours.key, "autour": "taille"}).content.decode()
    assert "De notre taille" in shown
    assert "D’une grande ville" not in shown


def test_pagination_never_shows_more_than_a_few_links(client):
    for number in range(60):
        ArticleFactory(title=f"Vélo {number}")
    shown = client.get("/ressources/?q=velo&page=2").content.decode()
    assert "1 ressource" not in shown
    assert shown.count('title="Page ') <= 7
    assert 'href="?q=velo&amp;page=3"' in shown


def test_suggestions_lead_to_pages(client):
    page = ArticleFactory(title="Réparer la mobilité")
    answer = client.get(reverse("website:search_suggestions"), {"q": "mobil"})
    told = {"label": page.title, "marks": [[11, 19]], "kind": "Article", "why": "", "url": page.url}
    assert answer.json() == {"results": [told]}
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("address", ["/recherche/", "/ressources/"])
def test_why_an_answer_was_found_is_shown(client, address):
    others = [ArticleFactory(title=f"Autre sujet {at}") for at in range(12)]
    ArticleFactory(title="Réparer la mobilité", territories=[TerritoryFactory(name="Plouguerneau")])
    assert "<mark>mobilité</mark>" in client.get(address, {"q": "mobilités"}).content.decode()
    shown = client.get(address, {"q": "plougernau"}).content.decode()
    assert "Commune&nbsp;: <mark>Plouguerneau</mark>" in shown
    assert others[0].title not in shown


def test_the_directory_marks_what_answers(client):
    departement = TerritoryFactory(kind="departement", code="29", name="Finistère")
    place = TerritoryFactory(name="Plouguerneau", departement=departement, postcodes=["29880"])
    OrganisationFactory(name="Plouguerneau", territory=place, is_checked=True)
    assert "<mark>Plouguerneau</mark>" in client.get("/annuaire/", {"q": "plougernau"}).content.decode()
    assert "Code postal&nbsp;: <mark>29880</mark>" in client.get("/annuaire/", {"q": "29880"}).content.decode()
