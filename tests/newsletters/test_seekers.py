"""« Ils cherchent »: needs that agreed to stand in the letter, and leave it by themselves."""

from __future__ import annotations

from html import unescape

import pytest

from commun.cooperation.api import NeedEnd, finish_need, show_need
from commun.cooperation.exceptions import WrongState
from commun.newsletters import api
from commun.newsletters.services.freeze import freeze, latest
from tests.cooperation.factories import make_need
from tests.library.factories import OrganisationFactory, TerritoryFactory
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def town(name: str):
    return OrganisationFactory(name=name, slug=name.lower(), kind="collectivite", territory=TerritoryFactory(name=name))


def seeks(name: str, title: str, *, shown: bool = True):
    need = make_need(title=title, organisation=town(name), in_its_name=True, text="Un secret", now=NOW)
    return show_need(need_id=need.pk, shown=True, now=NOW) if shown else need


@pytest.fixture
def theme(editor):
    return factories.filled_theme()


def compose(theme, editor):
    return api.compose_issue(theme=theme, user=editor, now=NOW)


def sought(issue):
    return next((section.value for section in issue.body if section.block_type == "seekers"), None)


def words(document: str) -> str:
    return " ".join(unescape(document).replace("\u00a0", " ").split())


def test_only_needs_that_agreed_and_are_open_stand_in_the_letter_with_their_first_line_alone(theme, editor):
    assert sought(compose(theme, editor)) is None
    seeks("Arboys", "Rouvrir l’école")
    seeks("Cormeray", "Un four à pain", shown=False)
    closed = seeks("Doux-Lieu", "Un lavoir")
    finish_need(need_id=closed.pk, end=NeedEnd.SOLVED, now=NOW)
    with pytest.raises(WrongState):  # the letter names collectivités, never a person
        show_need(need_id=make_need(title="Chez moi").pk, shown=True, now=NOW)
    issue = compose(theme, editor)
    assert [item["title"] for item in sought(issue)["items"]] == ["Rouvrir l’école"]
    documents = freeze(issue=latest(issue=issue)).documents
    for document in (documents.web, documents.email, documents.text):
        assert "Rouvrir l’école, Arboys." in words(document)
        assert "/rencontres/demander/arboys/?sujet=besoin-" in unescape(document)
        assert "Un secret" not in document


def test_whoever_no_longer_agrees_is_gone_from_the_issue_when_it_is_frozen(theme, editor):
    kept, gone = seeks("Arboys", "Rouvrir l’école"), seeks("Cormeray", "Un four à pain")
    issue = compose(theme, editor)
    assert len(sought(issue)["items"]) == 2
    show_need(need_id=gone.pk, shown=False, now=NOW)
    document = words(freeze(issue=latest(issue=issue)).documents.email)
    assert kept.title in document
    assert "Un four à pain" not in document
