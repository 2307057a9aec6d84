"""What rooms above lend to this one: whom a send goes to, and what follows when a message comes back."""

from __future__ import annotations

import pytest

from commun.common import clock
from commun.mailing import api, registry
from commun.mailing.models import Delivery, Send
from commun.mailing.registry import Returned, Way
from commun.mailing.services import audience, feedback
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import Subscriber
from commun.subscribers.selectors.audience import Readers
from commun.subscribers.types import AUDIENCE
from tests.mailing.factories import make_message, make_send
from tests.mailing.returns.corpus import dsn
from tests.subscribers.factories import make_subscriber, make_subscribers

pytestmark = pytest.mark.django_db


def _frozen(send: Send) -> Send:
    assert audience.begin(send_id=send.pk, now=clock.now())
    while not audience.freeze_some(send_id=send.pk, now=clock.now()):
        pass
    send.refresh_from_db()
    return send


class Some(Readers):
    """An audience of another room: it reads its own words."""

    def people(self, *, words, today):
        return super().people(words={}, today=today).filter(domain=words["domain"])


def test_an_audience_is_asked_by_name_with_the_words_of_its_send(monkeypatch):
    monkeypatch.setattr(registry, "_audiences", {**registry._audiences, "some": Some()})
    make_subscribers(3, domain="loin.example.org")
    make_subscribers(2, domain="ici.example.org")
    send = api.create_send(
        message=make_message(), kind="essai", idempotency_key="x", audience="some", words={"domain": "ici.example.org"}
    )
    assert _frozen(send).total == 2
    assert set(Delivery.objects.values_list("address", flat=True)) == {
        "lectrice-0@ici.example.org",
        "lectrice-1@ici.example.org",
    }


def test_the_list_is_written_by_lots_and_a_lot_written_twice_writes_nobody_twice(monkeypatch):
    monkeypatch.setattr(audience, "LOT", 2)
    make_subscribers(5)
    send = make_send()
    assert audience.begin(send_id=send.pk, now=clock.now())
    assert not audience.freeze_some(send_id=send.pk, now=clock.now())
    Send.objects.filter(pk=send.pk).update(freeze_cursor=0)  # as if the worker had died before its commit
    while not audience.freeze_some(send_id=send.pk, now=clock.now()):
        pass
    send.refresh_from_db()
    assert (send.total, Delivery.objects.filter(send=send).count(), send.state) == (5, 5, "sending")


def test_who_left_while_the_list_was_being_written_is_left_out():
    stays, leaves = make_subscribers(2)
    send = make_send()
    assert audience.begin(send_id=send.pk, now=clock.now())
    assert not audience.freeze_some(send_id=send.pk, now=clock.now())
    Subscriber.objects.filter(pk=leaves.pk).update(state="unsubscribed")
    assert audience.freeze_some(send_id=send.pk, now=clock.now())
    states = dict(Delivery.objects.values_list("recipient_key", "state"))
    assert states == {stays.key: "pending", leaves.key: "excluded"}


def test_whoever_is_suppressed_is_written_down_as_excluded_whoever_asks():
    person = make_subscriber(address="morte@example.org")
    api.suppress(reason=SuppressionReason.HARD_BOUNCE, address=person.address, now=clock.now())
    letter = _frozen(make_send(key="letter"))
    handed = make_send(addresses=[person.address, "vive@example.org"], key="handed")
    assert Delivery.objects.get(send=letter).reason == "hard_bounce"
    assert dict(Delivery.objects.filter(send=handed).values_list("address", "state")) == {
        person.address: "excluded",
        "vive@example.org": "pending",
    }


def test_a_return_is_told_above_with_its_hash_and_key_and_undone_with_it(monkeypatch):
    heard = []

    def broken(*, returned, now):
        heard.append(returned)
        raise RuntimeError

    monkeypatch.setattr(registry, "_returns", [broken])
    send = make_send(addresses=["camille@example.org"])
    delivery = Delivery.objects.get(send=send)
    raw = dsn(to="camille@example.org", status="5.1.1", diagnostic="550 5.1.1 no such user")
    with pytest.raises(RuntimeError):
        feedback.note_return(space=0, pk=delivery.pk, raw=raw, source="essai", now=clock.now())
    [told] = heard
    assert (told.kind, told.way, told.recipient_key) == (Returned.HARD, Way.MAIL, delivery.recipient_key)
    assert told.address_hash == api.address_hash("camille@example.org")
    assert not delivery.events.exists()  # one transaction: what is not told is not written down either
    assert not api.standing(hashes=[told.address_hash])


def test_withdrawing_from_one_audience_leaves_the_others(django_capture_on_commit_callbacks):
    person = make_subscriber(address="camille@example.org")
    letter, handed = _frozen(make_send(key="letter")), make_send(addresses=[person.address], key="handed")
    assert api.withdraw(key=person.key, audience=AUDIENCE, reason="unsubscribed", now=clock.now()) == 1
    assert Delivery.objects.get(send=letter).state == "excluded"
    assert Delivery.objects.get(send=handed).state == "pending"
    with django_capture_on_commit_callbacks(execute=True):
        api.suppress(reason=SuppressionReason.MANUAL, address=person.address, now=clock.now())
    assert Delivery.objects.get(send=handed).reason == "manual"
