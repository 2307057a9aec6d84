"""From the theme that a vote put first to the draft of an experience: a call, a meeting, plans, a report; by keyboard
alone, 360 px."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from commun.common import clock
from commun.cooperation.models import PlanComment, SharedProject
from commun.library.api import ExperiencePage
from commun.votes import api as votes
from tests.browser.test_starts import all_may_read, link_to
from tests.browser.test_votes import close, held  # noqa: F401  (a fixture)
from tests.cooperation.factories import editor, make_collectivite
from tests.journeys.hands import Hands
from tests.votes.factories import cast, make_open

pytestmark = pytest.mark.django_db(transaction=True)
TOWNS = ("Arboys", "Moncontour", "Plougar")


def vote_of(held: Any, parties: list[Any]) -> votes.Vote:  # noqa: F811
    """Closed: three collectivités put the same theme first, each ready to be a stakeholder."""
    drafts = [
        votes.ElectorDraft(key=body.territory.key, kind="commune", label=body.name, organisation=body.pk)
        for body, _ in parties
    ]
    vote = make_open(held, drafts=drafts)
    for elector, (_, user) in zip(votes.Elector.objects.filter(vote=vote).order_by("pk"), parties, strict=True):
        cast(user, elector, [3, 1, 0], roles=[2, 0, 0])
    held.at = vote.closes_at
    close(vote)
    return vote


def fill_in(page: Page, hands: Hands, name: str, value: str) -> None:
    """A date or an hour: reached by Tab; the order of its parts is the browser's own language."""
    field = page.locator(f"[name={name}]")
    hands.reach(field)
    field.fill(value)


def unfold(page: Page, hands: Hands, words: str) -> None:
    hands.press(page.locator("summary", has_text=words))


def enrol(page: Page) -> None:
    hands = Hands(page, keyboard=True)
    hands.press(page.get_by_role("link", name="Inscrire ma collectivité"))
    page.wait_for_url("**/participer/")
    all_may_read(page, hands)
    hands.tick(page.get_by_role("radio", name=re.compile("partie prenante")))
    hands.tick(page.get_by_role("checkbox"))
    hands.press(page.get_by_role("button", name="Inscrire ma collectivité"))
    page.get_by_role("heading", name="Parties prenantes").wait_for()
    all_may_read(page, hands)


def meet(page: Page, hands: Hands) -> None:
    """A meeting is planned, its invitation opened, and whoever is about to cancel it is told what that does."""
    unfold(page, hands, "Prévoir une réunion")
    hands.write(page.get_by_label("Objet"), "Première rencontre")
    day = timezone.localdate(clock.now()) + timedelta(days=20)
    for name, text in (("jour", day.isoformat()), ("debut", "14:00"), ("fin", "16:00")):
        fill_in(page, hands, name, text)
    hands.press(page.get_by_role("button", name="Prévoir et prévenir tout le monde"))
    page.get_by_text("Première rencontre").first.wait_for()
    all_may_read(page, hands)
    address = page.get_by_role("link", name="Ajouter à mon agenda").get_attribute("href")
    invitation = page.request.get(str(address)).text()
    starts = datetime.combine(day, time(14), timezone.get_default_timezone()).astimezone(UTC)
    assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in invitation
    assert "Première rencontre" in invitation.replace("\r\n ", "")
    hands.press(page.get_by_role("link", name="Annuler la réunion"))
    page.get_by_role("button", name="Annuler la réunion et prévenir tout le monde").wait_for()
    all_may_read(page, hands)
    hands.press(page.get_by_role("link", name="Garder la réunion"))
    page.wait_for_url("**/espace/**")


def plan(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("link", name="Tenir notre plan"))
    page.wait_for_url("**/plan/")
    hands.write(page.get_by_label("Ce que nous voulons obtenir"), "Un bourg où l’on marche.")
    hands.press(page.get_by_role("button", name="Enregistrer les objectifs"))
    page.get_by_text("C’est enregistré.").wait_for()
    hands.write(page.get_by_label("Étape", exact=True), "Compter les pas")
    hands.press(page.get_by_role("button", name="Ajouter l’étape"))
    page.get_by_text("L’étape est ajoutée.").wait_for()
    all_may_read(page, hands)


def comment(page: Page) -> None:
    hands = Hands(page, keyboard=True)
    all_may_read(page, hands)
    hands.press(page.get_by_role("link", name=re.compile("Lire et commenter.*Arboys")))
    page.wait_for_url("**/plans/**")
    hands.write(page.get_by_label("Votre commentaire"), "Chez nous, les enfants ont compté.")
    hands.press(page.get_by_role("button", name="Commenter"))
    page.get_by_text("Votre commentaire est ajouté.").wait_for()
    all_may_read(page, hands)


def report(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("button", name="Passer à la réalisation"))
    page.get_by_text("Le projet est maintenant à l’étape").wait_for()
    unfold(page, hands, "Écrire le bilan")
    hands.write(page.get_by_label("Ce qui s’est fait"), "Trois bourgs ont ouvert leurs rues le samedi.")
    hands.write(page.get_by_label("Ce qui n’a pas marché"), "La navette, trop peu prise.")
    hands.press(page.get_by_role("button", name="Terminer le projet et ouvrir le brouillon"))
    page.get_by_text("Le bilan est écrit").wait_for()


@pytest.mark.long
def test_a_theme_that_won_becomes_a_project_of_three_and_its_report_an_experience(held, visit, signed_in, settings):  # noqa: F811
    settings.STAFF_MFA_REQUIRED = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    parties = [make_collectivite(name) for name in TOWNS]
    vote = vote_of(held, parties)

    team: Any = visit("/gestion/projets/", width=360, storage_state=signed_in(editor()))
    leads = Hands(team, keyboard=True)
    leads.press(team.get_by_role("link", name="Ouvrir le projet Mobilités douces"))
    team.get_by_role("button", name="Ouvrir l’appel").wait_for()
    assert team.evaluate("document.documentElement.scrollWidth") <= 360
    leads.write(team.get_by_label("En bref"), "Aller d’un bourg à l’autre sans voiture.")
    leads.press(team.get_by_role("button", name="Ouvrir l’appel"))
    team.get_by_text("L’appel est ouvert").wait_for()
    path = f"/projets/{SharedProject.objects.get(vote=vote).slug}/"

    windows = [visit(path, width=360, storage_state=signed_in(user)) for _, user in parties]
    for page in windows:
        enrol(page)
    leads.press(team.get_by_role("link", name="Clore l’appel maintenant"))
    leads.press(team.get_by_role("button", name="Clore l’appel"))
    team.get_by_text("L’appel est clos").wait_for()

    page, peer, _ = windows
    hands = Hands(page, keyboard=True)
    page.reload()
    hands.press(page.get_by_role("link", name="Entrer dans l’espace du projet"))
    page.wait_for_url("**/espace/")
    all_may_read(page, hands)
    meet(page, hands)
    plan(page, hands)
    peer.goto(link_to(parties[1][1].email, "/projets/"))  # by the mail that tells of the meeting
    comment(peer)
    assert PlanComment.objects.get().plan.engagement.organisation == parties[0][0]

    report(team, leads)
    draft = ExperiencePage.objects.get()
    assert not draft.live
    assert sorted(one.name for one in draft.organisations.all()) == sorted(TOWNS)
    leads.press(team.get_by_role("link", name=re.compile("Ouvrir le bilan")))
    team.get_by_role("heading", name="Mobilités douces").first.wait_for()
    page.goto(path)
    page.get_by_text("Trois bourgs ont ouvert leurs rues").first.wait_for()
    all_may_read(page, hands)
