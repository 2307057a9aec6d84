"""A letter is shown to a few people before it leaves; what they answer is read under it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from commun.accounts.api import MODERATION
from commun.common import clock
from commun.common.privacy import erase_person, export_person
from commun.inbound.api import receive
from commun.inbound.services import processing
from commun.inbound.types import Transport
from commun.mailing.models import Delivery, Send
from commun.newsletters import api, trial_address
from commun.newsletters.models import TrialAnswer, TrialList
from commun.newsletters.services.trials import forget_answers
from tests.newsletters import factories

pytestmark = pytest.mark.django_db
DOMAIN = "entree.example.org"


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False
    settings.INBOUND_DOMAIN = DOMAIN


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_a_list_is_written_mended_used_and_forgotten(as_editor, issue):
    new = reverse("newsletters:new_trial_list")
    wrong = as_editor.post(new, {"name": "Relecture", "addresses": "ana@example.org\npas une adresse"})
    assert wrong.status_code == 422
    assert "Pas une adresse : « pas une adresse »." in wrong.content.decode()
    assert "ana@example.org" in wrong.content.decode(), "what was typed is still there"
    as_editor.post(new, {"name": " Relecture ", "addresses": "Ana <Ana@Example.org>, bo@example.org\nana@example.org"})
    kept = TrialList.objects.get()
    assert (kept.name, kept.all) == ("Relecture", ["ana@example.org", "bo@example.org"])
    assert "déjà ce nom" in as_editor.post(new, {"name": "Relecture", "addresses": "a@example.org"}).content.decode()
    mended = {"name": "Relecture", "addresses": "ana@example.org\nbo@example.org\ncy@example.org"}
    assert (
        "3 adresses"
        in as_editor.post(reverse("newsletters:trial_list", args=[kept.pk]), mended, follow=True).content.decode()
    )

    url = reverse("newsletters:test", args=[issue.pk])
    told = as_editor.post(url, {"lists": [kept.pk], "address": "ana@example.org"}, follow=True).content.decode()
    assert "part vers 3 adresses" in told
    send = Send.objects.get(kind="test")
    assert send.message.subject.startswith("[Essai] ")
    assert send.message.headers["Reply-To"] == trial_address.answers_to(issue_id=issue.pk)
    assert sorted(Delivery.objects.filter(send=send).values_list("address", flat=True)) == kept_now()

    nobody = as_editor.post(url, {"address": ""})
    assert nobody.status_code == 422
    assert "Donnez une adresse, ou choisissez une liste." in nobody.content.decode()
    as_editor.post(reverse("newsletters:forget_trial_list", args=[kept.pk]))
    assert not TrialList.objects.exists()


def kept_now():
    return sorted(TrialList.objects.get().all)


def test_what_is_frozen_is_tried_as_it_is_and_says_that_it_is_a_trial(submitted, editor):
    frozen = submitted.submissions.get().message
    test = api.send_issue_test(issue=submitted, addresses=["essai@example.org"], user=editor)
    assert test.message.subject == f"[Essai] {frozen.subject}"
    assert (test.message.html, test.message.text) == (frozen.html, frozen.text)


def answer(issue, *, to="", words="Le deuxième lien ne mène nulle part.", more=""):
    raw = (
        f"From: Ana <ana@example.org>\r\nTo: x@{DOMAIN}\r\nSubject: Re: [Essai]\r\n{more}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\r\n> Le message\r\n"
    )
    to = to or trial_address.answers_to(issue_id=issue.pk)
    receipt = receive(
        raw=raw.encode(), mail_from="ana@example.org", recipient=to, transport=Transport.LMTP, now=clock.now()
    )
    processing.process(raw_id=receipt.raw_id, now=clock.now())


def test_what_is_answered_is_read_under_the_issue_and_no_robot_is(as_editor, issue):
    answer(issue)
    answer(issue, words="Je suis absente.", more="Auto-Submitted: auto-replied\r\n")
    kept = TrialAnswer.objects.get()
    assert (kept.issue, kept.address, kept.words) == (issue, "ana@example.org", "Le deuxième lien ne mène nulle part.")
    page = as_editor.get(reverse("newsletters:issue", args=[issue.pk])).content.decode()
    assert "Ce qu’on en a répondu" in page
    assert "Le deuxième lien ne mène nulle part." in page


def test_an_address_that_nobody_gave_is_none_of_ours(issue):
    good = trial_address.answers_to(issue_id=issue.pk)
    assert trial_address.read(good.upper()) == issue.pk
    assert trial_address.read(good.replace(f"+{issue.pk}-", f"+{issue.pk + 1}-")) is None
    assert trial_address.read(f"essai+{issue.pk}-{'0' * 16}@{DOMAIN}") is None
    assert trial_address.read(good.replace(DOMAIN, "ailleurs.example.net")) is None


def test_people_who_look_at_letters_are_exported_erased_and_forgotten(issue):
    TrialList.objects.create(name="Relecture", addresses="ana@example.org\nbo@example.org")
    TrialAnswer.objects.create(issue=issue, address="Ana@example.org", words="Bien.", at=clock.now())
    told = export_person(email="ana@example.org")["newsletters"]
    assert told["listes d’essai"] == ["Relecture"]
    assert told["réponses à des essais"][0]["mots"] == "Bien."
    assert erase_person(email="ana@example.org", now=clock.now())["newsletters"] == {
        "listes d’essai": 1,
        "réponses à des essais": 1,
    }
    assert TrialList.objects.get().all == ["bo@example.org"]
    TrialAnswer.objects.create(
        issue=issue, address="bo@example.org", words="Bien.", at=clock.now() - timedelta(days=400)
    )
    assert forget_answers(now=clock.now()) == 1


def test_the_rest_of_the_team_keeps_no_list(client):
    client.force_login(factories.member("moderatrice", MODERATION))
    for url in (reverse("newsletters:trial_lists"), reverse("newsletters:new_trial_list")):
        assert client.get(url).status_code in {302, 403}
    assert client.post(
        reverse("newsletters:new_trial_list"), {"name": "x", "addresses": "a@example.org"}
    ).status_code in {302, 403}
    assert not TrialList.objects.exists()
