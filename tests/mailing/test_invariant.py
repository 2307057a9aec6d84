"""The states of a send sum to its audience; where they do not, it stops and says so."""

from __future__ import annotations

import logging

import pytest
from django.core.management import CommandError, call_command

from benchmarks.sink import Sink
from commun.common import clock, periodic
from commun.mailing import api
from commun.mailing.delivery import upkeep
from commun.mailing.exceptions import BrokenLedger
from commun.mailing.models import Claim, Delivery, Frontier, Lease, Send
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import hand_out, make_lost_send, make_send

pytestmark = pytest.mark.django_db(transaction=True)


def sweep(name: str) -> None:
    next(one for one in periodic.sweeps() if one.name == name).service(now=clock.now())


def lose_one(send: Send) -> None:
    """What no code of ours does: a row disappears."""
    Delivery.objects.filter(send=send, state="pending").order_by("-pk").first().delete()


def test_a_worker_stops_a_send_whose_ledger_was_damaged_and_says_so(tmp_path, caplog):
    send = make_send(addresses=[f"a{n}@example.org" for n in range(30)])
    with Sink(tmp_path / "accepted.txt") as sink, caplog.at_level(logging.CRITICAL, "commun.mailing"):
        sink.behaviour.delay = 0.05
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
            wait_until(lambda: sink.bodies > 2)
            api.pause(send_id=send.pk)
            wait_until(lambda: not Delivery.objects.with_life().filter(life="claimed").exists())
            lose_one(send)
            Send.objects.update(state="sending")  # nobody noticed yet
            sink.behaviour.delay = 0
            wait_until(lambda: Send.objects.get().state == "paused")
    send.refresh_from_db()
    assert (send.state_reason, send.ledger_fault) == ("invariant", "29 / 30")
    assert f"ledger inconsistent send={send.pk} total=30" in caplog.text
    assert "@" not in caplog.text


def test_a_sweep_sees_it_too_where_no_worker_sends(caplog):
    send, sound = (
        make_send(addresses=["a@example.org", "b@example.org"]),
        make_send(addresses=["c@example.org"], key="b"),
    )
    Send.objects.update(state="paused", state_reason="person")
    sweep("mailing.ledger")
    assert set(Send.objects.values_list("ledger_fault", flat=True)) == {""}
    lose_one(send)
    sweep("mailing.ledger")
    send.refresh_from_db()
    sound.refresh_from_db()
    assert (send.ledger_fault, sound.ledger_fault) == ("1 / 2", "")
    assert sound.ledger_checked_at is not None
    with pytest.raises(BrokenLedger):
        api.resume(send_id=send.pk)
    with pytest.raises(CommandError, match="Ne reprenez pas"):
        call_command("send_control", send.pk, "resume")
    assert api.resume(send_id=sound.pk).state == "scheduled"


def test_a_range_closed_over_somebody_without_a_fate_is_a_fault_too(tmp_path):
    send = make_send(addresses=["a@example.org", "b@example.org"])
    Send.objects.update(state="sending", started_at=clock.now())
    lease = Lease.objects.create(worker="w", machine="m", journal="j", opened_at=clock.now(), beat_at=clock.now())
    hand_out(send=send, lease=lease)
    Claim.objects.update(closed_at=clock.now())  # what no code of ours does
    assert upkeep.finish(now=clock.now()) == []
    send.refresh_from_db()
    assert (send.state, send.state_reason, send.ledger_fault) == ("paused", "invariant", "0 / 2")


def test_a_send_that_is_over_is_looked_at_again_every_day(caplog):
    send = make_lost_send(accepted=3)
    sweep("mailing.ledger_over")
    assert Send.objects.get().ledger_fault == ""
    Delivery.objects.filter(send=send).first().delete()
    sweep("mailing.ledger_over")
    send.refresh_from_db()
    assert (send.state, send.ledger_fault) == ("finished", "2 / 3")
    assert "ledger inconsistent" in caplog.text


def test_a_row_too_many_is_a_fault_as_well():
    send = make_send(addresses=["a@example.org"])
    frontier = Frontier.objects.get(send=send, operator=None)
    Delivery.objects.create(
        send=send, frontier=frontier, position=2, address="intruse@example.org", recipient_key=api.new_recipient_key()
    )
    Send.objects.update(state="sending")
    sweep("mailing.ledger")
    assert Send.objects.get().state_reason == "invariant"
