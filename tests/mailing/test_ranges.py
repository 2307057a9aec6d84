"""The ledger handed out by ranges: nobody twice, nobody forgotten, whoever leaves out at once."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from commun.common import clock
from commun.mailing import api
from commun.mailing.delivery import desk, ledger, ranges, recovery
from commun.mailing.delivery.ledger import Row, Settlement
from commun.mailing.models import Claim, Delivery, Frontier, Lease, Operator, Send
from commun.mailing.services.uncertain import settle_uncertain
from commun.mailing.services.withdrawing import withdraw
from commun.mailing.types import UncertainVerdict
from tests.mailing.factories import hand_out, make_send

pytestmark = pytest.mark.django_db


def a_lease(name: str = "w") -> Lease:
    now = clock.now()
    return Lease.objects.create(worker=name, machine="m", journal=name, opened_at=now, beat_at=now)


def under_way(*addresses: str, people: int = 0) -> Send:
    send = make_send(addresses=addresses or [f"a{n:03}@example.org" for n in range(people)])
    Send.objects.filter(pk=send.pk).update(state="sending", started_at=clock.now())
    return send


def settle(lease: Lease, *rows: Row, state: str = "accepted", **evidence: object) -> int:
    fates = [Settlement(row.key, state, claim=row.claim, **evidence) for row in rows]  # type: ignore[arg-type]
    return ledger.settle(lease_id=lease.pk, settlements=fates, now=clock.now())


def give_back(lease: Lease, *rows: Row) -> None:
    claims = sorted({row.claim for row in rows if row.claim})
    with transaction.atomic():
        ranges.give_back(lease_id=lease.pk, claim_ids=claims, now=clock.now())
        alone = [row.key for row in rows if not row.claim]
        ledger.give_back(lease_id=lease.pk, keys=alone, now=clock.now())


def leave(row: Row, reason: str = "unsubscribed") -> None:
    withdraw(deliveries=Delivery.objects.filter(pk=ledger.pk_of(row.key)), reason=reason, now=clock.now())


def of(row: Row) -> Delivery:
    return Delivery.objects.with_life().get(pk=ledger.pk_of(row.key))


def lives(send: Send) -> dict[str, int]:
    return {state: count for state, count in api.send_progress(send_id=send.pk).counts.items() if count}


# --- handing out ------------------------------------------------------------------------------------------


def test_two_workers_share_a_send_without_ever_holding_one_person_together():
    send = under_way(people=25)
    first, second = a_lease("un"), a_lease("deux")
    taken = [row for _ in range(4) for lease in (first, second) for row in hand_out(send=send, lease=lease, limit=4)]
    assert sorted(row.address for row in taken) == [f"a{n:03}@example.org" for n in range(25)]
    assert hand_out(send=send, lease=first) == []
    assert lives(send) == {"claimed": 25}


def test_each_operator_has_a_frontier_of_its_own_numbered_without_a_hole():
    send = under_way("a@orange.fr", "b@gmail.com", "c@orange.fr", "d@example.org", "e@orange.fr")
    rows = Delivery.objects.filter(send=send).order_by("frontier", "position")
    found = Counter(rows.values_list("frontier__operator__slug", "position"))
    assert found == Counter({("orange", 1): 1, ("orange", 2): 1, ("orange", 3): 1, ("gmail", 1): 1, (None, 1): 1})
    lasts = dict(Frontier.objects.filter(send=send, last__gt=0).values_list("operator__slug", "last"))
    assert lasts == {"orange": 3, "gmail": 1, None: 1}


def test_whoever_is_left_out_from_the_start_is_in_nobodys_hands():
    dead = "morte@example.org"
    api.suppress(reason="manual", address=dead, now=clock.now())
    send = under_way("a@example.org", dead, "b@example.org")
    assert {row.address for row in hand_out(send=send, lease=a_lease())} == {"a@example.org", "b@example.org"}
    assert lives(send) == {"claimed": 2, "excluded": 1}


def test_a_range_given_back_goes_before_the_others_with_those_alone_who_have_no_fate():
    send = under_way(people=9)
    first, second = a_lease("un"), a_lease("deux")
    rows = hand_out(send=send, lease=first, limit=4)
    assert settle(first, rows[1]) == 1
    give_back(first, *rows)
    assert lives(send) == {"pending": 8, "accepted": 1}
    again = hand_out(send=send, lease=second, limit=4)
    assert [row.address for row in again] == [rows[0].address, rows[2].address, rows[3].address]
    assert [row.address for row in hand_out(send=send, lease=second, limit=9)] == [
        f"a{n:03}@example.org" for n in range(4, 9)
    ]


def test_a_pace_takes_a_part_of_a_range_given_back_and_leaves_the_rest_to_the_next():
    send = under_way(people=5)
    lease = a_lease()
    give_back(lease, *hand_out(send=send, lease=lease))
    parts = [[row.address[:4] for row in hand_out(send=send, lease=lease, limit=2)] for _ in range(4)]
    assert parts == [["a000", "a001"], ["a002", "a003"], ["a004"], []]


def test_a_range_that_comes_back_with_everybody_settled_is_closed():
    send = under_way(people=2)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    settle(lease, *rows)
    give_back(lease, *rows)
    assert not Claim.objects.filter(closed_at=None).exists()
    assert not ledger.has_unsettled(send_id=send.pk)


# --- fates ------------------------------------------------------------------------------------------------


def test_a_worker_whose_range_was_given_to_another_settles_nothing_any_more():
    send = under_way(people=2)
    slow, other = a_lease("lent"), a_lease("autre")
    rows = hand_out(send=send, lease=slow)
    give_back(slow, *rows)
    assert len(hand_out(send=send, lease=other)) == 2
    assert settle(slow, *rows, state="refused", reason="dead_address") == 0
    assert lives(send) == {"claimed": 2}


def test_what_its_owner_learns_late_of_an_uncertain_one_is_recorded_until_a_person_decides(tmp_path):
    send = under_way(people=3)
    held = recovery.open_lease(worker="gelé", directory=tmp_path / "gelé", now=clock.now())
    rows = hand_out(send=send, lease=held.lease)
    held.journal.close(remove=True)
    assert recovery.take_over(lease=held.lease, directory=tmp_path, same_machine=False, now=clock.now())
    assert lives(send) == {"uncertain": 3}
    settle_uncertain(
        send_id=send.pk,
        verdict=UncertainVerdict.RESEND,
        by=None,
        delivery_id=ledger.pk_of(rows[0].key),
        now=clock.now(),
    )
    accepted = [Settlement(row.key, "accepted", claim=row.claim) for row in rows]
    recovery.record_late(lease_id=held.lease.pk, settlements=accepted, now=clock.now())
    assert lives(send) == {"accepted": 2, "pending": 1}


def test_a_deferred_one_is_tried_again_alone_when_its_time_comes():
    send = under_way(people=2)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    settle(lease, rows[0])
    settle(lease, rows[1], state="deferred", reason="later", not_before=clock.now() + timedelta(minutes=5))
    ranges.close(lease_id=lease.pk, claim_ids=[rows[0].claim], now=clock.now())
    assert ranges.fronts(send_id=send.pk) == []
    assert ledger.has_unsettled(send_id=send.pk)
    ledger.wake_deferred(now=clock.now() + timedelta(minutes=6))
    (front,) = ranges.fronts(send_id=send.pk)
    (again,) = ranges.take_again(front=front, lease_id=lease.pk, limit=10)
    assert (again.address, again.attempts, again.claim) == (rows[1].address, 1, 0)
    assert settle(lease, again) == 1
    assert not ledger.has_unsettled(send_id=send.pk)


def test_settling_a_row_of_a_range_writes_the_row_and_no_index():
    if connection.vendor != "postgresql":
        pytest.skip("HOT updates are PostgreSQL's")
    send = under_way(people=60)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    before = _updates()
    assert settle(lease, *rows, code=250, relay="relais:25", diagnostic="2.0.0 Ok") == 60
    after = _updates()
    assert (after[0] - before[0], after[1] - before[1]) == (60, 60)


def _updates() -> tuple[int, int]:
    """Updates of deliveries in this transaction, and those of them that touched no index."""
    table = "'mailing_delivery'::regclass"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_stat_get_xact_tuples_updated({table}), pg_stat_get_xact_tuples_hot_updated({table})")
        return cursor.fetchone()


# --- leaving ----------------------------------------------------------------------------------------------


def test_ahead_of_the_frontier_whoever_leaves_is_out_at_once():
    send = under_way(people=3)
    lease = a_lease()
    hand_out(send=send, lease=lease, limit=1)
    last = Delivery.objects.order_by("-pk").first()
    withdraw(deliveries=Delivery.objects.filter(pk=last.pk), reason="unsubscribed", now=clock.now())
    last.refresh_from_db()
    assert (last.state, last.reason) == ("excluded", "unsubscribed")
    assert [row.address for row in hand_out(send=send, lease=lease)] == ["a001@example.org"]


def test_in_the_hands_of_a_worker_she_is_marked_and_the_worker_is_told():
    send = under_way(people=3)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    leave(rows[1])
    assert ranges.withdrawn_rows(lease_id=lease.pk) == [ledger.pk_of(rows[1].key)]
    assert lives(send) == {"claimed": 3}
    give_back(lease, *rows)
    assert (of(rows[1]).state, of(rows[1]).reason) == ("excluded", "unsubscribed")
    assert lives(send) == {"pending": 2, "excluded": 1}


def test_what_the_relay_took_stays_accepted_and_says_that_she_had_left():
    send = under_way(people=2)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    leave(rows[0])
    assert settle(lease, *rows) == 2
    assert (of(rows[0]).state, of(rows[0]).withdrawn) == ("accepted", "unsubscribed")
    assert ranges.withdrawn_rows(lease_id=lease.pk) == []


def test_in_a_range_given_back_she_is_out_at_once():
    send = under_way(people=2)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease)
    give_back(lease, *rows)
    leave(rows[0])
    assert of(rows[0]).state == "excluded"


def test_a_row_held_alone_leaves_when_its_worker_lets_go():
    send = under_way(people=1)
    lease = a_lease()
    (row,) = hand_out(send=send, lease=lease)
    settle(lease, row, state="deferred", reason="later", not_before=clock.now())
    ledger.wake_deferred(now=clock.now())
    (front,) = ranges.fronts(send_id=send.pk)
    (again,) = ranges.take_again(front=front, lease_id=lease.pk, limit=1)
    leave(again)
    assert ranges.withdrawn_rows(lease_id=lease.pk) == [ledger.pk_of(row.key)]
    give_back(lease, again)
    assert (of(again).state, of(again).reason) == ("excluded", "unsubscribed")


def test_who_leaves_while_a_relay_asks_to_wait_is_not_tried_again():
    send = under_way(people=2)
    lease = a_lease()
    first, second = hand_out(send=send, lease=lease)
    leave(first)
    later = clock.now() + timedelta(minutes=5)
    settle(lease, first, second, state="deferred", reason="later", not_before=later)
    leave(second)
    assert lives(send) == {"excluded": 2}


def test_who_leaves_while_her_fate_is_uncertain_is_not_sent_again_by_a_journal_found_later(tmp_path):
    send = under_way(people=1)
    directory = tmp_path / "journal"
    held = recovery.open_lease(worker="perdu", directory=directory, now=clock.now())
    (row,) = hand_out(send=send, lease=held.lease)
    assert recovery.take_over(lease=held.lease, directory=Path(tmp_path), same_machine=False, now=clock.now())
    leave(row)
    assert of(row).state == "uncertain"
    held.journal.close(remove=False)  # the machine comes back with its journal: it never left
    assert recovery.reread_left_journals(directory=directory, now=clock.now()) == 1
    assert (of(row).state, of(row).reason) == ("excluded", "unsubscribed")


# --- cancelling -------------------------------------------------------------------------------------------


def test_cancelling_writes_no_row_of_the_ledger_and_says_everywhere_who_did_not_receive_it():
    send = under_way(people=6)
    lease = a_lease()
    rows = hand_out(send=send, lease=lease, limit=3)
    settle(lease, rows[0])
    settle(lease, rows[1], state="deferred", reason="later", not_before=clock.now())
    before = list(Delivery.objects.order_by("pk").values())
    api.cancel(send_id=send.pk)
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert lives(send) == {"accepted": 1, "claimed": 1, "excluded": 4}
    give_back(lease, rows[2])
    assert lives(send) == {"accepted": 1, "excluded": 5}
    assert (of(rows[2]).life, of(rows[2]).why, of(rows[2]).life_word) == ("excluded", "cancelled", "écartée")


# --- a worker's visit ---------------------------------------------------------------------------------------


@pytest.fixture
def counter(tmp_path):
    """The desk of one worker, open."""
    opened = desk.Desk(worker="w", directory=tmp_path / "journal", lease_seconds=30)
    opened.open()
    yield opened
    opened.close()


def test_a_worker_never_holds_more_than_a_hundred_rows_over_all_its_ranges(counter):
    under_way(people=260)
    seen: set[int] = set()
    rows = counter.visit(settlements=[], back=[], claiming=True).rows
    while rows:
        seen |= {row.key for row in rows}
        assert len(ranges.rows_of(lease_id=counter.lease_id)) <= desk.LOT
        half = [Settlement(row.key, "accepted", claim=row.claim) for row in rows]
        rows = counter.visit(settlements=half, back=[], claiming=True).rows
    assert len(seen) == 260
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert not Claim.objects.filter(closed_at=None).exists()


def test_a_barred_operator_stands_still_while_the_others_go_on(counter):
    under_way("a@orange.fr", "b@example.org", "c@orange.fr")
    Operator.objects.filter(slug="orange").update(paused_until=clock.now() + timedelta(hours=1))
    assert [row.address for row in counter.visit(settlements=[], back=[], claiming=True).rows] == ["b@example.org"]
    assert Frontier.objects.get(operator__slug="orange", last=2).next == 1


def test_a_range_is_given_back_once_none_of_its_rows_is_on_the_wire(counter):
    send = under_way(people=3)
    rows = counter.visit(settlements=[], back=[], claiming=True).rows
    counter.visit(settlements=[], back=[rows[0].key, rows[1].key], claiming=False)
    assert lives(send) == {"claimed": 3}
    counter.visit(settlements=[Settlement(rows[2].key, "accepted", claim=rows[2].claim)], back=[], claiming=False)
    assert lives(send) == {"pending": 2, "accepted": 1}


def test_a_visit_that_the_database_broke_off_is_made_again(counter, monkeypatch):
    class Deadlock(Exception):
        sqlstate = desk.DEADLOCK

    send = under_way(people=2)
    rows = counter.visit(settlements=[], back=[], claiming=True).rows
    real, calls = ledger.settle, []

    def once(**values):
        calls.append(values)
        if len(calls) == 1:
            raise OperationalError from Deadlock()
        return real(**values)

    monkeypatch.setattr(ledger, "settle", once)
    fates = [Settlement(row.key, "accepted", claim=row.claim) for row in rows]
    counter.visit(settlements=fates, back=[], claiming=True)
    assert lives(send) == {"accepted": 2}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_whatever_order_everybody_gets_one_fate_and_nobody_two(seed):
    """Workers that take, settle, give back, are taken over; people who leave; deferrals that come due."""
    chance = random.Random(seed)
    send = under_way(*(f"a{n}@{chance.choice(['orange.fr', 'gmail.com', 'example.org'])}" for n in range(60)))
    leases = [a_lease(str(number)) for number in range(3)]
    hands: dict[int, list[Row]] = {lease.pk: [] for lease in leases}
    left: set[int] = set()
    for _ in range(220):
        lease = chance.choice(leases)
        mine = hands[lease.pk]
        act = chance.choice(["take", "take", "settle", "settle", "defer", "back", "leave", "wake", "again"])
        if act == "take":
            mine += hand_out(send=send, lease=lease, limit=chance.randint(1, 7))
        elif act == "again":
            for front in ranges.fronts(send_id=send.pk):
                mine += ranges.take_again(front=front, lease_id=lease.pk, limit=2)
        elif act in ("settle", "defer") and mine:
            row = mine.pop(chance.randrange(len(mine)))
            fate = {"not_before": clock.now(), "reason": "later"} if act == "defer" else {}
            assert settle(lease, row, state="deferred" if act == "defer" else "accepted", **fate) == 1
        elif act == "back":
            give_back(
                lease, *mine, *(Row(0, 0, "", "", 0, None, claim=pk) for pk in ranges.claims_of(lease_id=lease.pk))
            )
            mine.clear()
        elif act == "leave":
            one = chance.choice(list(Delivery.objects.filter(send=send).values_list("pk", flat=True)))
            withdraw(deliveries=Delivery.objects.filter(pk=one), reason="unsubscribed", now=clock.now())
            left.add(one)
        elif act == "wake":
            ledger.wake_deferred(now=clock.now() + timedelta(seconds=1))
        held = [row.key for rows in hands.values() for row in rows]
        assert len(held) == len(set(held)), f"held twice after {act}"
        assert api.send_progress(send_id=send.pk).consistent
        assert lives(send).get("claimed", 0) == len(held)
    for lease in leases:
        settle(lease, *hands[lease.pk])
        recovery.close(lease_id=lease.pk, now=clock.now())
    final = a_lease("dernier")
    while ledger.has_unsettled(send_id=send.pk):
        ledger.wake_deferred(now=clock.now() + timedelta(seconds=1))
        rows = hand_out(send=send, lease=final)
        for front in ranges.fronts(send_id=send.pk):
            rows += ranges.take_again(front=front, lease_id=final.pk, limit=100)
        assert not {ledger.pk_of(row.key) for row in rows} & left, "somebody who left was handed out"
        settle(final, *rows)
        ranges.close(lease_id=final.pk, claim_ids=ranges.claims_of(lease_id=final.pk), now=clock.now())
    assert sum(lives(send).values()) == 60
    assert lives(send).keys() <= {"accepted", "excluded"}
