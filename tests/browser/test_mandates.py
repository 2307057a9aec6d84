"""A small commune from nothing to its ballot: an account with a free mailbox, two words from the town hall, a vote."""

from __future__ import annotations

import re
from datetime import date

import pytest

from commun.accounts.api import MODERATION, create_member
from commun.common import clock
from commun.common import clock as common_clock
from commun.territories import api as territories
from commun.territories.models import OfficialAddress
from commun.votes import registry
from tests.browser.test_spine import sign_in
from tests.browser.test_votes import MIDDLE, Held, fill_by_keyboard, looked_at
from tests.newsletters.factories import network
from tests.territories.conftest import register  # noqa: F401  (a fixture)
from tests.territories.factories import make_mandate
from tests.votes.factories import DRAFTS, make_open

CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)
WORDS = re.compile(r"^ {4}([a-z]+-[a-z]+)$", re.MULTILINE)


@pytest.fixture
def arboys(register, settings, live_server):  # noqa: F811
    settings.SITE_URL = live_server.url
    settings.STAFF_MFA_REQUIRED = False
    network()
    place = territories.get_by_key(key="commune:01015")
    OfficialAddress.objects.create(
        territory=place,
        email="mairie.arboys@example.org",
        domain="example.org",
        source="essai",
        dated=date(2026, 1, 1),
    )
    return place


@pytest.fixture
def held(monkeypatch):
    held = Held()
    monkeypatch.setattr(common_clock, "now", lambda: held.at)
    monkeypatch.setattr(common_clock, "database_now", lambda: held.at)
    monkeypatch.setattr(registry, "_electorate", [lambda kinds: DRAFTS])
    return held


def sign_up(page, email, mailoutbox) -> None:
    page.goto("/compte/signup/")
    page.locator("main input[name=email]").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.locator("main input[name=code]").fill(CODE.search(mailoutbox[-1].body)[1])
    page.look("inscription-code")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/mon-espace/")


def test_a_small_commune_signs_up_proves_its_mandate_and_votes(arboys, held, visit, mailoutbox):
    vote = make_open(held)
    held.at = MIDDLE
    page = visit("/compte/signup/")
    problems = looked_at(page)
    page.look("inscription")
    sign_up(page, "mairie.de.chez.nous@gratuit.example.org", mailoutbox)
    problems += looked_at(page)
    page.look("mon-espace-vide")
    page.get_by_role("link", name="Ajouter ma collectivité").click()
    problems += looked_at(page)
    page.get_by_role("combobox", name=re.compile("Votre collectivité")).press_sequentially("Arboys")
    page.get_by_role("option", name=re.compile("Arboys en Bugey")).click()
    page.get_by_label("Votre prénom").fill("Camille")
    page.get_by_label("Votre nom", exact=True).fill("Roux")
    page.get_by_label("Votre fonction").fill("Secrétaire de mairie")
    page.look("ma-collectivite")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("Il reste à prouver").wait_for()
    problems += looked_at(page)
    page.look("prouver")
    page.get_by_role("button", name="Envoyer le code").click()
    page.get_by_text("Le message est parti").wait_for()
    problems += looked_at(page)
    page.get_by_label(re.compile("deux mots")).fill("lune soleil")
    page.get_by_role("button", name="Valider").click()
    page.get_by_text("Il reste 4 essais").first.wait_for()
    problems += looked_at(page)
    page.look("mauvais-code")
    assert mailoutbox[-1].to == ["mairie.arboys@example.org"]
    page.get_by_label(re.compile("deux mots")).fill(WORDS.search(mailoutbox[-1].body)[1])
    page.get_by_role("button", name="Valider").press("Enter")
    page.get_by_text("La collectivité l’a confirmé").wait_for()
    problems += looked_at(page)
    page.look("prouve")
    page.goto("/mon-espace/")
    problems += looked_at(page)
    page.look("mon-espace")
    page.get_by_role("link", name=vote.title).first.click()  # asked of her now, and among the votes
    fill_by_keyboard(page)
    page.get_by_role("button", name="Déposer le bulletin").press("Enter")
    page.get_by_text("Le bulletin est dans l’urne.").wait_for()
    for path in ("/annuaire/", "/annuaire/arboys-en-bugey-ain/", "/mon-espace/mes-donnees/", "/compte/sessions/"):
        page.goto(path)
        problems += looked_at(page)
        page.look(path.strip("/").replace("/", "-"))
    assert problems == []


def test_the_other_ways_and_the_referents_word_are_readable(arboys, visit, mailoutbox):
    organisation = territories.organisation_of(territory=arboys)
    camille = create_member(email="camille@example.org", first_name="Camille", last_name="Roux")
    held = make_mandate(user=camille, organisation=organisation, now=clock.now())
    other = create_member(email="dominique@example.org", first_name="Dominique", last_name="Bel")
    waiting = territories.declare_membership(user=other, organisation=organisation, role="Adjointe", now=clock.now())
    territories.prove_membership(
        membership=waiting,
        level=territories.MandateLevel.M2,
        method=territories.MandateMethod.CODE,
        now=clock.now(),
    )
    page = visit("/mon-espace/")
    sign_in(page, "camille@example.org", mailoutbox)
    problems = []
    base = f"/mon-espace/collectivites/{held.pk}"
    for path in (f"{base}/", f"{base}/verification/", f"{base}/lettre/", f"{base}/quitter/"):
        page.goto(path)
        problems += looked_at(page)
        page.look("camille" + path.replace(str(held.pk), "").strip("/").replace("/", "-"))
    page.goto("/mon-espace/collectivites/ajouter/hors-registre/")
    page.get_by_role("button", name="Continuer").click()
    problems += looked_at(page)
    page.look("hors-registre")
    page.goto("/mon-espace/collectivites/")
    problems += looked_at(page)
    page.look("accord")
    page.get_by_role("button", name="Accepter Dominique Bel").press("Enter")
    page.get_by_text("la personne est prévenue").wait_for()
    assert problems == []


def test_the_moderations_checklist_is_readable(arboys, visit, mailoutbox):
    create_member(email="moderation@example.org", groups=(MODERATION,))
    camille = create_member(email="camille@example.org", first_name="Camille", last_name="Roux")
    made = territories.declare_membership(
        user=camille, organisation=territories.organisation_of(territory=arboys), role="Maire", now=clock.now()
    )
    request = territories.ask_check(
        membership_id=made.pk,
        user=camille,
        kind=territories.RequestKind.CHECK,
        message="Standard : 04 00 00 00 00",
        now=clock.now(),
    )
    territories.register_organisation(name="Syndicat des eaux", kind="syndicat", siren="732829320")
    page = visit("/gestion/mandats/")
    sign_in(page, "moderation@example.org", mailoutbox)
    for name, path in (("moderation", ""), ("moderation-demande", f"demandes/{request.pk}/")):
        page.goto(f"/gestion/mandats/{path}")
        page.look(name)
    page.get_by_label("Ce qui a été vérifié").fill("Rappelé le standard")
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("Mandat vérifié").wait_for()
    assert territories.memberships_of(user=camille, at=clock.now())
