"""Whoever is sent to declare a mandate comes back by one button to what she was doing."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import reverse

from commun.common import clock
from commun.territories import api
from tests.library.factories import ExperienceFactory
from tests.newsletters.factories import network

pytestmark = pytest.mark.django_db
MINE = "/mon-espace/collectivites/"
BACK = f"{MINE}revenir/"
BUTTON = "Revenir à ce que vous faisiez"
WHO = {"prenom": "Camille", "nom": "Roux", "fonction": "Maire", "territoire_texte": "Arboys en Bugey"}


@pytest.fixture(autouse=True)
def _site(register):
    network()


@pytest.fixture
def signed_in(client, camille):
    client.force_login(camille)
    return client


def link_in(page: str) -> str:
    """Where the page sends whoever has no mandate."""
    return unescape(re.search(rf'href="({MINE}\?retour=[^"]+)"', page)[1])


def test_from_a_beginning_to_the_declared_mandate_and_back(signed_in, camille, arboys, official, mailoutbox):
    begin = reverse("cooperation:start", args=[ExperienceFactory().pk])
    assert BUTTON not in signed_in.get(link_in(signed_in.get(begin).content.decode())).content.decode()
    declared = signed_in.post(f"{MINE}ajouter/", WHO, follow=True)
    mandate = declared.redirect_chain[-1][0]
    assert BUTTON in declared.content.decode()
    assert BUTTON in signed_in.get(MINE).content.decode()
    signed_in.post(f"{mandate}code/")
    code = re.search(r"^ {4}(\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    assert BUTTON in signed_in.post(f"{mandate}code/saisir/", {"code": code}, follow=True).content.decode()
    assert signed_in.get(BACK).status_code == 405
    came_back = signed_in.post(BACK, follow=True)
    assert came_back.redirect_chain == [(begin, 302)]
    assert "Arboys en Bugey" in came_back.content.decode()
    assert BUTTON not in signed_in.get(mandate).content.decode(), "used once"
    assert signed_in.post(BACK)["Location"] == MINE


def test_the_next_page_replaces_the_former_and_the_form_keeps_it_too(signed_in, camille, arboys):
    api.declare_membership(user=camille, organisation=arboys, now=clock.now())
    signed_in.get(MINE, {"retour": "/ensemble/ouvrir/"})
    signed_in.get(f"{MINE}ajouter/", {"retour": "/annuaire/?q=ain"})
    assert signed_in.post(BACK)["Location"] == "/annuaire/?q=ain"


def test_what_opens_a_round_or_asks_for_a_meeting_leads_back_to_it(signed_in, arboys):
    ask = f"{reverse('peers:ask', args=[arboys.slug])}?sujet=autre"
    for path in ("/ensemble/ouvrir/", ask):
        signed_in.get(link_in(signed_in.get(path).content.decode()))
        assert signed_in.post(BACK)["Location"] == path


@pytest.mark.parametrize(
    "forged",
    [
        "//evil.example.org",
        "//evil.example.org/annuaire/",
        "///evil.example.org/annuaire/",
        "/\\evil.example.org",
        "\\\\evil.example.org",
        "https://evil.example.org/annuaire/",
        "https:///annuaire/",
        "javascript:alert(1)",
        "/annuaire/\n//evil.example.org",
        "annuaire/",
        "/rien/de/tel.php",
        "/compte/logout/",
        "/annuaire/?q=" + "a" * 300,
        "",
    ],
)
def test_a_forged_address_gives_no_button(signed_in, camille, arboys, forged):
    made = api.declare_membership(user=camille, organisation=arboys, now=clock.now())
    for page in (MINE, f"{MINE}ajouter/"):
        assert signed_in.get(f"{page}?retour={quote(forged)}").status_code == 200
    assert BUTTON not in signed_in.get(f"{MINE}{made.pk}/").content.decode()
    assert BUTTON not in signed_in.get(MINE).content.decode()
    assert signed_in.post(BACK)["Location"] == MINE
