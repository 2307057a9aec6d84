from __future__ import annotations

import pytest
from django.urls import reverse

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
        {"q": "mot " * 5000},
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
