"""What one takes away of a resource, and words explained where they are first said."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.cms.api import Licence
from commun.library.api import ExperienceFigure, ResourceDocument
from commun.website.glossary import link_terms, terms
from commun.website.reuse import to_text
from tests.agenda.factories import EventFactory, NewsFactory
from tests.cms.factories import DocumentFactory, ImageFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    ThemeFactory,
)

_LIST = "<ul><li>un</li><li>deux</li></ul>"
KNOWN = terms({"Budget participatif": "/b/", "Budget": "/c/", "L’agora": "/a/"})


@pytest.mark.django_db
def test_a_resource_is_taken_as_text_and_as_one_file(client):
    page = ExperienceFactory(
        title="Le four à pain", contributor=OrganisationFactory(name="Ville d’Exemple"), licence=Licence.CC_BY,
        means_cost="Moins de 5 000 € <hors taxes>", what_failed="<p>La première réunion était vide.</p>",
        body=[
            ("heading", {"text": "Comment s’y prendre", "level": "h2"}), ("paragraph", _LIST),
            ("image", {"image": ImageFactory(), "caption": "Le fournil"}),
        ],
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


def _taken(client, page) -> tuple[str, list[str]]:
    """The text, and the names of the documents of the file."""
    text = client.get(f"/reutiliser/{page.translation_key}.txt").content.decode()
    taken = client.get(f"/reutiliser/{page.translation_key}.zip")
    with ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
        assert archive.read("texte.txt").decode() == text
        return text, [name for name in archive.namelist() if name.startswith("documents/")]


@pytest.mark.django_db
def test_a_kit_is_taken_with_its_sheets_and_their_documents(client):
    document = DocumentFactory()
    kit = KitFactory(title="Dix gestes", licence=Licence.CC_BY, contributor=OrganisationFactory(name="Ville d’Exemple"))
    kit.documents = [ResourceDocument(document=document)]
    kit.save()
    placed = ("documents", {"title": "", "items": [{"document": DocumentFactory()}, {"document": document}]})
    first = SheetFactory(
        parent=kit, title="Inviter", summary="Qui, comment.", body=[("paragraph", "<p>Passez le mot.</p>"), placed]
    )
    SheetFactory(parent=kit, title="Accueillir", body=[("paragraph", "<p>Ouvrez la porte.</p>")])
    SheetFactory(parent=kit, title="Pas encore", live=False)
    text, documents = _taken(client, kit)
    told = ["Inviter\n=======", "Qui, comment.", "Passez le mot.", "Accueillir\n==========", "Ouvrez la porte."]
    assert [text.index(one) for one in told] == sorted(text.index(one) for one in told)
    assert "Pas encore" not in text
    assert len(documents) == 2  # the one that is given twice, once

    alone = client.get(f"/reutiliser/{first.translation_key}.txt").content.decode()
    assert "Passez le mot." in alone
    assert "Ouvrez la porte." not in alone
    mention = f"« Inviter », fiche de « Dix gestes », Ville d’Exemple, {first.first_published_at.year}, CC BY 4.0"
    assert mention in alone.replace("\u00a0", " ")
    shown = client.get(first.url).content.decode()
    assert 'rel="license"' in shown
    assert mention in shown.replace("\u00a0", " ")
    assert f"/reutiliser/{first.translation_key}.txt" in shown
    assert f"/reutiliser/{kit.translation_key}.zip" in shown


@pytest.mark.django_db
def test_a_sheet_is_not_given_where_its_kit_is_not(client):
    reserved = SheetFactory(parent=KitFactory(licence=Licence.RESERVED))
    kit = KitFactory(licence=Licence.CC_BY, credit="La rédaction")
    gone = SheetFactory(parent=kit)
    assert "/reutiliser/" not in client.get(reserved.url).content.decode()
    type(kit).objects.filter(pk=kit.pk).update(live=False)
    for sheet in (reserved, gone):
        assert client.get(f"/reutiliser/{sheet.translation_key}.txt").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [ArticleFactory, ConceptFactory, ExperienceFactory, GuideFactory])
def test_documents_placed_in_the_text_are_taken_with_it(client, factory):
    placed = ("documents", {"title": "", "items": [{"document": DocumentFactory()}, {"document": DocumentFactory()}]})
    page = factory(licence=Licence.CC_BY, body=[placed])
    _, documents = _taken(client, page)
    assert len(documents) == len(set(documents)) == 2


@pytest.mark.django_db
def test_figures_that_one_takes_keep_their_date(client):
    page = ExperienceFactory(licence=Licence.CC_BY)
    page.figures = [ExperienceFigure(value="42", label="personnes venues", source="La mairie", date=date(2026, 3, 12))]
    page.save()
    text, _ = _taken(client, page)
    assert "- 42 personnes venues (La mairie, 12\u00a0mars 2026)" in text.replace("12 mars", "12\u00a0mars")


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


@pytest.mark.django_db
def test_a_word_of_the_glossary_is_linked_in_whatever_is_read_at_length(client):
    concept = ConceptFactory(title="Tiers-lieu")
    told = "<p>Un tiers-lieu, puis deux tiers-lieux.</p>"
    body = [("paragraph", told)]
    pages = [
        EventFactory(body=body),
        NewsFactory(body=body),
        ThemeFactory(introduction=told),
        SheetFactory(parent=KitFactory(), body=body),
    ]
    for page in pages:
        shown = client.get(page.url).content.decode()
        assert shown.count(f'<a class="tec-term" href="{concept.url}">') == 1, page


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>un budget participatif</p>", '<p>un <a class="tec-term" href="/b/">budget participatif</a></p>'),
        ("<p>deux budgets</p>", '<p>deux <a class="tec-term" href="/c/">budgets</a></p>'),
        ('<p><a href="/x">le budget</a></p>', '<p><a href="/x">le budget</a></p>'),
        ("<h2>Budget</h2>", "<h2>Budget</h2>"),
        ("<p>budgetaire, sous-budget</p>", "<p>budgetaire, sous-budget</p>"),
        ("<p>l'agora</p>", '<p><a class="tec-term" href="/a/">l\'agora</a></p>'),
        ("<p>cette agora</p>", '<p>cette <a class="tec-term" href="/a/">agora</a></p>'),
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
