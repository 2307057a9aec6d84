"""How a letter went, told by what people did, without following anybody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.common import clock
from commun.common.models import Visit
from commun.contributions.models import Contribution, Message
from commun.contributions.types import Direction, State
from commun.mailing.delivery import upkeep
from commun.mailing.models import BounceEvent, Delivery, Send
from commun.newsletters import api
from commun.newsletters.selectors.afterwards import WINDOW, afterwards_of
from commun.subscribers.models import LeavingReason, Subscriber
from commun.subscribers.services import subscriptions
from tests.contributions.factories import given
from tests.newsletters.factories import NOW
from tests.subscribers.factories import make_subscriber, make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(settings, sent, editor):
    """Sent to four: three accepted, of whom one came back dead and one left; one refused."""
    settings.STAFF_MFA_REQUIRED = False
    send = Send.objects.get()
    people = list(Subscriber.objects.order_by("pk"))
    for person, state in zip(people, ["accepted", "accepted", "accepted", "refused"], strict=True):
        Delivery.objects.filter(send=send, recipient_key=person.key).update(
            state=state, settled_at=NOW, reason="" if state == "accepted" else "dead_address"
        )
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=NOW)
    dead = Delivery.objects.get(send=send, recipient_key=people[0].key)
    BounceEvent.objects.create(delivery=dead, kind="failure", verdict="hard", at=NOW, fingerprint="1")
    day = NOW + timedelta(days=2)
    Subscriber.objects.update(confirmed_at=NOW - timedelta(days=30))
    subscriptions.unsubscribe(recipient_key=people[1].key, method="one_click", now=day)
    LeavingReason.objects.create(day=day.date(), reason="too_much", number=1)
    make_subscriber(address="nouvelle@example.org", now=day)
    path = sent.get_url_parts()[2]
    for days, number in ((0, 3), (1, 12), (40, 99)):
        Visit.objects.create(path=path, day=timezone.localdate(NOW) + timedelta(days=days), visits=number)
    return sent


@pytest.fixture
def people(db):
    return make_subscribers(4, now=NOW - timedelta(days=30))


@pytest.fixture(autouse=True)
def _frozen(people, request):
    """The list is written down with the send."""
    if "sent" in request.fixturenames:
        request.getfixturevalue("sent")
        upkeep.start_due(now=NOW)
        while upkeep.freeze_one_lot(now=NOW):
            pass


def test_it_says_what_was_accepted_who_left_and_what_was_read(left, client, editor, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=30))
    one = afterwards_of(issue=left)
    assert (one.progress.counts["accepted"], one.progress.counts["refused"], one.dead) == (3, 1, 1)
    assert (one.people.departures, one.people.joined) == (1, 1)
    assert one.people.left == {"désabonnement en un clic de la messagerie": 1}
    assert one.people.reasons == {"Je reçois trop de messages": 1}
    assert one.visited == 15  # what comes after four weeks is not counted
    assert len(one.visits) == WINDOW.days + 1
    client.force_login(editor)
    page = client.get(reverse("newsletters:afterwards", args=[left.pk])).content.decode()
    for words in (
        "Désabonnement en un clic",
        "Je reçois trop de messages",
        "12 visites le jour le plus lu",
        "Aucun numéro n’est parti avant",
    ):
        assert words in page, words
    assert '<rect x="0.0" y="90.0"' in page  # three visits where the highest bar is twelve
    assert "Ces chiffres bougent encore" not in page
    assert "@example.org" not in page.split("<main")[1]


def test_it_says_what_came_later_and_who_answered_it_by_mail(left, client, editor, monkeypatch):
    accepted = list(Delivery.objects.filter(state="accepted").order_by("pk"))
    Delivery.objects.filter(pk=accepted[0].pk).update(attempts=1)
    Delivery.objects.filter(pk=accepted[1].pk).update(attempts=3)
    Delivery.objects.filter(pk=accepted[2].pk).update(
        state="deferred", aside="deferred", not_before=NOW + timedelta(hours=1)
    )
    subject = Send.objects.get().message.subject
    said = (
        (f"Re : {subject}", False, State.RECEIVED),
        (f"RE: {subject.upper()}", False, State.DECLINED),
        (subject, False, State.RECEIVED),  # no answer: written anew
        ("Re: autre chose", False, State.RECEIVED),
        (f"Re: {subject}", True, State.RECEIVED),  # perhaps a program
        (f"Re: {subject}", False, State.SPAM),
    )
    for number, (words, automatic, state) in enumerate(said):
        contribution = given(title=f"Mot {number}")
        Contribution.objects.filter(pk=contribution.pk).update(received_at=NOW, state=state)
        Message.objects.create(
            contribution=contribution,
            direction=Direction.IN,
            subject=words,
            text="Bravo.",
            authentication={"perhaps_automatic": automatic},
            at=NOW + timedelta(days=1),
        )
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=30))
    one = afterwards_of(issue=left)
    assert (one.later, one.answers, one.contributions) == (2, 2, 5)
    client.force_login(editor)
    page = client.get(reverse("newsletters:afterwards", args=[left.pk])).content.decode()
    for label, number in (("Remises à plus tard", 2), ("Réponses par courriel", 2), ("Contributions", 5)):
        assert number == int(page.partition(f"<dt>{label}</dt>")[2].partition("<dd>")[2].partition("</dd>")[0])


def test_it_stands_beside_the_letters_that_left_before(left, client, editor, approver):
    second = api.compose_issue(theme=left.theme, user=editor, now=NOW)
    api.submit_issue(issue=second, user=editor, now=NOW)
    api.approve_issue(issue=second, user=approver, now=NOW)
    api.send_issue(issue=second, user=approver, now=NOW + timedelta(days=2))
    upkeep.start_due(now=NOW + timedelta(days=2))
    client.force_login(editor)
    page = client.get(reverse("newsletters:afterwards", args=[second.pk])).content.decode()
    compared = page.partition('id="comparaison"')[2].replace("\u00a0", " ")
    drawn, _, table = compared.partition("<table")
    assert "Les mêmes nombres, numéro par numéro</caption>" in table
    accepted = " ".join(drawn.partition("<li>")[2].partition("</li>")[0].split())
    assert accepted.replace("&nbsp;", " ").endswith("Acceptées : <strong>0</strong>")
    bars = re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', accepted)
    assert bars == [("0.0", "40.0"), ("39.0", "1.0")], "three by the first, none yet by this one"
    assert f"N° {second.number}" in table
    assert f"N° {left.number}" in table
    assert [int(one) for one in re.findall(r"<td>(\d+)</td>", table)][:2] == [0, 3]  # accepted, the latest letter first


def test_before_it_leaves_there_is_nothing_to_tell(approved, client, editor, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    assert afterwards_of(issue=approved) is None
    assert client.get(reverse("newsletters:afterwards", args=[approved.pk])).status_code == 302
