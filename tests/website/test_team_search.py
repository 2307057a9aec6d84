"""One search for the team: pages, contributions, people, collectivités, sends, each for whoever may see it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, create_member
from commun.finding.api import rebuild
from tests.contributions.factories import given
from tests.library.factories import ExperienceFactory, OrganisationFactory
from tests.subscribers.factories import make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _search(words, *groups):
        client.force_login(create_member(email=f"{'-'.join(groups)}-{len(words)}@example.org", groups=groups))
        return client.post(reverse("team_search"), {"mots": words}).content.decode()

    return _search


@pytest.fixture(autouse=True)
def _things(db):
    ExperienceFactory(title="Un chantier participatif")
    ExperienceFactory(title="Chantier encore secret", live=False)
    OrganisationFactory(name="Chantiers de Bretagne")
    given(title="Notre chantier d’insertion")
    make_subscriber(address="chantier@mairie.example.org")
    rebuild(progress=lambda *done: None)


def test_it_finds_what_one_may_see_and_nothing_else(search):
    editor = search("chantié", REDACTION)
    assert "Un chantier participatif" in editor
    editor = search("chantier", REDACTION)
    for words in ("Un chantier participatif", "Chantier encore secret", "brouillon"):
        assert words in editor
    assert "chantier@mairie" not in editor
    moderator = search("chantier", MODERATION)
    assert "Notre chantier d’insertion" in moderator
    assert "chantier@mairie" not in moderator
    operator = search("chantier", EXPLOITATION)
    assert "chantier@mairie.example.org" in operator
    assert "Notre chantier d’insertion" not in operator


def test_what_is_typed_stands_in_no_address(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="e@example.org", groups=(EXPLOITATION,)))
    url = reverse("team_search")
    assert "chantier@mairie" not in client.get(url, {"mots": "chantier"}).content.decode()
    today = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "csrfmiddlewaretoken" in today.partition('role="search"')[2].partition("</form>")[0]


@pytest.mark.parametrize("odd", ["", "a", "\0\0\0", "%%%", "' OR 1=1 --", "é" * 300, "🎉🎉", "a" * 100_000])
def test_whatever_is_typed_it_answers(search, odd):
    assert "Chercher" in search(odd, REDACTION, MODERATION, EXPLOITATION)


def test_a_stranger_finds_nothing(client):
    assert client.post(reverse("team_search"), {"mots": "chantier"}).status_code == 302
