"""The worker's dealings with the database, on one thread: settle what is known, claim what there is room for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import OperationalError, transaction

from commun.common import clock
from commun.mailing.delivery import journal, ledger, ranges, recovery
from commun.mailing.delivery.copies import Copier
from commun.mailing.delivery.ledger import Row, Settlement
from commun.mailing.delivery.pace import Pace, read_pace
from commun.mailing.delivery.ranges import Front
from commun.mailing.models import Send
from commun.mailing.tokens import DELIVERY
from commun.mailing.types import SendState

T = TypeVar("T")
LOT = 100  # rows in hand at most: what a lost machine leaves uncertain
LOOK_SECONDS = 0.25  # how often we ask whether anybody paused a send or left it
TRIES = 3
DEADLOCK = "40P01"  # SQLSTATE


@dataclass
class Answer:
    """What the database said: rows to send, rows not to send after all, and what to splice them from."""

    rows: list[Row] = field(default_factory=list)
    stop: set[int] | None = None  # None: not looked this time


@dataclass
class _Range:
    """A range in hand: rows without a fate, and those of them that will not leave by us."""

    left: set[int]
    back: set[int] = field(default_factory=set)


class Desk:
    """Called from one thread only. `lost` is raised as `recovery.LeaseLost`."""

    def __init__(
        self, *, worker: str, directory: Path, lease_seconds: float, clock_: Callable[[], float] = time.monotonic
    ) -> None:
        self._worker = worker
        self._directory = directory
        self._lease_seconds = lease_seconds
        self._clock = clock_
        self._held: recovery.Held | None = None
        self._beaten = 0.0
        self._looked = 0.0
        self._running: list[int] = []
        self._fronts: dict[int, list[Front]] = {}
        self._ranges: dict[int, _Range] = {}
        self._alone: set[int] = set()  # keys held one by one
        self._turn = 0
        self._copiers: dict[int, Copier] = {}
        self._pace = Pace()

    # --- lease ------------------------------------------------------------------------------------------

    @property
    def lease_id(self) -> int | None:
        return self._held.lease.pk if self._held is not None else None

    @property
    def journal(self) -> journal.Journal:
        assert self._held is not None
        return self._held.journal

    def open(self) -> None:
        started = self._clock()
        self._held = recovery.open_lease(worker=self._worker, directory=self._directory, now=clock.now())
        self._beaten = started

    def may_write(self) -> bool:
        """Whether our lease certainly still stands, by our own clock and well before anybody may think otherwise."""
        return self._held is not None and self._clock() - self._beaten < self._lease_seconds * recovery.OWNER_WRITES

    def close(self) -> None:
        if self._held is None:
            return
        clean = recovery.close(lease_id=self._held.lease.pk, now=clock.now())
        self._held.journal.close(remove=clean)
        self._held = None

    def forget(self) -> None:
        """The lease is somebody else's: leave everything as it is."""
        if self._held is not None:
            self._held.journal.close(remove=False)
            self._held = None
        self._copiers.clear()
        self._ranges.clear()
        self._alone.clear()

    # --- one visit ----------------------------------------------------------------------------------------

    def visit(self, *, settlements: Sequence[Settlement], back: Iterable[int], claiming: bool) -> Answer:
        """One transaction: fates in, ranges back or closed, new rows out. Raises `LeaseLost`."""
        for attempt in range(TRIES):
            try:
                return self._visit(settlements=settlements, back=set(back), claiming=claiming)
            except OperationalError as error:
                # Somebody is erased from two sends under way at this very moment: nothing was done, and nothing lost.
                if attempt + 1 == TRIES or getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                    raise
        raise AssertionError

    def _visit(self, *, settlements: Sequence[Settlement], back: set[int], claiming: bool) -> Answer:
        assert self._held is not None
        lease_id, now = self._held.lease.pk, clock.now()
        answer = Answer()
        started = self._clock()
        look = started - self._looked >= LOOK_SECONDS
        renew = claiming or bool(settlements) or started - self._beaten >= self._lease_seconds / 6
        settled = {one.key for one in settlements}
        touched = {
            claim: _Range(held.left - settled, (held.back | (back & held.left)) - settled)
            for claim, held in self._ranges.items()
            if not (held.left.isdisjoint(settled) and held.left.isdisjoint(back))
        }
        over = {claim: held for claim, held in touched.items() if held.left <= held.back}
        with transaction.atomic():
            if renew:
                # In the transaction that claims: whoever would revoke this lease waits, then sees that it lives.
                recovery.renew(lease_id=lease_id, now=now)
            ranges.lock(claim_ids=list(over))
            if look:
                self._look()
                answer.stop = {
                    ledger.make_key(space=DELIVERY, pk=pk) for pk in ranges.withdrawn_rows(lease_id=lease_id)
                }
            gone = len(settled | (back & self._alone)) + sum(len(held.left) for held in over.values())
            room = LOT - (len(self._alone) + sum(len(held.left) for held in self._ranges.values()) - gone)
            if claiming and room > 0:
                answer.rows = self._claim(lease_id=lease_id, room=room, look=look)
            if settlements:
                ledger.settle(lease_id=lease_id, settlements=settlements, now=now)
            self._let_go(lease_id=lease_id, over=over, back=back & self._alone, now=now)
        self._looked = started if look else self._looked
        self._beaten = started if renew else self._beaten
        self._ranges |= touched
        for claim in over:
            del self._ranges[claim]
        self._alone -= settled | back
        self._keep(answer.rows)
        return answer

    def _let_go(self, *, lease_id: int, over: dict[int, _Range], back: set[int], now: datetime) -> None:
        if done := [claim for claim, held in over.items() if not held.left]:
            ranges.close(lease_id=lease_id, claim_ids=done, now=now)
        if unsent := [claim for claim, held in over.items() if held.left]:
            ranges.give_back(lease_id=lease_id, claim_ids=unsent, now=now)
        if back:
            ledger.give_back(lease_id=lease_id, keys=back, now=now)

    def _keep(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.claim:
                self._ranges.setdefault(row.claim, _Range(set())).left.add(row.key)
            else:
                self._alone.add(row.key)

    def is_running(self, send_id: int) -> bool:
        """Whether this send may still leave, as of the last look."""
        return send_id == 0 or send_id in self._running

    def copier(self, send_id: int) -> Copier:
        return self._copiers[send_id]

    def _look(self) -> None:
        self._running = list(Send.objects.filter(state=SendState.SENDING).order_by("pk").values_list("pk", flat=True))
        self._fronts = {pk: ranges.fronts(send_id=pk) for pk in self._running}
        self._copiers = {pk: copier for pk, copier in self._copiers.items() if pk in self._running}

    def _claim(self, *, lease_id: int, room: int, look: bool) -> list[Row]:
        rows = ledger.claim_service_mail(lease_id=lease_id, limit=min(room, 20)) if look else []
        if not self._running:
            return rows
        if look or not self._pace.is_free:
            self._pace = read_pace(now=clock.now())
        self._turn += 1  # several sends, and the operators of each, share the way out
        for send_id in _from(self._turn, self._running):
            for front in _from(self._turn, self._fronts[send_id]):
                if len(rows) >= room:
                    return rows
                rows += self._claim_at(front=front, send_id=send_id, lease_id=lease_id, room=room - len(rows))
        return rows

    def _claim_at(self, *, front: Front, send_id: int, lease_id: int, room: int) -> list[Row]:
        """Of one operator's people of a send: those to be tried again, then the next range."""
        if not (limit := self._pace.room(room, operator_id=front.operator_id)):
            return []
        rows = ranges.take_again(front=front, lease_id=lease_id, limit=limit) if front.again else []
        while len(rows) < limit:
            taken = ranges.take(front=front, lease_id=lease_id, limit=limit - len(rows))
            if taken is None:
                break
            if not taken.rows:
                ranges.close(lease_id=lease_id, claim_ids=[taken.claim_id], now=clock.now())
            rows += taken.rows
        self._pace.record(rows)
        if rows and send_id not in self._copiers:
            self._copiers[send_id] = Copier(Send.objects.select_related("message").get(pk=send_id))
        return rows


def _from(turn: int, things: list[T]) -> list[T]:
    start = turn % len(things) if things else 0
    return things[start:] + things[:start]
