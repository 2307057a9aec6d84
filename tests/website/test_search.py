from __future__ import annotations

import pytest
from modelsearch.index import insert_or_update_object

from tests.library.factories import ArticleFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_page_is_found_by_its_title_its_place_and_without_accents(client):
    page = ArticleFactory(title="Réparer la mobilité, l’eau", territories=[TerritoryFactory(name="Plouguerneau")])
    insert_or_update_object(page)  # what the worker does
    for words in ("mobilité", "mobilite", "Réparer mobilité", "plouguerneau", "d’eau", '"mobilité"'):
        for address, name in (("/recherche/", "q"), ("/ressources/", "mots")):
            assert page.title in client.get(address, {name: words}).content.decode(), (address, words)


def test_drafts_and_other_words_are_not_found(client):
    insert_or_update_object(ArticleFactory(title="Brouillon secret", live=False))
    assert "Aucun résultat" in client.get("/recherche/", {"q": "brouillon"}).content.decode()


@pytest.mark.parametrize("words", ['"', "a OR", "*", "(", "é" * 300, "\x00", "' -- ", "AND NOT"])
def test_no_words_break_the_search(client, words):
    assert client.get("/recherche/", {"q": words}).status_code == 200
    assert client.get("/ressources/", {"mots": words}).status_code == 200
