"""During a send where everything goes wrong, no line of any log names a person."""

from __future__ import annotations

import logging

import pytest

from benchmarks.sink import Sink
from commun.common import clock
from commun.mailing import api
from commun.mailing.models import Delivery, Send
from commun.subscribers.services import subscriptions
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import make_send
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_address_and_no_token_is_logged_during_a_send(tmp_path, caplog, monkeypatch):
    def broken(**values):
        raise RuntimeError

    people = make_subscribers(30)
    send = make_send()
    monkeypatch.setattr("commun.mailing.delivery.upkeep.completion_handler", lambda kind: broken)
    with caplog.at_level(logging.DEBUG), Sink(tmp_path / "accepted.txt") as sink:
        sink.behaviour.delay = 0.01
        sink.behaviour.defer_every = 7
        sink.behaviour.cut_after_body_every = 9
        refusals = [
            b"550 5.1.1 <%s> unknown",
            b"550 5.7.1 <%s> blocked",
            b"452 4.2.2 <%s> full",
            b"421 4.7.0 <%s> slow",
        ]
        for number, text in enumerate(refusals):
            address = people[number].address
            sink.behaviour.refuse_recipient[address] = text % address.encode()
        with running_engine(relay(sink.port), relay(1), journal_dir=tmp_path / "journal"):
            wait_until(lambda: sink.bodies > 5)
            subscriptions.unsubscribe(recipient_key=people[-1].key, method="page", now=clock.now())
            api.pause(send_id=send.pk)
            api.resume(send_id=send.pk)
            waiting = ["pending", "claimed", "attempting"]
            wait_until(lambda: not Delivery.objects.filter(state__in=waiting).exists())
            Delivery.objects.filter(state="deferred").update(
                state="refused", aside="", reason="expired", not_before=None
            )
            wait_until(lambda: Send.objects.get().state == "finished")
            wait_until(lambda: "completion handler failed" in caplog.text)
    assert Delivery.objects.filter(state="uncertain").exists()
    formatter = logging.Formatter()
    lines = [record.getMessage() for record in caplog.records]
    lines += [formatter.formatException(record.exc_info) for record in caplog.records if record.exc_info]
    keys = [person.key for person in people]
    said = [line for line in lines if "@" in line or "lectrice" in line or any(key in line for key in keys)]
    assert lines
    assert said == []
