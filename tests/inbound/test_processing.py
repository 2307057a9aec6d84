"""From durable bytes to a room's handler: exactly once done, never lost, never for ever."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from commun.common import clock, privacy
from commun.inbound import registry
from commun.inbound.exceptions import Unprocessable
from commun.inbound.models import RawBody, RawMessage
from commun.inbound.selectors.messages import raw_message
from commun.inbound.services import processing, retention
from commun.inbound.services.receiving import receive
from commun.inbound.types import Transport

pytestmark = pytest.mark.django_db
RAW = b"From: Camille <camille@example.org>\r\nSubject: Bonjour\r\n\r\nUne ressource.\r\n"


@pytest.fixture
def received(room) -> RawMessage:
    """Kept, and not handled yet: the queue is not run in these tests."""
    receipt = receive(
        raw=RAW,
        mail_from="camille@example.org",
        recipient="agenda@essai.example.org",
        transport=Transport.LMTP,
        now=clock.now(),
    )
    return RawMessage.objects.get(pk=receipt.raw_id)


def _work_until_settled(received: RawMessage, *, most: int = 100) -> int:
    """What the sweep and workers do over time, each attempt after the wait that was asked for; how many attempts."""
    for attempt in range(most):
        received.refresh_from_db()
        if received.state not in {"received", "processing"}:
            return attempt
        processing.process(raw_id=received.pk, now=received.retry_at)
    pytest.fail("it never ends")


def test_a_handled_message_is_not_handled_again(received, room):
    for _ in range(3):
        processing.process(raw_id=received.pk, now=clock.now())

    received.refresh_from_db()
    assert len(room.seen) == 1
    assert (received.state, received.outcome, received.attempts) == ("processed", "noted", 1)


def test_a_message_that_always_fails_is_quarantined_with_its_bytes(received, room):
    room.raises = KeyError("camille@example.org")

    assert _work_until_settled(received) == processing.MOST_ATTEMPTS
    received.refresh_from_db()
    assert (received.state, received.error) == ("quarantined", "KeyError")
    assert raw_message(raw_id=received.pk) == RAW


def test_a_message_that_kills_its_workers_is_quarantined(received, room):
    room.raises = SystemExit()
    for _ in range(processing.MOST_ATTEMPTS):
        received.refresh_from_db()
        with pytest.raises(SystemExit):
            processing.process(raw_id=received.pk, now=received.retry_at)
        received.refresh_from_db()
        # What kills a worker leaves no time to say so: what is left is what was written before.
        assert received.state == "processing"

    processing.process(raw_id=received.pk, now=received.retry_at)

    received.refresh_from_db()
    assert (received.state, received.error) == ("quarantined", "worker_died")
    assert len(room.seen) == processing.MOST_ATTEMPTS


def test_a_database_away_for_an_hour_costs_no_message(received, room):
    room.raises = OperationalError("connection refused")
    for _ in range(10):
        received.refresh_from_db()
        processing.process(raw_id=received.pk, now=received.retry_at)
    room.raises = None

    _work_until_settled(received)
    received.refresh_from_db()
    assert received.state == "processed"


def test_what_a_failed_handler_wrote_is_undone(received, monkeypatch):
    def write_then_fail(*, incoming, now):
        RawMessage.objects.filter(pk=incoming.raw_id).update(outcome="half")
        raise ValueError("second half")

    registry.register_route("tests.room", matches=lambda a: a.endswith("essai.example.org"), handle=write_then_fail)
    processing.process(raw_id=received.pk, now=clock.now())

    received.refresh_from_db()
    assert (received.state, received.outcome) == ("received", "")


def test_a_worker_that_was_given_up_changes_nothing_when_it_wakes(received, room, monkeypatch):
    """Frozen while it read, past its time; another handled the message meanwhile."""
    body_of, asleep = processing.body_of, [True]

    def sleep_then_read(*, raw_id):
        if asleep.pop() if asleep else False:
            processing.process(raw_id=raw_id, now=clock.now() + processing.HELD + timedelta(minutes=1))
        return body_of(raw_id=raw_id)

    monkeypatch.setattr(processing, "body_of", sleep_then_read)
    processing.process(raw_id=received.pk, now=clock.now())

    received.refresh_from_db()
    assert (received.state, received.attempts, len(room.seen)) == ("processed", 2, 1)


def test_a_lost_task_is_found_again_by_the_sweep(received, room):
    processing.enqueue_waiting(now=clock.now() + timedelta(minutes=1))

    received.refresh_from_db()
    assert received.state == "processed"


def test_the_team_sees_the_quarantine_and_decides(received, room):
    room.raises = Unprocessable("strange")
    processing.process(raw_id=received.pk, now=clock.now())
    room.raises = None

    out = io.StringIO()
    call_command("inbound_queue", stdout=out)
    assert f"{received.pk}  " in out.getvalue()
    assert "strange" in out.getvalue()
    assert "camille" not in out.getvalue()
    call_command("inbound_queue", "--retry", str(received.pk), stdout=out)
    received.refresh_from_db()
    assert received.state == "processed"
    with pytest.raises(CommandError):
        call_command("inbound_queue", "--retry", str(received.pk), stdout=out)


def test_bytes_and_addresses_are_purged_thirty_days_after_handling(received, room):
    processing.process(raw_id=received.pk, now=clock.now())
    retention.purge(now=clock.now() + timedelta(days=29))
    assert raw_message(raw_id=received.pk) == RAW

    retention.purge(now=clock.now() + timedelta(days=31))

    received.refresh_from_db()
    assert (received.recipient, received.mail_from) == ("", "")
    assert not RawBody.objects.exists()


def test_export_lists_messages_and_erasure_empties_them_even_before_they_are_handled(received, room):
    assert len(privacy.export_person(email="Camille@Example.org")["inbound"]["messages reçus"]) == 1
    assert privacy.erase_person(email="camille@example.org", now=clock.now())["inbound"] == {"messages reçus": 1}

    processing.process(raw_id=received.pk, now=clock.now())

    assert not room.seen
    assert not RawBody.objects.exists()
    assert "inbound" not in privacy.export_person(email="camille@example.org")
