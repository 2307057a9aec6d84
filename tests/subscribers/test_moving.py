"""Another address: confirmed from the new one, the old told, seven days to refuse; what the team does at her word."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, REDACTION, create_member
from commun.common import clock, signing
from commun.common.errors import ExpiredLink, ForgedLink
from commun.mailing.api import tokens
from commun.mailing.services import suppression
from commun.mailing.types import SuppressionReason
from commun.subscribers.exceptions import AddressTaken
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.selectors.people import find_subscribers
from commun.subscribers.selectors.segments import every_subscriber
from commun.subscribers.services import moving, requests, subscriptions
from commun.subscribers.types import SubscriberState
from tests.subscribers.factories import make_subscriber, make_topic

pytestmark = pytest.mark.django_db
OLD, NEW = "camille@mairie.example.org", "camille@metropole.example.org"


@pytest.fixture
def camille():
    return make_subscriber(address=OLD)


def path(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def test_a_change_is_asked_confirmed_told_and_refused(client, camille):
    token = tokens.recipient_token(purpose=tokens.PREFERENCES, key=camille.key)
    page = client.get(reverse("subscribers:preferences", args=[token])).content.decode()
    assert "Changer d’adresse" in page
    moving.request_move(subscriber=camille, address=NEW)
    (asked,) = mail.outbox
    assert asked.to == [NEW]
    confirming = path(asked)
    assert NEW in client.get(confirming).content.decode()
    camille.refresh_from_db()
    assert camille.address == OLD, "looking at the link changes nothing"
    assert "C’est fait" in client.post(confirming).content.decode()
    camille.refresh_from_db()
    assert (camille.address, camille.domain) == (NEW, "metropole.example.org")
    assert [message.to for message in mail.outbox[1:]] == [[OLD], [NEW]]
    refusing = path(mail.outbox[1])
    assert OLD in client.get(refusing).content.decode()
    client.post(refusing)
    camille.refresh_from_db()
    assert camille.address == OLD
    with pytest.raises(ExpiredLink):
        moving.confirm_move(token=confirming.split("/")[-2], now=clock.now())


def test_confirming_twice_changes_once(camille):
    moving.request_move(subscriber=camille, address=NEW)
    token = path(mail.outbox[0]).split("/")[-2]
    for _ in range(2):
        moving.confirm_move(token=token, now=clock.now())
    assert ConsentEvent.objects.filter(kind="address").count() == 2  # one for each address


@pytest.mark.parametrize("why", ["taken", "dead", "same", "left"])
def test_nothing_is_mailed_where_it_cannot_be(camille, why):
    if why == "taken":
        make_subscriber(address=NEW)
    elif why == "dead":
        suppression.suppress(reason=SuppressionReason.HARD_BOUNCE, address=NEW, evidence="5.1.1", now=clock.now())
    elif why == "left":
        Subscriber.objects.update(state=SubscriberState.UNSUBSCRIBED)
        camille.refresh_from_db()
    moving.request_move(subscriber=camille, address=OLD if why == "same" else NEW)
    assert mail.outbox == []


def test_an_address_taken_meanwhile_is_refused(camille):
    moving.request_move(subscriber=camille, address=NEW)
    make_subscriber(address=NEW)
    with pytest.raises(AddressTaken):
        moving.confirm_move(token=path(mail.outbox[0]).split("/")[-2], now=clock.now())


@pytest.mark.parametrize("name", ["confirm_move", "refuse_move"])
@pytest.mark.parametrize("again", [False, True])
def test_the_address_of_whoever_left_moves_no_more_and_nothing_is_mailed(client, camille, name, again):
    moving.request_move(subscriber=camille, address=NEW)
    if again or name == "refuse_move":
        client.post(path(mail.outbox[0]))
    if again and name == "refuse_move":
        client.post(path(mail.outbox[1]))
    subscriptions.unsubscribe(recipient_key=camille.key, method="page", now=clock.now())
    camille.refresh_from_db()
    before, mails = camille.address, len(mail.outbox)
    answer = client.post(path(mail.outbox[0 if name == "confirm_move" else 1]))
    assert answer.status_code == 410
    assert "arrive désormais" not in answer.content.decode()
    camille.refresh_from_db()
    assert camille.address == before
    assert len(mail.outbox) == mails


def test_links_expire_and_are_not_forged(camille, monkeypatch):
    with pytest.raises(ForgedLink):
        moving.read_move("x.y.z")
    token = signing.sign(purpose="subscribers.move_back", value=[camille.key, "h", OLD])
    with pytest.raises(ForgedLink):
        moving.read_move(token)
    monkeypatch.setattr(moving, "REFUSE_WITHIN", timedelta(seconds=-1))
    with pytest.raises(ExpiredLink):
        moving.read_refusal(token)


def test_whoever_confirms_is_welcomed_once(client):
    make_topic(name="Le passage à l’action")
    person = make_subscriber(address=OLD, state=SubscriberState.PENDING)
    for _ in range(2):
        requests.confirm(key=person.key, now=clock.now())
    (welcome,) = mail.outbox
    assert welcome.to == [OLD]
    assert "/lettre/" in welcome.body
    assert "/preferences/" in welcome.body


def test_whoever_comes_back_in_a_pause_is_not_told_that_she_receives_it_again(client, camille):
    Subscriber.objects.update(paused_until=date(2100, 1, 1))
    token = tokens.recipient_token(purpose=tokens.PREFERENCES, key=camille.key)
    page = client.get(f"{reverse('subscribers:preferences', args=[token])}?fait=retour").content.decode()
    assert "la pause que vous aviez choisie continue" in page
    assert "Vous recevez de nouveau" not in page


# --- the team ---------------------------------------------------------------------------------------


@pytest.fixture
def operator(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="op@example.org", groups=(EXPLOITATION,)))
    return client


def url(name, *args):
    return reverse(f"subscribers_team:{name}", args=args)


def test_a_persons_page_exports_corrects_chooses_and_erases(operator, camille):
    topic = make_topic(name="L’eau")
    assert OLD in operator.post(url("export", camille.pk)).content.decode()
    operator.post(url("address", camille.pk), {"address": NEW})
    camille.refresh_from_db()
    assert camille.address == NEW
    assert [message.to for message in mail.outbox] == [[OLD], [NEW]]
    operator.post(
        url("choices", camille.pk),
        {"preference": "chosen_topics", "topics": [topic.pk], "paused_until": "2100-01-01"},
    )
    camille.refresh_from_db()
    assert (camille.preference, camille.is_paused) == ("chosen_topics", True)
    assert "en pause" in operator.get(url("index")).content.decode()
    assert operator.get(url("erase", camille.pk)).status_code == 200
    assert Subscriber.objects.exists()
    operator.post(url("erase", camille.pk))
    assert not Subscriber.objects.exists()


def test_an_address_that_another_reader_has_is_refused_on_the_form(operator, camille):
    make_subscriber(address=NEW)
    assert "reçoit déjà la lettre" in operator.post(url("address", camille.pk), {"address": NEW}).content.decode()


@pytest.mark.parametrize("state", [SubscriberState.PENDING, SubscriberState.UNSUBSCRIBED])
def test_the_team_corrects_no_address_where_no_letter_arrives(operator, state):
    person = make_subscriber(address=OLD, state=state)
    there = url("address", person.pk)
    assert f'href="{there}"' not in operator.get(url("person", person.pk)).content.decode()
    shown = operator.post(there, {"address": NEW}, follow=True).content.decode()
    assert "ne reçoit pas la lettre" in shown
    person.refresh_from_db()
    assert person.address == OLD
    assert mail.outbox == []


def test_the_list_is_exported_without_formulas(operator, camille):
    make_subscriber(address="+formule@example.org")
    answer = operator.post(url("export_list"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert OLD in text
    assert "'+formule@example.org" in text


def test_the_days_of_the_list_are_those_of_paris(operator, camille):
    Subscriber.objects.update(confirmed_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    text = b"".join(operator.post(url("export_list")).streaming_content).decode("utf-8-sig")
    assert "1er décembre 2026" in text.replace("\xa0", " ")


def test_people_are_found_by_any_part_of_their_address(camille):
    assert find_subscribers(part="MAIRIE.example") == [camille]
    assert find_subscribers(part="camil") == [camille]
    assert find_subscribers(part="inconnue") == []


def test_everybody_is_read_by_keyset(camille):
    others = [make_subscriber(address=f"p{number}@example.org") for number in range(3)]
    assert list(every_subscriber(conditions=())) == [camille, *others]


@pytest.mark.parametrize("name", ["export", "erase", "address", "choices"])
def test_whoever_composes_does_none_of_it(client, settings, camille, name):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="ed@example.org", groups=(REDACTION,)))
    client.post(url(name, camille.pk), {"address": NEW})
    camille.refresh_from_db()
    assert camille.address == OLD
    assert "csv" not in client.post(url("export_list")).get("Content-Type", "")
