"""Previews of pages, while somebody types."""

from __future__ import annotations

import pytest
from django.core.handlers.base import BaseHandler

from commun.cms import previews
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_the_middleware_is_loaded_once_for_all_previews(monkeypatch):
    loaded: list[BaseHandler] = []
    load = BaseHandler.load_middleware
    monkeypatch.setattr(BaseHandler, "load_middleware", lambda self, *args: (loaded.append(self), load(self, *args))[1])
    previews._handler.cache_clear()
    one, other = (
        ArticleFactory(title="Un premier titre", live=False),
        ArticleFactory(title="Un autre titre", live=False),
    )
    for page in (one, other, one):
        shown = page.make_preview_request()
        assert shown.status_code == 200
        assert page.title in shown.content.decode()
        assert "private" in shown["Cache-Control"]
    assert len(loaded) == 1


def test_a_preview_shows_what_is_typed_and_never_what_is_on_line(client):
    page = ArticleFactory(title="En ligne")
    client.get(page.url)
    page.title = "En train d’être écrit"
    for _ in range(2):
        shown = page.make_preview_request().content.decode()
        assert "En train d’être écrit" in shown
        assert "<h1>En ligne" not in shown
    assert "En train" not in client.get(page.url).content.decode()
