"""What nobody can know the fate of is decided by a person: once, logged, whatever runs meanwhile."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.db.models import F

from benchmarks.sink import Sink, accepted
from commun.accounts.api import EXPLOITATION, create_member
from commun.common import clock, privacy
from commun.common.errors import SealedForEver
from commun.mailing import api
from commun.mailing.delivery import ledger, recovery, upkeep
from commun.mailing.delivery.ledger import Settlement, make_key
from commun.mailing.exceptions import UnknownDelivery, UnknownSend, WrongState
from commun.mailing.models import Decision, Delivery, Frontier, Send
from commun.mailing.types import SendState, UncertainVerdict
from commun.subscribers.models import Subscriber
from commun.subscribers.services import subscriptions
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import make_lost_send
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db(transaction=True)
ACCEPT, RESEND = UncertainVerdict.ACCEPT, UncertainVerdict.RESEND


@pytest.fixture
def operator():
    return create_member(email="exploitation@example.org", groups=(EXPLOITATION,))


def decide(send, verdict, *, by=None, **values):
    return api.settle_uncertain(send_id=send.pk, verdict=verdict, by=by, now=clock.now(), **values)


def counts(send):
    return {state: count for state, count in api.send_progress(send_id=send.pk).counts.items() if count}


def test_held_as_accepted_they_are_counted_as_such_and_the_decision_is_signed(operator):
    send = make_lost_send(uncertain=3, accepted=2)

    assert decide(send, ACCEPT, by=operator).decided == 3

    assert counts(send) == {"accepted": 5}
    assert Delivery.objects.filter(state="accepted", reason="decision").count() == 3
    assert Decision.objects.filter(send=send, action="uncertain_accept", by=operator).count() == 3
    assert Send.objects.get().state == SendState.FINISHED


def test_sent_again_they_leave_once_more_and_the_send_ends_again(tmp_path):
    send = make_lost_send(uncertain=3, accepted=2)
    lost = set(Delivery.objects.filter(state="uncertain").values_list("address", flat=True))

    decide(send, RESEND)
    assert Send.objects.get().state == SendState.SENDING

    with Sink(tmp_path / "accepted.txt") as sink, running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: Send.objects.get().state == SendState.FINISHED)
        assert set(accepted(sink.record)) == lost
    assert counts(send) == {"accepted": 5}
    assert api.send_progress(send_id=send.pk).consistent


def test_one_alone_may_be_decided(operator):
    send = make_lost_send(uncertain=3)
    one = Delivery.objects.order_by("pk")[1]

    assert decide(send, ACCEPT, delivery_id=one.pk, by=operator).decided == 1

    assert counts(send) == {"accepted": 1, "uncertain": 2}
    assert list(Decision.objects.values_list("delivery", "action")) == [(one.pk, "uncertain_accept")]


@pytest.mark.parametrize("verdict", [ACCEPT, RESEND])
def test_deciding_twice_changes_nothing_more(verdict):
    send = make_lost_send(uncertain=2)
    decide(send, verdict)
    before = list(Delivery.objects.values())

    assert decide(send, verdict).decided == 0
    assert decide(send, ACCEPT).decided == 0

    assert list(Delivery.objects.values()) == before
    assert Decision.objects.count() == 2


def test_two_people_at_once_decide_once():
    send = make_lost_send(uncertain=40)
    results = []
    ready = threading.Barrier(2)

    def click() -> None:
        ready.wait()
        try:
            results.append(decide(send, RESEND).decided)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(results) == [0, 40]
    assert Decision.objects.count() == 40


def test_what_became_uncertain_after_the_page_was_shown_waits_for_another_look():
    send = make_lost_send(uncertain=2)
    seen_at = clock.now()
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(settled_at=seen_at + timedelta(seconds=1))

    assert api.settle_uncertain(
        send_id=send.pk, verdict=RESEND, by=None, now=seen_at + timedelta(minutes=1), seen_at=seen_at
    ).decided == 1  # fmt: skip

    assert counts(send) == {"uncertain": 1, "pending": 1}


@pytest.mark.parametrize("verdict", [ACCEPT, RESEND])
def test_what_a_frozen_worker_learns_after_the_decision_changes_nothing(verdict, tmp_path):
    send = make_lost_send(uncertain=1)
    row = Delivery.objects.get()
    held = recovery.open_lease(worker="gelé", directory=tmp_path, now=clock.now())
    Delivery.objects.update(lease=held.lease)

    decide(send, verdict)
    late = Settlement(make_key(space=0, pk=row.pk), "refused", "dead_address", 550)
    assert ledger.settle(lease_id=held.lease.pk, settlements=[late], now=clock.now()) == 0

    assert counts(send) == ({"accepted": 1} if verdict is ACCEPT else {"pending": 1})
    held.journal.close(remove=True)


def test_what_is_asked_again_while_the_send_is_counted_at_its_end_is_no_fault(monkeypatch):
    send = make_lost_send(uncertain=3)
    Send.objects.update(state="sending", finished_at=None)
    Frontier.objects.update(next=F("last") + 1)
    looked = []

    def read_a_little_late(*, send_id):
        if not looked:  # the ranges are read, then somebody decides, then the rows are counted
            looked.append(has_unsettled(send_id=send_id))
            decide(send, RESEND)
            return looked[0]
        return has_unsettled(send_id=send_id)

    has_unsettled = ledger.has_unsettled
    monkeypatch.setattr(ledger, "has_unsettled", read_a_little_late)

    assert upkeep.finish(now=clock.now()) == []

    send.refresh_from_db()
    assert (looked, send.state, send.ledger_fault) == ([False], "sending", "")
    Delivery.objects.update(state="accepted", aside="")
    Send.objects.update(total=4)
    assert upkeep.finish(now=clock.now()) == []
    send.refresh_from_db()
    assert (send.state, send.state_reason, send.ledger_fault) == ("paused", "invariant", "3 / 4"), "a true one is told"


def test_deciding_while_workers_send_loses_nobody_and_doubles_only_what_was_asked(tmp_path):
    with Sink(tmp_path / "accepted.txt") as sink:
        sink.behaviour.cut_after_body_every = 5
        send = make_lost_send(uncertain=60)
        Send.objects.update(state="sending", finished_at=None)
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
            for _ in range(4):
                decide(send, RESEND)
                wait_until(lambda: api.send_progress(send_id=send.pk).counts["pending"] == 0)
            sink.behaviour.cut_after_body_every = 0
            decide(send, RESEND)
            wait_until(
                lambda: (
                    Send.objects.get().state == SendState.FINISHED and set(counts(send)) <= {"accepted", "uncertain"}
                )
            )
            decide(send, ACCEPT)
        received = accepted(sink.record)
    assert counts(send) == {"accepted": 60}
    assert len(received) == 60
    asked = Decision.objects.filter(action="uncertain_resend").count()
    assert sum(received.values()) <= asked


def test_whoever_left_or_was_erased_since_is_left_out_of_a_second_copy():
    people = make_subscribers(3)
    send = make_lost_send(people=people)
    subscriptions.unsubscribe(recipient_key=people[0].key, method="page", now=clock.now())
    privacy.erase_person(email=people[1].address, now=clock.now())

    outcome = decide(send, RESEND)

    assert (outcome.decided, outcome.excluded) == (3, 2)
    assert counts(send) == {"pending": 1, "excluded": 2}
    assert Delivery.objects.get(state="pending").address == people[2].address
    assert api.send_progress(send_id=send.pk).consistent


def test_an_unsubscription_after_the_decision_still_withdraws():
    people = make_subscribers(1)
    send = make_lost_send(people=people)
    decide(send, RESEND)
    subscriptions.unsubscribe(recipient_key=people[0].key, method="page", now=clock.now())
    assert counts(send) == {"excluded": 1}


def test_nothing_of_a_cancelled_send_leaves_again():
    send = make_lost_send(uncertain=1)
    Send.objects.update(state="cancelled")
    with pytest.raises(WrongState):
        decide(send, RESEND)
    assert decide(send, ACCEPT).decided == 1


def test_what_does_not_exist_is_refused():
    send, other = make_lost_send(uncertain=1), make_lost_send(uncertain=1, key="autre")
    with pytest.raises(UnknownSend):
        api.settle_uncertain(send_id=10**9, verdict=ACCEPT, by=None, now=clock.now())
    with pytest.raises(UnknownDelivery):
        decide(send, ACCEPT, delivery_id=Delivery.objects.get(send=other).pk)


def test_a_decision_cannot_be_rewritten_by_code_nor_in_the_database():
    decide(make_lost_send(uncertain=1), ACCEPT)
    with pytest.raises(SealedForEver):
        Decision.objects.update(action="autre")
    with pytest.raises(SealedForEver):
        Decision.objects.get().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE mailing_decision SET action = 'autre'")
    assert Decision.objects.get().action == "uncertain_accept"


def run(*arguments: object) -> str:
    said = StringIO()
    call_command("send_uncertain", *[str(one) for one in arguments], stdout=said)
    return said.getvalue()


def test_by_command_the_consequences_are_said_first_and_nothing_changes_without_confirmation():
    send = make_lost_send(uncertain=2)
    assert "l’auront deux fois" in run(send.pk, "resend")
    assert counts(send) == {"uncertain": 2}
    assert "2 à renvoyer" in run(send.pk, "resend", "--confirm")
    assert counts(send) == {"pending": 2}
    assert "déjà fait" in run(send.pk, "resend", "--confirm")


def test_by_command_one_is_decided_and_mistakes_are_explained():
    send = make_lost_send(uncertain=2)
    first = Delivery.objects.first()
    assert "1 remise tenue pour remise." in run(send.pk, "accept", "--delivery", first.pk, "--confirm")
    for arguments, words in (
        ((10**9, "accept"), "pas d’envoi"),
        ((send.pk, "accept", "--delivery", 10**9), "cet envoi"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*arguments, "--confirm")
    Send.objects.update(state="cancelled")
    with pytest.raises(CommandError, match="cancelled"):
        run(send.pk, "resend", "--confirm")
    assert Subscriber.objects.count() == 0
