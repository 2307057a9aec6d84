"""A reader says that something is wrong, without an account; she is told, at an address she proved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from commun.accounts.api import create_member
from commun.common import clock, privacy
from commun.freshness.models import Report
from commun.freshness.services.reporting import close_orphans
from commun.freshness.services.retention import forget_old
from commun.library.api import ResourcePage
from tests.freshness.conftest import filled, path_in
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db
LIST = reverse("freshness_team:index")
CAMILLE = "camille@bourg.example.org"


@pytest.fixture
def page():
    return ArticleFactory(title="Le banc public")


def reported(client, page, address: str = "", text: str = "Le chiffre de 2022 est faux.") -> str:
    """The address to come back to."""
    url = reverse("freshness:report", args=[page.pk])
    return filled(client, url, nature="outdated", texte=text, courriel=address)["Location"]


def answered(team, words: str = "", suite: str = "mended"):
    row = Report.objects.get()
    return team.post(reverse("freshness_team:answer", args=[row.pk]), {"suite": suite, "reponse": words})


def test_every_page_of_the_library_leads_to_its_form(client, page):
    assert reverse("freshness:report", args=[page.pk]) in client.get(page.url).content.decode()


def test_what_is_reported_is_answered_on_its_page_and_by_mail_once_the_address_is_confirmed(client, team, page):
    back = reported(client, page, CAMILLE)
    assert "Merci" in client.get(back).content.decode()
    (asked,) = mail.outbox
    confirm = path_in(asked, "/signalement-adresse/")
    client.get(confirm)
    assert Report.objects.get().confirmed_at is None  # a scanner opened it
    filled(client, confirm)
    assert "Le banc public" in team.get(LIST).content.decode()
    answered(team, "C’était 2023 : merci.")
    (told,) = mail.outbox[1:]
    assert told.to == [CAMILLE]
    assert "C’était 2023" in told.body
    assert "C’était 2023" in client.get(path_in(told, "/signalement/")).content.decode()
    assert "Le banc public" not in team.get(LIST).content.decode()
    assert ResourcePage.objects.get(pk=page.pk).reviewed_on == clock.today()


def test_nothing_is_mailed_to_an_address_that_did_not_confirm_and_late_is_not_never(client, team, page):
    reported(client, page, CAMILLE)
    answered(team)
    assert len(mail.outbox) == 1
    filled(client, path_in(mail.outbox[0], "/signalement-adresse/"))
    assert "c’est corrigé" in mail.outbox[1].body


def test_a_report_without_address_has_its_page(client, team, page):
    back = reported(client, page)
    assert answered(team, suite="left").status_code == 422  # why?
    answered(team, "Le chiffre est celui de l’Insee.", suite="left")
    assert "celui de l’Insee" in client.get(back).content.decode()
    assert mail.outbox == []
    row = Report.objects.get()
    team.post(reverse("freshness_team:reopen", args=[row.pk]))
    assert "Le banc public" in team.get(LIST).content.decode()


def test_what_is_typed_is_kept_when_something_is_missing(client, page):
    url = reverse("freshness:report", args=[page.pk])
    refused = filled(client, url, texte="Le chiffre est faux.", courriel="camille")
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Le chiffre est faux." in shown
    assert "Cette adresse n’est pas complète" in shown
    assert Report.objects.count() == 0


def test_one_mailbox_is_not_flooded(client, page):
    url = reverse("freshness:report", args=[page.pk])
    for number in range(5):
        reported(client, page, CAMILLE, f"Erreur n° {number}")
    assert filled(client, url, nature="error", texte="Encore", courriel=CAMILLE).status_code == 422
    assert len(mail.outbox) == 5


def test_a_form_sent_twice_is_one_report_and_one_mail(client, page):
    back = reported(client, page, CAMILLE)
    assert reported(client, page, CAMILLE) == back
    assert (Report.objects.count(), len(mail.outbox)) == (1, 1)
    # Somebody else's, of another page, of other words, or later, is another.
    reported(client, page, "autre@bourg.example.org")
    reported(client, ArticleFactory(title="Un autre"), CAMILLE)
    reported(client, page, CAMILLE, "Et celui de 2024 aussi.")
    Report.objects.update(received_at=clock.now() - timedelta(minutes=3))
    reported(client, page, CAMILLE)
    assert (Report.objects.count(), len(mail.outbox)) == (5, 5)


def test_what_is_not_wanted_is_told_to_nobody(client, team, page):
    back = reported(client, page, CAMILLE, "Achetez mes montres")
    filled(client, path_in(mail.outbox[0], "/signalement-adresse/"))
    answered(team, "Du vent.", suite="spam")
    assert len(mail.outbox) == 1
    assert "Du vent" not in client.get(back).content.decode()


def test_a_page_taken_off_line_settles_what_was_reported(client, page):
    back = reported(client, page)
    page.unpublish()
    assert close_orphans(now=clock.now()) == 1
    assert "plus en ligne" in client.get(back).content.decode()
    assert client.get(reverse("freshness:report", args=[page.pk])).status_code == 404


def test_addresses_and_reports_are_forgotten_in_time(client, team, page):
    reported(client, page, CAMILLE)
    assert "freshness" in privacy.export_person(email=CAMILLE)
    forget_old(now=clock.now() + timedelta(days=8))
    assert Report.objects.get().address == ""
    answered(team)
    forget_old(now=clock.now() + timedelta(days=366))
    assert Report.objects.count() == 0


def test_erasure_takes_her_words_and_leaves_the_page_its_report(client, page):
    reported(client, page, CAMILLE)
    privacy.erase_person(email=CAMILLE, now=clock.now())
    row = Report.objects.get()
    assert (row.address, "chiffre" in row.text) == ("", False)


def test_an_outsider_sees_none_of_it(client, page):
    reported(client, page)
    client.force_login(create_member(email="ada@bourg.example.org"))
    for url in (LIST, reverse("freshness_team:page", args=[page.pk])):
        assert client.get(url).status_code == 302
    assert answered(client).status_code == 302
    assert Report.objects.get().state == "new"
