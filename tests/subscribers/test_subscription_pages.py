from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.core import mail

from commun.common import clock
from commun.mailing import tokens
from commun.mailing.models import Suppression
from commun.mailing.services import suppression
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services import subscriptions
from commun.subscribers.types import SubscriberState
from tests.subscribers.factories import link, make_subscriber, make_topic
from tests.subscribers.pages import everything, read, submit

pytestmark = pytest.mark.django_db
FORM = "/abonnement/"
ASKED = "Si cette adresse peut recevoir la lettre, un message vient d’y partir."


def _confirm_path() -> str:
    body = mail.outbox[-1].body
    return next(line for line in body.splitlines() if "/abonnement/confirmation/" in line).split("8000")[1]


def test_the_form_is_labelled_and_shows_the_exact_consent(visitor):
    make_topic(name="Le passage à l’action")
    response = visitor.get(FORM)
    read(response).assert_accessible()
    assert not response.cookies
    submit(visitor, FORM, email="Camille@Example.org", preference="every_issue")
    proof = ConsentEvent.objects.get(kind="requested")
    assert proof.wording.text in html.unescape(response.content.decode())


def test_asking_then_confirming_makes_an_active_subscriber_with_its_proofs(visitor):
    response = submit(visitor, FORM, email=" Camille@Example.org ")
    assert response.status_code == 200
    assert ASKED in response.content.decode()
    camille = Subscriber.objects.get(address="camille@example.org")
    assert camille.state == SubscriberState.PENDING
    (message,) = mail.outbox
    assert message.to == ["camille@example.org"]
    assert message.alternatives[0].mimetype == "text/html"
    path = _confirm_path()
    assert path in message.alternatives[0].content
    page = visitor.get(path)
    assert page.status_code == 200
    assert visitor.post(path).status_code == 200
    assert visitor.post(path).status_code == 200  # a double click
    camille.refresh_from_db()
    assert camille.state == SubscriberState.ACTIVE
    assert list(ConsentEvent.objects.values_list("kind", flat=True)) == ["requested", "confirmed"]


def test_chosen_themes_are_kept_through_confirmation(visitor):
    chosen, _ = make_topic(slug="action"), make_topic(slug="jeunesse")
    submit(visitor, FORM, email="camille@example.org", preference="chosen_topics", topics=["action"])
    visitor.post(_confirm_path())
    camille = Subscriber.objects.get()
    assert (camille.preference, list(camille.topics.all())) == ("chosen_topics", [chosen])


def test_every_address_gets_the_same_page_byte_for_byte_and_no_cookie(visitor):
    now = clock.now()
    for state in SubscriberState:
        make_subscriber(address=f"{state}@example.org", state=state)
    for reason in SuppressionReason:
        suppression.suppress(reason=reason, address=f"{reason}@example.org", now=now)
    addresses = ["new", *SubscriberState, *SuppressionReason]
    answers = [submit(visitor, FORM, email=f"{who}@example.org") for who in addresses]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)
    assert not visitor.cookies


@pytest.mark.parametrize(
    ("state", "subject"),
    [("pending", "Confirmez"), ("unsubscribed", "Confirmez"), ("active", "Vous recevez déjà")],
)
def test_the_mail_fits_the_case(visitor, state, subject):
    make_subscriber(address="camille@example.org", state=SubscriberState(state))
    submit(visitor, FORM, email="camille@example.org")
    assert [message.subject.startswith(subject) for message in mail.outbox] == [True]


@pytest.mark.parametrize("reason", [SuppressionReason.HARD_BOUNCE, SuppressionReason.MANUAL])
def test_nothing_is_sent_where_nothing_may_be_sent(visitor, reason):
    make_subscriber(address="camille@example.org")
    suppression.suppress(reason=reason, address="camille@example.org", now=clock.now())
    submit(visitor, FORM, email="camille@example.org")
    assert mail.outbox == []


def test_nobody_is_bombarded_through_the_form(visitor):
    answers = {submit(visitor, FORM, email="camille@example.org").content for _ in range(6)}
    assert len(answers) == 1
    assert len(mail.outbox) == 3
    submit(visitor, FORM, email="autre@example.org")
    assert len(mail.outbox) == 4


def test_a_form_posted_from_another_site_is_refused(visitor):
    response = visitor.post(FORM, {"email": "camille@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("email", ["", "camille", "camille@", "a b@example.org", "camille@example.org\r\nBcc: x@y.fr"])
def test_an_address_that_is_none_is_explained_and_kept_as_typed(visitor, email):
    make_topic(slug="action")
    response = submit(visitor, FORM, email=email, preference="chosen_topics", topics=["action"])
    page = read(response)
    page.assert_accessible()
    assert not mail.outbox
    (field,) = [attrs for attrs in page.all("input") if attrs.get("name") == "email"]
    assert (field.get("value") or "") == email.strip().replace("\r\n", "\n").replace("\n", "") or email in (
        field.get("value") or ""
    )
    assert field["aria-invalid"] == "true"
    assert "id_email_error" in field["aria-describedby"].split()
    assert "#id_email" in [attrs.get("href") for attrs in page.all("a")]
    (summary,) = [attrs for attrs in page.all("div") if attrs.get("id") == "erreurs"]
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    checked = {attrs["value"] for attrs in page.all("input") if "checked" in attrs}
    assert checked == {"chosen_topics", "action"}


def test_chosen_themes_without_any_chosen_are_an_error_tied_to_the_group(visitor):
    make_topic(slug="action")
    response = submit(visitor, FORM, email="camille@example.org", preference="chosen_topics")
    page = read(response)
    page.assert_accessible()
    assert "#id_topics" in [attrs.get("href") for attrs in page.all("a")]
    assert 'value="camille@example.org"' in response.content.decode()


def test_a_robot_and_a_missing_stamp_are_refused_and_lose_nothing(visitor):
    robot = submit(visitor, FORM, email="camille@example.org", site_internet="https://example.org")
    bare = visitor.post(FORM, {"email": "camille@example.org"})
    for response in (robot, bare):
        assert 'value="camille@example.org"' in response.content.decode()
    assert not Subscriber.objects.exists()


def test_looking_changes_nothing(visitor):
    pending = make_subscriber(state=SubscriberState.PENDING)
    before = everything()
    for path in (FORM, link(purpose=tokens.CONFIRM, subscriber=pending), "/preferences/"):
        for method in (visitor.get, visitor.head):
            assert method(path).status_code == 200
    assert everything() == before


def test_a_confirmation_link_dies_with_the_request(visitor):
    old = clock.now() - subscriptions.UNCONFIRMED_KEPT - timedelta(hours=1)
    pending = make_subscriber(state=SubscriberState.PENDING, now=old)
    path = link(purpose=tokens.CONFIRM, subscriber=pending)
    assert (visitor.get(path).status_code, visitor.post(path).status_code) == (410, 410)
    subscriptions.purge_unconfirmed(now=clock.now())
    response = visitor.get(path)
    assert response.status_code == 410
    assert "/abonnement/" in response.content.decode()
    assert not Subscriber.objects.exists()


def test_an_old_confirmation_link_brings_back_nobody_who_left_since(visitor):
    gone = make_subscriber(state=SubscriberState.UNSUBSCRIBED)
    assert visitor.post(link(purpose=tokens.CONFIRM, subscriber=gone)).status_code == 410
    gone.refresh_from_db()
    assert gone.state == SubscriberState.UNSUBSCRIBED


def test_whoever_left_comes_back_through_the_form(visitor):
    gone = make_subscriber(address="camille@example.org", state=SubscriberState.UNSUBSCRIBED)
    submit(visitor, FORM, email="camille@example.org")
    gone.refresh_from_db()
    assert gone.state == SubscriberState.UNSUBSCRIBED
    visitor.post(_confirm_path())
    gone.refresh_from_db()
    assert gone.state == SubscriberState.ACTIVE
    assert ConsentEvent.objects.filter(kind="returned").count() == 1


def test_confirming_lifts_an_erasure_but_not_a_decision_of_the_team(visitor):
    pending = make_subscriber(state=SubscriberState.PENDING)
    for reason in (SuppressionReason.ERASURE, SuppressionReason.MANUAL):
        suppression.suppress(reason=reason, address=pending.address, now=clock.now())
    visitor.post(link(purpose=tokens.CONFIRM, subscriber=pending))
    standing = Suppression.objects.filter(lifted_at__isnull=True).values_list("reason", flat=True)
    assert list(standing) == ["manual"]


@pytest.mark.parametrize("token", ["x", "é" * 32, "A" * 32, "A" * 200])
def test_a_forged_link_gets_a_page_that_says_what_to_do(visitor, token):
    response = visitor.get(f"/abonnement/confirmation/{token}/")
    assert response.status_code == 404
    assert "incomplet ou inconnu" in response.content.decode()
    assert not response.cookies


def test_a_token_for_another_purpose_confirms_nothing(visitor):
    pending = make_subscriber(state=SubscriberState.PENDING)
    token = tokens.recipient_token(purpose=tokens.PREFERENCES, key=pending.key)
    assert visitor.post(f"/abonnement/confirmation/{token}/").status_code == 404


def test_the_answer_is_held_until_cases_cannot_be_told_apart(visitor, monkeypatch):
    from commun.subscribers.views import common

    waited = []
    monkeypatch.setattr(common, "ANSWER_AFTER_SECONDS", 1000)
    monkeypatch.setattr(common.time, "sleep", waited.append)
    submit(visitor, FORM, email="camille@example.org")
    assert len(waited) == 1
    assert 900 < waited[0] <= 1000
