"""How a letter went, told by what people did, without following anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.common import clock
from commun.common.models import Visit
from commun.mailing.delivery import upkeep
from commun.mailing.models import BounceEvent, Delivery, Send
from commun.newsletters.selectors.afterwards import WINDOW, afterwards_of
from commun.subscribers.models import LeavingReason, Subscriber
from commun.subscribers.services import subscriptions
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
    return make_subscribers(4)


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
    for words in ("Désabonnement en un clic", "Je reçois trop de messages", "12 visites le jour le plus lu", "N° "):
        assert words in page, words
    assert '<rect x="0.0" y="90.0"' in page  # three visits where the highest bar is twelve
    assert "Ces chiffres bougent encore" not in page
    assert "@example.org" not in page.split("<main")[1]


def test_before_it_leaves_there_is_nothing_to_tell(approved, client, editor, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    assert afterwards_of(issue=approved) is None
    assert client.get(reverse("newsletters:afterwards", args=[approved.pk])).status_code == 302
