"""Peers meet, and look at where they stand: on a telephone, by keyboard alone, from the first page to the last mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page

from commun.common import clock
from commun.peers.models import Introduction, Round
from commun.peers.services import following, standing
from tests.browser.axe import headings_skip_a_level, violations
from tests.journeys.hands import Hands
from tests.newsletters.factories import network
from tests.peers.factories import links_in, town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _here(settings, live_server):
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    network()


@pytest.fixture
def narrow(visit, signed_in) -> Callable[..., tuple[Page, Hands]]:
    """A telephone with a keyboard, of this person, or of whoever follows a link."""

    def opened(path: str, user: Any = None) -> tuple[Page, Hands]:
        page = visit(path, width=360, **({"storage_state": signed_in(user)} if user is not None else {}))
        return page, Hands(page, keyboard=True)

    return opened


def all_may_read(page: Page, hands: Hands) -> None:
    hands.settled()
    assert violations(page) + headings_skip_a_level(page) == []


def letter_to(address: str) -> Any:
    return next(one for one in reversed(mail.outbox) if one.to == [address])


def link_in(message: Any, prefix: str) -> str:
    return next(path for path in links_in(message) if path.startswith(prefix))


def test_one_asks_two_collectivites_one_refuses_in_silence_and_one_accepts(narrow):
    _, ada = town("Arboys", population=300)
    theirs, bea = town("Bourg-Neuf", population=400)
    others, cleo = town("Cormeray", population=500)

    for asked in (theirs, others):
        page, hands = narrow(f"/annuaire/{asked.slug}/", ada)
        hands.press(page.get_by_role("link", name="Demander à rencontrer cette collectivité"))
        page.wait_for_url("**/rencontres/demander/**")
        all_may_read(page, hands)
        hands.write(page.get_by_label("Pourquoi elle"), "Vous avez rouvert votre école avec les habitants.")
        hands.press(page.get_by_role("button", name="Envoyer la demande"))
        page.get_by_text("trois semaines environ").first.wait_for()
        all_may_read(page, hands)
    waiting = page.url

    page, hands = narrow(link_in(letter_to(bea.email), "/rencontre/"))  # by the link of her mail, not signed in
    all_may_read(page, hands)
    hands.press(page.get_by_role("button", name="Pas cette fois"))
    page.get_by_text("Personne n’en est prévenu").first.wait_for()
    all_may_read(page, hands)
    assert not [one for one in mail.outbox if one.to == [ada.email]]  # a refusal waits as a silence does

    page, hands = narrow(link_in(letter_to(cleo.email), "/rencontre/"))
    hands.press(page.get_by_role("button", name="Accepter la rencontre"))
    page.get_by_text("Vous êtes en relation").wait_for()
    all_may_read(page, hands)
    assert cleo.email in letter_to(ada.email).body
    assert ada.email in letter_to(cleo.email).body

    following.follow(now=clock.now() + timedelta(days=22))
    assert set(Introduction.objects.values_list("state", flat=True)) == {"accepted", "not_this_time"}
    told = letter_to(ada.email)
    assert "pas" in told.subject.lower() + told.body.lower()
    page, hands = narrow(link_in(told, "/rencontre/"))
    page.get_by_text("Ce ne sera pas pour cette fois").wait_for()
    all_may_read(page, hands)
    page, hands = narrow(waiting, ada)
    page.get_by_text("Vous êtes en relation").wait_for()


@pytest.mark.long
def test_six_people_answer_without_a_name_and_see_together_where_they_stand(narrow):
    _, ada = town("Arboys", population=300)
    page, hands = narrow("/ensemble/ouvrir/", ada)
    all_may_read(page, hands)
    hands.write(page.get_by_label("Combien de personnes"), "6")
    hands.press(page.get_by_role("button", name="Ouvrir et voir les liens"))
    page.wait_for_url(re.compile(r"/ensemble/(?!ouvrir)"))
    all_may_read(page, hands)
    links = re.findall(r"https?://[^/\s<\"]+(/ensemble/repondre/[^\s<\"]+)", page.content())
    links = list(dict.fromkeys(links))
    assert len(links) == 6

    for number, link in enumerate(links):
        page, hands = narrow(link)
        if number == 0:
            all_may_read(page, hands)
        groups = page.locator("main fieldset")
        # The first answers all eighteen; the others those they want to.
        for index in range(groups.count() if number == 0 else 3):
            hands.tick(groups.nth(index).get_by_role("radio").nth(0))
            for _ in range(number % 3):
                page.keyboard.press("ArrowDown")
        hands.press(page.get_by_role("button", name="Donner ma réponse"))
        page.get_by_text("Merci").first.wait_for()
    all_may_read(page, hands)

    page, hands = narrow(link)
    assert page.get_by_role("button", name="Donner ma réponse").count() == 0  # a link serves once
    row = Round.objects.get()
    standing.close_due(now=row.closes_at)
    page, hands = narrow(link)  # and then shows the result to whoever had it
    page.get_by_text("6 personnes ont répondu").first.wait_for()
    all_may_read(page, hands)
    page, hands = narrow(f"/ensemble/{row.reference}/", ada)
    page.get_by_text("6 personnes ont répondu").first.wait_for()
    all_may_read(page, hands)
