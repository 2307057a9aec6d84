"""A reader without an account says that a figure is out of date; the page is corrected; she is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from commun.common import clock
from commun.library.api import ArticlePage
from tests.browser.axe import headings_skip_a_level, violations
from tests.contributions.factories import moderator
from tests.library.factories import ArticleFactory
from tests.newsletters.factories import network

pytestmark = pytest.mark.django_db(transaction=True)


def path_in(message: Any, prefix: str) -> str:
    found = re.search(rf"https?://[^/\s]+({prefix}\S+)", message.body)
    assert found, message.body
    return found[1]


def problems(page: Any, **where: str) -> list[str]:
    return violations(page, **where) + ([] if where else headings_skip_a_level(page))


def test_what_is_out_of_date_is_reported_corrected_and_told_by_keyboard(visit, signed_in, live_server, settings):
    settings.STAFF_MFA_REQUIRED = False
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    network()
    article = ArticleFactory(title="Le banc public", body=[("paragraph", "<p>Il coûte 300 €.</p>")])

    page = visit(article.get_url(), width=360)
    page.get_by_role("link", name="Signaler un problème").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Signaler un problème").wait_for()
    assert problems(page) == []
    page.get_by_role("radio", name="C’est dépassé").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Il coûte 450 € depuis janvier.")
    page.keyboard.press("Tab")
    page.keyboard.type("camille@bourg.example.org")
    page.keyboard.press("Enter")
    page.get_by_text("la rédaction va le lire").wait_for()
    assert problems(page) == []
    page.goto(path_in(mail.outbox[0], "/signalement-adresse/"))
    page.get_by_role("button", name="Confirmer cette adresse").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Elle vous arrivera aussi par courriel").wait_for()

    team = visit("/gestion/a-verifier/", storage_state=signed_in(moderator()), height=1600)
    assert problems(team, within=".contrib") == []
    team.get_by_role("link", name="Le banc public").click()
    team.get_by_text("Il coûte 450 € depuis janvier.").wait_for()
    assert problems(team, within=".contrib") == []
    team.get_by_label("C’est corrigé").check()
    team.get_by_label("Votre réponse").fill("Merci : la page dit maintenant 450 €.")
    team.get_by_role("button", name="Répondre").click()
    team.get_by_text("La personne est prévenue").wait_for()

    page.goto(path_in(mail.outbox[1], "/signalement/"))
    page.get_by_text("la page dit maintenant 450 €").wait_for()
    assert ArticlePage.objects.get(pk=article.pk).reviewed_on == clock.today()
    page.goto(article.get_url())
    page.get_by_text("Vérifié le").wait_for()
