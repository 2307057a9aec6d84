"""What one town's story set off: begun, asked about, told in its turn, and linked; by keyboard alone, 360 px."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page

from commun.common import clock
from commun.contributions.models import Contribution
from commun.contributions.services import deciding
from commun.cooperation.models import Start
from commun.cooperation.services import asking
from commun.library.api import ExperiencePage
from tests.browser.axe import headings_skip_a_level, violations
from tests.contributions.factories import moderator
from tests.journeys.hands import Hands
from tests.library.factories import ExperienceFactory
from tests.newsletters.factories import network
from tests.peers.factories import links_in, town

pytestmark = pytest.mark.django_db(transaction=True)


QUESTIONS = {
    "Ce que nous avons fait": "Nous avons fermé la rue trois samedis.",
    "Ce que cela a demandé": "Deux agents.",
    "Ce que cela a changé": "Vingt voisins se parlent.",
    "D’où viennent ces chiffres": "Notre comptage.",
    "Ce qui n’a pas marché": "La pluie du premier samedi.",
    "Ce que nous dirions à d’autres": "Prévenir tôt.",
}


def all_may_read(page: Page, hands: Hands) -> None:
    hands.settled()
    assert violations(page) + headings_skip_a_level(page) == []


def choose(page: Page, hands: Hands, name: str) -> None:
    """Tab leads to what is chosen already; arrows, from there to another."""
    wanted = page.get_by_role("radio", name=name)
    hands.tick(wanted.locator("xpath=ancestor::fieldset[1]").locator("input:checked"))
    for _ in range(8):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(name)


def link_to(address: str, prefix: str) -> str:
    message = next(one for one in reversed(mail.outbox) if one.to == [address])
    return next(path for path in links_in(message) if path.startswith(prefix))


def tell(page: Page, hands: Hands, address: str) -> None:
    """The form, step by step, then the button of the mail that proves the address."""
    hands.write(page.get_by_label("Titre"), "À Arboys, la rue est à tous")
    hands.write(page.get_by_label("En bref"), "Trois samedis, vingt voisins, une rue.")
    for question, answer in QUESTIONS.items():
        hands.write(page.get_by_label(question), answer)
    page.look("story-questions")
    for step in ("ou", "fichiers", "vous"):
        hands.press(page.get_by_role("button", name="Continuer", exact=True))
        page.wait_for_url(f"**/{step}/")
        all_may_read(page, hands)
        if step == "fichiers":
            hands.tick(page.get_by_role("radio").first)
            hands.tick(page.get_by_role("checkbox", name="le droit de partager"))
    hands.write(page.get_by_label("Votre nom"), "Ada Arboys")
    hands.write(page.get_by_role("main").get_by_label("Votre adresse électronique"), address)
    hands.press(page.get_by_role("button", name="Continuer", exact=True))
    page.wait_for_url("**/relire/")
    hands.press(page.get_by_role("button", name="Envoyer", exact=True))
    page.wait_for_url(lambda url: "/relire/" not in url)
    all_may_read(page, hands)
    page.goto(link_to(address, "/contribuer/confirmer/"))
    hands.press(page.get_by_role("main").get_by_role("button").first)
    page.get_by_role("heading", name="Merci, c’est transmis").wait_for()


def test_a_story_is_begun_after_asked_about_given_back_and_linked(visit, signed_in, settings, live_server):
    settings.SITE_URL, settings.STAFF_MFA_REQUIRED = live_server.url, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    network()
    ancestor = ExperienceFactory(title="À Grenoble, les voisins refont la rue")
    _, ada = town("Arboys", population=300)

    page: Any = visit(ancestor.get_url(), width=360, storage_state=signed_in(ada))
    hands = Hands(page, keyboard=True)
    hands.press(page.get_by_role("link", name="Nous voulons le faire").first)
    page.wait_for_url("**/nous-le-faisons/**")
    all_may_read(page, hands)
    hands.press(page.get_by_role("button", name="Enregistrer"))
    page.get_by_role("heading", name="Votre démarche").wait_for()
    all_may_read(page, hands)

    asking.ask_how_it_goes(now=clock.now() + timedelta(days=100))
    asking.ask_how_it_goes(now=clock.now() + timedelta(days=190))
    assert Start.objects.get().asked == 2
    page = visit(link_to(ada.email, "/demarche/"), width=360)  # by the link of the mail, not signed in
    hands = Hands(page, keyboard=True)
    all_may_read(page, hands)
    choose(page, hands, "Mené à bien")
    hands.write(page.locator("textarea"), "La rue est refaite, et la fête est fixée.")
    hands.press(page.get_by_role("button", name="Envoyer"))
    hands.press(page.get_by_role("link", name="Raconter notre expérience"))
    page.wait_for_url("**/contribuer/**")
    all_may_read(page, hands)
    tell(page, hands, ada.email)

    row = Contribution.objects.get()
    assert row.fields["start_of"] == Start.objects.get().reference
    assert all(answer in row.text for answer in QUESTIONS.values())
    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())
    story = ExperiencePage.objects.get(title="À Arboys, la rue est à tous")
    story.credit = "Ville d’Arboys"  # what the editor adds: the licence asks for it
    story.save_revision().publish()
    assert any("À Arboys" in one.subject and one.to == [ada.email] for one in mail.outbox)  # told that it is on line
    page.goto(ancestor.get_url())
    page.get_by_role("link", name="À Arboys, la rue est à tous").first.wait_for()
    all_may_read(page, hands)
