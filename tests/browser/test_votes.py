"""A vote in a browser: read, grade by keyboard, review, cast, replace, then check the receipt once it is closed."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from commun.common import clock as common_clock
from commun.votes import api, registry
from tests.browser.axe import headings_skip_a_level, violations
from tests.browser.test_spine import sign_in
from tests.newsletters.factories import network
from tests.votes.factories import CLOSES, DRAFTS, OPENS, cast, elector_of, make_member, make_open

MIDDLE = OPENS.replace(day=10)


class Held:
    at: datetime = OPENS


@pytest.fixture
def held(monkeypatch, settings, live_server):
    settings.SITE_URL = live_server.url
    network()
    held = Held()
    monkeypatch.setattr(common_clock, "now", lambda: held.at)
    monkeypatch.setattr(common_clock, "database_now", lambda: held.at)
    monkeypatch.setattr(registry, "_electorate", [lambda kinds: DRAFTS])
    return held


def looked_at(page) -> list[str]:
    """What axe, the order of headings and a narrow window have to say."""
    problems = violations(page) + headings_skip_a_level(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    problems += violations(page) + ([f"{page.url} is {wide} px wide"] if wide > 360 else [])
    page.set_viewport_size(size)
    return problems


def fill_by_keyboard(page) -> None:
    """The first choice of each proposition, then arrows: the highest grade is the first of its list."""
    for number, downs in ((1, 0), (2, 1), (3, 3)):
        page.locator(f"input[name=mention-{number}]").first.focus()
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Relire avant de déposer").press("Enter")
    page.get_by_role("heading", name=re.compile("Relire le bulletin")).wait_for()


def close(vote) -> None:
    if api.close_vote(vote_id=vote.pk).state == api.VoteState.CLOSED:
        api.publish_draw(vote_id=vote.pk, public_value="4 8 15 16 23 42")


def test_a_small_commune_votes_replaces_and_checks_its_receipt(held, visit, mailoutbox):
    vote = make_open(held)
    make_member(elector_of(vote))
    for rank, grades in ((1, [3, 3, 0]), (2, [2, 2, 0])):
        cast(make_member(elector_of(vote, rank), f"p{rank}@example.org"), elector_of(vote, rank), grades)
    held.at = MIDDLE
    page = visit("/votes/")
    sign_in(page, "camille@example.org", mailoutbox)
    page.goto("/votes/")
    page.get_by_role("link", name=vote.title).click()
    problems = looked_at(page)
    page.get_by_role("link", name=re.compile("Voter au nom d’Arboys")).click()
    problems += looked_at(page)
    page.get_by_role("button", name="Relire avant de déposer").click()
    page.get_by_text("Choisissez une mention.").first.wait_for()
    problems += looked_at(page)
    fill_by_keyboard(page)
    problems += looked_at(page)
    assert page.get_by_role("row", name=re.compile("Mobilités douces")).get_by_text("Prioritaire").count() == 1
    page.get_by_role("button", name="Déposer le bulletin").press("Enter")
    page.get_by_text("Le bulletin est dans l’urne.").wait_for()
    problems += looked_at(page)
    first = urlsplit(page.url).path

    page.goto(f"/votes/{vote.slug}/")
    page.get_by_role("link", name=re.compile("Remplacer le bulletin")).click()
    fill_by_keyboard(page)
    page.get_by_role("button", name="Déposer le bulletin").click()
    page.wait_for_url(lambda url: "/recu/" in url)
    number, commitment = urlsplit(page.url).path.strip("/").split("/")[-2:]

    held.at = CLOSES
    close(vote)
    page.goto(f"/votes/{vote.slug}/verifier/")
    problems += looked_at(page)
    page.get_by_label("Numéro du reçu").fill(number)
    page.get_by_label("Empreinte du bulletin").fill(commitment)
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_text("il a été compté").wait_for()
    page.goto(first)
    page.get_by_text("l’a remplacé").wait_for()
    for path in ("proces-verbal/", "bulletins/", ""):
        page.goto(f"/votes/{vote.slug}/{path}")
        problems += looked_at(page)
    assert page.locator("svg.tec-bar").count() == 3
    assert problems == []
