"""Spaces that must not break, in what people typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.common.spaces import typeset_html
from tests.library.factories import ArticleFactory

PIECES = (
    *(" :", " ", "« ", " »", "12 345", "n° 3", "3 mai", "&nbsp;:", "\n", "mot", "<", ">"),
    *("<p>", "</p>", "<b class='a : b'>", "<!-- a : b -->"),
    *("<textarea>a : b", "</textarea>", "<script>x ? y : z</script>"),
)
HTML = st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<h1>Plouguerneau : ce que</h1>", "<h1>Plouguerneau\u00a0: ce que</h1>"),
        ("<b>Attention</b> : relire", "<b>Attention</b>\u00a0: relire"),
        ("<p>« Nous <em>osons</em> »</p>", "<p>«\u00a0Nous <em>osons</em>\u00a0»</p>"),
        ("<p>1 200 habitants, le 3 mai</p>", "<p>1\u00a0200\u00a0habitants, le 3\u00a0mai</p>"),
        ('<img alt="a : b"> c', '<img alt="a : b"> c'),
        ("<textarea>a : b</textarea>", "<textarea>a : b</textarea>"),
        ("<script>a ? b : c</script>", "<script>a ? b : c</script>"),
        ("<code>a : b</code> ; c", "<code>a : b</code>\u00a0; c"),
    ],
)
def test_a_page_shows_french_spaces_and_keeps_what_is_typed_in_its_fields(typed, shown):
    assert typeset_html(typed) == shown


@given(HTML)
def test_nothing_but_spaces_ever_changes_and_once_is_enough(html):
    shown = typeset_html(html)
    assert "".join(shown.split()) == "".join(html.split())
    assert len(shown) == len(html)
    assert typeset_html(shown) == shown


@pytest.mark.django_db
def test_a_title_typed_with_ordinary_spaces_is_shown_with_french_ones(client):
    page = ArticleFactory(title="Trois villages : un marché", summary="Ce qu’ils ont fait ; ce qu’ils en disent.")
    shown = client.get(page.url).content.decode()
    assert "<h1" in shown
    assert "Trois villages\u00a0: un marché</h1>" in shown
    assert "fait\u00a0; ce" in shown
