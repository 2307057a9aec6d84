"""What one takes away of a resource, and words explained where they are first said."""

from __future__ import annotations

import io
import json
import re
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.cms.api import Licence
from commun.library.api import ResourceDocument
from commun.website.glossary import link_terms, terms
from commun.website.reuse import to_text
from tests.cms.factories import DocumentFactory
from tests.library.factories import ArticleFactory, ConceptFactory, ExperienceFactory, OrganisationFactory

_LIST = "<ul><li>un</li><li>deux</li></ul>"
KNOWN = terms({"Budget participatif": "/b/", "Budget": "/c/", "L’agora": "/a/"})


@pytest.mark.django_db
def test_a_resource_is_taken_as_text_and_as_one_file(client):
    page = ExperienceFactory(
        title="Le four à pain", contributor=OrganisationFactory(name="Ville d’Exemple"), licence=Licence.CC_BY,
        means_cost="Moins de 5 000 € <hors taxes>", what_failed="<p>La première réunion était vide.</p>",
        body=[("heading", {"text": "Comment s’y prendre", "level": "h2"}), ("paragraph", _LIST)],
    )  # fmt: skip
    page.documents = [ResourceDocument(document=DocumentFactory()), ResourceDocument(document=DocumentFactory())]
    page.save()
    shown = client.get(page.url).content.decode()
    text = client.get(f"/reutiliser/{page.translation_key}.txt").content.decode()
    for told in (
        "Le four à pain\n====",
        "Comment s’y prendre\n===",
        "\n- un\n",
        "5 000 € <hors taxes>",
        "réunion était vide",
    ):
        assert told in text
    assert "CC BY 4.0" in text
    assert f"/reutiliser/{page.translation_key}.zip" in shown
    taken = client.get(f"/reutiliser/{page.translation_key}.zip")
    with ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
        names = archive.namelist()
        assert archive.read("texte.txt").decode() == text
        assert json.loads(archive.read("description.json"))["licence"]["code"] == "cc-by"
    assert len([name for name in names if name.startswith("documents/")]) == 2
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_what_is_reserved_or_taken_off_is_not_given(client):
    kept, gone = ArticleFactory(licence=Licence.RESERVED), ArticleFactory(licence=Licence.CC_BY)
    assert "/reutiliser/" not in client.get(kept.url).content.decode()
    gone.unpublish()
    for page in (kept, gone):
        for ending in ("txt", "zip"):
            assert client.get(f"/reutiliser/{page.translation_key}.{ending}").status_code == 404


@pytest.mark.django_db
def test_a_word_of_the_glossary_is_linked_where_a_page_first_says_it(client):
    concept = ConceptFactory(title="Tiers-lieu")
    told = "<p>Un tiers-lieu, puis deux tiers-lieux ; un Tiers-lieu encore.</p>"
    page = ArticleFactory(body=[("heading", {"text": "Le tiers-lieu", "level": "h2"}), ("paragraph", told)])
    shown = client.get(page.url).content.decode()
    assert f'Un <a class="tec-term" href="{concept.url}">tiers-lieu</a>, puis' in shown
    assert shown.count('class="tec-term"') == 1
    own = ConceptFactory(title="Agora", body=[("paragraph", "<p>L’agora est une place.</p>")])
    assert 'class="tec-term"' not in client.get(own.url).content.decode()


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>un budget participatif</p>", '<p>un <a class="tec-term" href="/b/">budget participatif</a></p>'),
        ("<p>deux budgets</p>", '<p>deux <a class="tec-term" href="/c/">budgets</a></p>'),
        ('<p><a href="/x">le budget</a></p>', '<p><a href="/x">le budget</a></p>'),
        ("<h2>Budget</h2>", "<h2>Budget</h2>"),
        ("<p>budgetaire, sous-budget</p>", "<p>budgetaire, sous-budget</p>"),
        ("<p>l'agora</p>", '<p><a class="tec-term" href="/a/">l\'agora</a></p>'),
        ('<img alt="budget"><p title="budget">rien</p>', '<img alt="budget"><p title="budget">rien</p>'),
    ],
)
def test_a_term_is_a_whole_word_of_running_text(html, linked):
    assert link_terms(html, known=KNOWN) == linked


@given(st.text(alphabet="<>/abudgetparticipatif &;'\"=", max_size=120))
def test_linking_changes_no_word_and_closes_what_it_opens(html):
    linked = link_terms(html, known=KNOWN)
    assert re.sub(r'<a class="tec-term" href="/[abc]/">(.*?)</a>', r"\1", linked) == html


@given(st.text(max_size=200))
def test_any_html_becomes_text(html):
    assert "\n\n\n" not in to_text(html)
