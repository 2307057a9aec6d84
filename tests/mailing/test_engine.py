"""The engine against a real server on loopback: everybody once, and the truth about everybody."""

from __future__ import annotations

import email
import email.policy
import socket
import time
from datetime import timedelta

import pytest
from django.core.mail import send_mail

from benchmarks.sink import Behaviour, Sink, accepted
from commun.common import clock
from commun.mailing import api
from commun.mailing.delivery import desk, recovery
from commun.mailing.models import BounceEvent, Delivery, Lease, Operator, Send, ServiceMail, Suppression
from commun.mailing.types import SendState
from commun.subscribers.models import Subscriber
from commun.subscribers.services import subscriptions
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import hand_out, make_send
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sink(tmp_path):
    with Sink(tmp_path / "accepted.txt") as server:
        server.keep_bodies = True
        yield server


def state(send: Send) -> str:
    return Send.objects.get(pk=send.pk).state


def finished(send: Send) -> bool:
    return state(send) == SendState.FINISHED


def test_every_subscriber_receives_it_once_and_the_ledger_says_so(sink, tmp_path):
    make_subscribers(30)
    send = make_send()
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    progress = api.send_progress(send_id=send.pk)
    assert progress.counts["accepted"] == progress.total == 30
    assert progress.consistent
    received = accepted(sink.record)
    assert len(received) == 30
    assert set(received.values()) == {1}
    assert not list((tmp_path / "journal").iterdir())  # nothing is left to say
    assert not Lease.objects.filter(closed_at__isnull=True).exists()


def test_each_copy_is_a_valid_message_with_its_own_links(sink, tmp_path):
    make_subscribers(3)
    send = make_send()
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    messages = [email.message_from_bytes(raw, policy=email.policy.default) for _, _, raw in sink.messages]
    assert len({message["Message-ID"] for message in messages}) == 3
    assert len({message["List-Unsubscribe"] for message in messages}) == 3
    for (_, recipient, raw), message in zip(sink.messages, messages, strict=True):
        assert message["To"] == recipient
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        assert b"Jeton" not in raw
        assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("offers", [{"pipelining": False}, {"pipelining": True}, {"chunking": True}], ids=str)
def test_it_speaks_as_the_relay_can(sink, tmp_path, offers):
    sink.behaviour = Behaviour(**offers)
    make_subscribers(12)
    send = make_send()
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    assert set(accepted(sink.record).values()) == {1}
    assert len(accepted(sink.record)) == 12


def test_a_refused_address_is_refused_with_its_reason_and_written_to_no_more(sink, tmp_path):
    sink.behaviour.refuse_recipient["morte@example.org"] = b"550 5.1.1 no such user"
    send = make_send(addresses=["morte@example.org", "vive@example.org"])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send) and Suppression.objects.exists())
    row = Delivery.objects.get(address="morte@example.org")
    assert (row.state, row.reason, row.code, row.enhanced) == ("refused", "dead_address", 550, "5.1.1")
    assert Suppression.objects.get().reason == "hard_bounce"
    assert BounceEvent.objects.get().verdict == "hard"


def test_our_own_fault_is_no_dead_address_and_pauses_the_operator(sink, tmp_path):
    sink.behaviour.refuse_recipient["lectrice@orange.fr"] = b"550 5.7.1 <lectrice@orange.fr> blocked, see policy"
    send = make_send(addresses=["lectrice@orange.fr", "autre@example.org"])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: Operator.objects.get(slug="orange").pause_reason == "policy")
        wait_until(lambda: Delivery.objects.get(address="lectrice@orange.fr").state == "deferred")
    assert not Suppression.objects.exists()
    assert Operator.objects.get(slug="orange").alarm == "5.7.1 <[adresse]> blocked, see policy"
    assert not finished(send)


def test_a_temporary_refusal_is_tried_again_until_accepted(sink, tmp_path):
    sink.behaviour.defer_every = 2
    send = make_send(addresses=[f"a{number}@example.org" for number in range(6)])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: Delivery.objects.filter(state="deferred").exists())
        wait_until(lambda: not Delivery.objects.filter(state="pending").exists())
        assert Delivery.objects.filter(state="deferred", not_before__gt=clock.now() + timedelta(minutes=4)).exists()
        sink.behaviour.defer_every = 0
        Delivery.objects.filter(state="deferred").update(not_before=clock.now())
        wait_until(lambda: finished(send))
    assert set(accepted(sink.record).values()) == {1}
    assert Delivery.objects.filter(state="accepted", attempts=2).exists()


def test_what_was_deferred_too_long_is_refused_as_expired(sink, tmp_path):
    sink.behaviour.refuse_recipient["pleine@example.org"] = b"452 4.2.2 mailbox full"
    send = make_send(addresses=["pleine@example.org"])
    Delivery.objects.update(first_attempt_at=clock.now() - timedelta(hours=49))
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    assert Delivery.objects.get().reason == "expired"


def test_a_connection_cut_after_the_body_leaves_an_uncertain_row_never_sent_again(sink, tmp_path):
    sink.behaviour.cut_after_body_every = 4
    send = make_send(addresses=[f"a{number}@example.org" for number in range(12)])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    progress = api.send_progress(send_id=send.pk)
    assert progress.counts["uncertain"] == 3
    assert progress.counts["accepted"] == 9
    assert set(accepted(sink.record).values()) == {1}


def test_without_a_relay_the_send_waits_and_says_so(tmp_path):
    send = make_send(addresses=["a@example.org"])
    with running_engine(journal_dir=tmp_path / "journal"):
        wait_until(lambda: Send.objects.get(pk=send.pk).waiting_for == "no_relay")
    assert Delivery.objects.get().state == "pending"


def test_a_relay_that_does_not_answer_is_waited_for(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    send = make_send(addresses=["a@example.org", "b@example.org"])
    with running_engine(relay(port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: Send.objects.get(pk=send.pk).waiting_for == "relay_unreachable")
        assert state(send) == SendState.SENDING
        with Sink(tmp_path / "accepted.txt", port=port):
            wait_until(lambda: finished(send))
    assert set(accepted(tmp_path / "accepted.txt").values()) == {1}
    assert Send.objects.get(pk=send.pk).waiting_for == ""


def test_the_second_relay_takes_over_when_the_first_is_dead(sink, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        dead = closed.getsockname()[1]
    send = make_send(addresses=["a@example.org"])
    with running_engine(relay(dead), relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    assert Delivery.objects.get().relay == f"127.0.0.1:{sink.port}"


def test_pausing_stops_within_a_second_and_resuming_forgets_nobody(sink, tmp_path):
    sink.behaviour.delay = 0.05
    send = make_send(addresses=[f"a{number}@example.org" for number in range(300)])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=2):
        wait_until(lambda: sink.bodies > 5)
        api.pause(send_id=send.pk)
        time.sleep(1)
        out = sink.bodies
        time.sleep(0.5)
        assert sink.bodies == out
        wait_until(lambda: api.send_progress(send_id=send.pk).counts["accepted"] == out)
        sink.behaviour.delay = 0
        api.resume(send_id=send.pk)
        wait_until(lambda: finished(send))
    assert set(accepted(sink.record).values()) == {1}
    assert len(accepted(sink.record)) == 300


def test_cancelling_leaves_the_others_excluded_and_the_count_whole(sink, tmp_path):
    sink.behaviour.delay = 0.05
    send = make_send(addresses=[f"a{number}@example.org" for number in range(200)])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=2):
        wait_until(lambda: sink.bodies > 5)
        api.cancel(send_id=send.pk)
        wait_until(lambda: not Delivery.objects.with_life().filter(life="claimed").exists())
    progress = api.send_progress(send_id=send.pk)
    assert progress.consistent
    assert progress.counts["accepted"] == len(accepted(sink.record))
    assert progress.counts["excluded"] == 200 - progress.counts["accepted"]


def test_leaving_during_a_send_reaches_what_is_not_yet_on_the_wire(sink, tmp_path):
    sink.behaviour.delay = 0.05
    make_subscribers(150)
    last = Subscriber.objects.order_by("-pk").first()
    send = make_send()
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=2):
        wait_until(lambda: sink.bodies > 5)
        subscriptions.unsubscribe(recipient_key=last.key, method="page", now=clock.now())
        sink.behaviour.delay = 0
        wait_until(lambda: finished(send))
    assert accepted(sink.record)[last.address] == 0
    row = Delivery.objects.get(address=last.address)
    assert (row.state, row.reason) == ("excluded", "unsubscribed")
    assert api.send_progress(send_id=send.pk).consistent


def test_after_an_hour_without_any_worker_sends_are_held_until_somebody_confirms(sink, tmp_path):
    send = make_send(addresses=["a@example.org"], ago=timedelta(hours=3))
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: state(send) == SendState.HELD)
        time.sleep(0.5)
        assert not accepted(sink.record)
        api.release(send_id=send.pk)
        wait_until(lambda: finished(send))
    assert accepted(sink.record)["a@example.org"] == 1


def test_mail_of_service_leaves_through_the_same_engine(sink, tmp_path, settings):
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"  # tests keep mail in memory otherwise
    send_mail("Votre code", "Code : 1234\n.point\n", None, ["personne@example.org"])
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: ServiceMail.objects.get().state == "accepted")
    (_, recipient, raw), *_ = sink.messages
    assert recipient == "personne@example.org"
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message.get_content().split() == ["Code", ":", "1234", ".point"]
    assert message["Auto-Submitted"] == "auto-generated"


def test_two_clicks_make_one_send():
    first = make_send(addresses=["a@example.org"], key="numéro-2")
    second = make_send(addresses=["a@example.org"], key="numéro-2")
    assert first.pk == second.pk
    assert Delivery.objects.count() == 1


def test_a_lease_left_without_its_journal_makes_every_held_row_uncertain(tmp_path):
    send = make_send(addresses=[f"a{number}@example.org" for number in range(5)])
    held = recovery.open_lease(worker="perdu", directory=tmp_path / "perdu", now=clock.now())
    assert len(hand_out(send=send, lease=held.lease)) == 5
    held.journal.close(remove=True)
    assert recovery.take_over(lease=held.lease, directory=tmp_path / "autre", same_machine=False, now=clock.now())
    assert set(Delivery.objects.values_list("state", "reason")) == {("uncertain", "machine_lost")}


def test_a_dead_neighbour_s_journal_says_what_left_and_what_did_not(tmp_path):
    send = make_send(addresses=[f"a{number}@example.org" for number in range(3)])
    held = recovery.open_lease(worker="mort", directory=tmp_path, now=clock.now())
    hand_out(send=send, lease=held.lease)
    accepted_row, on_wire, _untouched = Delivery.objects.order_by("pk")
    held.journal.wire(accepted_row.pk * 2)
    held.journal.result(accepted_row.pk * 2, "accepted", 250, "2.0.0")
    held.journal.wire(on_wire.pk * 2)
    held.journal.close(remove=False)  # as the kernel does when a process is killed
    watch = recovery.Watch(directory=tmp_path, lease_seconds=30, own=lambda: None)
    assert watch.look(now=clock.now()) == 1
    states = list(Delivery.objects.order_by("pk").values_list("state", "reason", "lease"))
    assert states == [
        ("accepted", "", None),
        ("uncertain", "worker_lost", held.lease.pk),
        ("pending", "", None),
    ]
    assert watch.look(now=clock.now()) == 0


def test_a_silent_machine_is_taken_over_within_its_lease_and_after_its_owner_has_stopped_writing(tmp_path):
    time_ = [0.0]
    owner = desk.Desk(worker="loin", directory=tmp_path / "loin", lease_seconds=30, clock_=lambda: time_[0])
    owner.open()
    Lease.objects.update(machine="une autre machine")
    watch = recovery.Watch(directory=tmp_path, lease_seconds=30, own=lambda: None, clock=lambda: time_[0])
    assert watch.look(now=clock.now()) == 0  # its beat is seen for the first time
    writes, taken = {}, {}
    for time_[0] in (17.9, 18.1, 25.4, 25.6):
        writes[time_[0]], taken[time_[0]] = owner.may_write(), watch.look(now=clock.now())
    assert writes == {17.9: True, 18.1: False, 25.4: False, 25.6: False}
    assert taken == {17.9: 0, 18.1: 0, 25.4: 0, 25.6: 1}
    with pytest.raises(recovery.LeaseLost):
        owner.visit(settlements=[], back=[], claiming=True)
