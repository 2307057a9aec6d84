"""Rows in, SMTP connections out, fates back. One asyncio loop per worker; the database on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosmtplib
from django.db import connections

from commun.common import clock
from commun.mailing.delivery import fates, ledger, recovery, upkeep
from commun.mailing.delivery.copies import service_outgoing
from commun.mailing.delivery.desk import LOT, Answer, Desk
from commun.mailing.delivery.journal import Fenced
from commun.mailing.delivery.ledger import Row, Settlement, space_of
from commun.mailing.delivery.relays import Configured, Relay, Relays
from commun.mailing.services import returns
from commun.mailing.tokens import DELIVERY, SERVICE
from commun.mailing.wire.lane import Lane, connect
from commun.mailing.wire.session import Fate, MayNotLeave, Outcome, Outgoing, Stage

logger = logging.getLogger("commun.mailing")
T = TypeVar("T")

IDLE_SECONDS = 0.5  # between two looks when there is nothing to do
IDLE_CONNECTION_SECONDS = 10.0
FLUSH_SECONDS = 0.05
WORTH_A_VISIT = LOT // 2  # rows settled before the database is asked again: the rest keeps connections busy meanwhile


@dataclass(frozen=True, kw_only=True)
class Options:
    """`answer_seconds`: how long a relay may take for one answer (RFC 5321 § 4.5.3.2 says ten minutes for the last)."""

    journal_dir: Path
    connections: int = 4
    lease_seconds: float = 30.0
    answer_seconds: float = 300.0
    connect_seconds: float = 15.0
    give_up_after: timedelta = timedelta(hours=48)


@dataclass(slots=True)
class _InHand:
    row: Row
    relay: str = ""
    on_wire_since: float = 0.0


class Engine:
    """`run(stop)` returns once `stop` is set and what is on the wire has its answer."""

    def __init__(self, *, worker: str, relays: Sequence[Configured], options: Options) -> None:
        self._options = options
        self._relays = Relays(relays)
        self._desk = Desk(worker=worker, directory=options.journal_dir, lease_seconds=options.lease_seconds)
        self._watch = recovery.Watch(
            directory=options.journal_dir, lease_seconds=options.lease_seconds, own=lambda: self._desk.lease_id
        )
        self._queue: deque[Row] = deque()
        self._hand: dict[int, _InHand] = {}
        self._settlements: list[Settlement] = []
        self._back: list[int] = []
        self._lanes: set[Lane] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop: set[int] = set()
        self._stopping = False
        self._waiting = ""
        self._slow: Counter[int] = Counter()
        self._slow_mails: set[int] = set()
        self._database = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._housekeeper = ThreadPoolExecutor(1, thread_name_prefix="upkeep")

    # --- life ---------------------------------------------------------------------------------------------

    def run(self, stop: threading.Event) -> None:
        # The ledger's thread waits for PostgreSQL, then for the interpreter: with the usual 5 ms between two turns a
        # visit of six statements would cost 30 ms, and connections would run dry.
        sys.setswitchinterval(0.0005)
        asyncio.run(self._run(stop))

    async def _run(self, stop: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        try:
            await self._in_background(upkeep.hold_after_silence, now=clock.now())
            await self._in_background(
                recovery.reread_left_journals, directory=self._options.journal_dir, now=clock.now()
            )
            await self._on_database(self._desk.open)
            keeping = asyncio.create_task(self._keep_up(stop))
            await self._work(stop)
            await keeping
        finally:
            for executor in (self._database, self._housekeeper):
                executor.submit(connections.close_all)
                executor.shutdown(wait=True)

    async def _on_database(self, act: Callable[..., T], **values: Any) -> T:
        return await self._loop.run_in_executor(self._database, partial(act, **values))

    async def _in_background(self, act: Callable[..., T], **values: Any) -> T:
        return await self._loop.run_in_executor(self._housekeeper, partial(act, **values))

    async def _work(self, stop: threading.Event) -> None:
        idle = False
        while True:
            if stop.is_set() and not self._stopping:
                self._begin_to_stop()
            if self._stopping and not self._tasks and not self._queue:
                break
            self._open_lanes()
            try:
                idle = await self._visit(was_idle=idle)
            except recovery.LeaseLost:
                await self._start_again()
            await self._pause(IDLE_SECONDS if idle else FLUSH_SECONDS)
        with contextlib.suppress(recovery.LeaseLost):
            await self._visit(was_idle=False)
        await self._on_database(self._desk.close)

    def _begin_to_stop(self) -> None:
        self._stopping = True
        self._give_back_queue()
        for lane in self._lanes:
            lane.finish()

    async def _pause(self, seconds: float) -> None:
        if self._worth_a_visit:
            return
        self._wake.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    @property
    def _worth_a_visit(self) -> bool:
        return len(self._settlements) + len(self._back) >= WORTH_A_VISIT

    async def _start_again(self) -> None:
        """Our lease was taken over (we were frozen, or cut off from the database): all in hand is somebody else's."""
        logger.warning("lease lost, starting again")
        for lane in list(self._lanes):
            lane.abort()
        if self._tasks:
            await asyncio.wait(self._tasks)
        # Fates learnt late are still true; the ledger takes those of rows that became uncertain.
        late, self._settlements = self._settlements, []
        await self._on_database(self._record_late, settlements=late)
        self._queue.clear()
        self._hand.clear()
        self._back.clear()
        await self._on_database(self._desk.forget)
        await self._in_background(upkeep.hold_after_silence, now=clock.now())
        await self._on_database(self._desk.open)

    def _record_late(self, *, settlements: list[Settlement]) -> None:
        if self._desk.lease_id is not None:
            known = [one for one in settlements if one.state in {"accepted", "refused"}]
            recovery.record_late(lease_id=self._desk.lease_id, settlements=known, now=clock.now())

    # --- the database -------------------------------------------------------------------------------------

    async def _visit(self, *, was_idle: bool) -> bool:
        """Settle, give back, claim; True when there was nothing to do."""
        settlements, self._settlements = self._settlements, []
        back, self._back = self._back, []
        room = LOT - len(self._hand)
        claiming = not self._stopping and self._relays.choose() is not None and room >= (1 if was_idle else LOT // 5)
        try:
            answer = await self._on_database(self._desk.visit, settlements=settlements, back=back, claiming=claiming)
        except recovery.LeaseLost:
            self._settlements = settlements
            raise
        self._take(answer)
        if answer.stop is not None:
            self._drop_what_may_not_leave(answer.stop)
        return not (settlements or back or answer.rows)

    def _take(self, answer: Answer) -> None:
        for row in answer.rows:
            self._hand[row.key] = _InHand(row)
            self._queue.append(row)
        if answer.rows:
            if self._stopping:
                self._give_back_queue()
            self._kick()

    def _drop_what_may_not_leave(self, stop: set[int]) -> None:
        """People who left, sends that were paused: everything not yet on the wire goes back at once."""
        self._stop = stop
        stays: deque[Row] = deque()
        while self._queue:
            row = self._queue.popleft()
            if row.key in stop or not self._desk.is_running(row.send_id):
                self._return(row.key)
            else:
                stays.append(row)
        self._queue = stays

    def _return(self, key: int) -> None:
        self._hand.pop(key, None)
        self._back.append(key)

    def _give_back_queue(self) -> None:
        while self._queue:
            self._return(self._queue.popleft().key)

    # --- connections --------------------------------------------------------------------------------------

    def _open_lanes(self) -> None:
        wanted = min(self._options.connections, len(self._queue))
        if self._stopping or len(self._tasks) >= self._options.connections:
            return
        relay = self._relays.choose()
        if relay is None:
            self._give_back_queue()
            return
        while len(self._tasks) < wanted:
            task = asyncio.create_task(self._serve(relay))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, relay: Relay) -> None:
        """One connection, from its opening to its end."""
        try:
            transport, features = await connect(relay.address, timeout=self._options.connect_seconds)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            self._relays.failed(relay, error=_describe(error))
            self._wake.set()
            return
        answered = _Counter()
        lane = Lane(
            feed=partial(self._feed, relay),
            on_wire=self._leaves,
            on_outcomes=partial(self._outcomes, relay, answered),
            timeout=self._options.answer_seconds,
        )
        self._lanes.add(lane)
        try:
            lane.take_over(transport=transport, features=features)
            await self._until_idle(lane)
            if not answered.value and not self._stopping:
                self._relays.failed(relay, error=lane.violation or "closed without an answer")
        finally:
            self._lanes.discard(lane)
            self._wake.set()

    async def _until_idle(self, lane: Lane) -> None:
        """Wait for the end; close a connection that has had nothing to do for a while."""
        idle_for = 0.0
        while not lane.done.done():
            await asyncio.wait({lane.done}, timeout=1.0)
            idle_for = idle_for + 1.0 if lane.idle else 0.0
            if idle_for >= IDLE_CONNECTION_SECONDS or (self._stopping and lane.idle):
                lane.finish()

    def _kick(self) -> None:
        for lane in list(self._lanes):
            lane.kick()
        self._open_lanes()

    def _feed(self, relay: Relay) -> Outgoing | None:
        """The next message for a connection, or None."""
        while self._queue and not self._stopping and self._desk.may_write():
            row = self._queue.popleft()
            if not self._desk.is_running(row.send_id):
                self._return(row.key)
                continue
            self._hand[row.key].relay = relay.name
            if space_of(row.key) == DELIVERY:
                return self._desk.copier(row.send_id).outgoing(row=row, now=clock.now())
            return service_outgoing(row=row)
        return None

    def _leaves(self, message: Outgoing) -> None:
        """Just before the bytes go: raises `MayNotLeave` when they must not."""
        held = self._hand.get(message.key)
        if held is None or message.key in self._stop or not self._desk.is_running(held.row.send_id):
            raise MayNotLeave
        if not self._desk.may_write():
            raise MayNotLeave
        try:
            self._desk.journal.wire(message.key)
        except Fenced:
            raise MayNotLeave from None
        held.on_wire_since = self._loop.time()

    def _outcomes(self, relay: Relay, counter: _Counter, outcomes: list[Outcome]) -> None:
        now = clock.now()
        for outcome in outcomes:
            held = self._hand.get(outcome.key)
            if held is None:
                continue
            if outcome.fate is Fate.UNTOUCHED:
                self._return(outcome.key)
                continue
            if (
                outcome.stage is Stage.SENDER
                and outcome.fate is Fate.REFUSED
                and not outcome.enhanced.startswith("5.6")
            ):
                # Our own sender is refused: no fault of this person; the next one would be refused too.
                self._return(outcome.key)
                self._background(returns.stop_refused_sender, send_id=held.row.send_id, text=outcome.text, now=now)
                continue
            counter.value += 1
            self._settle(held=held, outcome=outcome, now=now)
        if counter.value:
            relay.worked()
        if self._worth_a_visit:
            self._wake.set()

    def _settle(self, *, held: _InHand, outcome: Outcome, now: Any) -> None:
        tried = fates.Tried(held.row.attempts, held.row.first_attempt_at, held.relay, held.row.claim)
        settlement = fates.settlement(outcome=outcome, tried=tried, now=now, give_up_after=self._options.give_up_after)
        self._desk.journal.result(outcome.key, settlement.state, settlement.code, settlement.enhanced)
        self._settlements.append(settlement)
        del self._hand[outcome.key]
        if outcome.fate in {Fate.REFUSED, Fate.DEFERRED} and space_of(outcome.key) == DELIVERY:
            self._background(returns.note_smtp_reply, row=held.row, outcome=outcome, relay=held.relay, now=now)

    def _background(self, act: Callable[..., object], **values: Any) -> None:
        future = self._loop.run_in_executor(self._housekeeper, partial(act, **values))
        future.add_done_callback(_log_failure)

    # --- upkeep ---------------------------------------------------------------------------------------------

    async def _keep_up(self, stop: threading.Event) -> None:
        """What any worker does for all, every half second."""
        checked = 0.0
        while not self._stopping and not stop.is_set():
            now = clock.now()
            worked = await self._in_background(_one_round, now=now)
            await self._in_background(self._watch.look, now=now)
            if self._loop.time() - checked > 10:
                checked = self._loop.time()
                await self._in_background(upkeep.check_invariants, now=now)
                await self._in_background(upkeep.expire_service_mail, now=now)
            await self._tell_relays(now)
            await self._show_what_lasts()
            if not worked:
                await asyncio.sleep(0.25)

    async def _tell_relays(self, now: Any) -> None:
        for relay in self._relays.all:
            if relay.changed:
                relay.changed = False
                open_for = max(0.0, relay.open_until - self._loop.time())
                await self._in_background(
                    upkeep.tell_relay, name=relay.name, error=relay.error, open_for=open_for, now=now
                )
        failing = all(relay.failures for relay in self._relays.all)
        why = "no_relay" if not self._relays.all else "relay_unreachable" if failing else ""
        if why or self._waiting:
            await self._in_background(upkeep.say_waiting, why=why)
        self._waiting = why

    async def _show_what_lasts(self) -> None:
        """Messages on the wire for more than a second: how many of each range, and which mails of service."""
        since = self._loop.time() - 1.0
        lasting = [held.row for held in self._hand.values() if held.on_wire_since and held.on_wire_since < since]
        slow = Counter(row.claim for row in lasting if row.claim)
        mails = {row.key for row in lasting if space_of(row.key) == SERVICE}
        changed = {claim: slow[claim] for claim in slow.keys() | self._slow.keys() if slow[claim] != self._slow[claim]}
        if self._desk.lease_id is None or not (changed or mails - self._slow_mails):
            return
        await self._in_background(
            recovery.say_slow, lease_id=self._desk.lease_id, ranges_=changed, mails=mails - self._slow_mails
        )
        self._slow, self._slow_mails = slow, mails


@dataclass(slots=True)
class _Counter:
    value: int = 0


def _one_round(*, now: Any) -> bool:
    """Start, write down, wake, end; True when there is more to write down at once."""
    upkeep.start_due(now=now)
    more = upkeep.freeze_one_lot(now=now)
    ledger.wake_deferred(now=now)
    upkeep.finish(now=now)
    upkeep.tell_completions(now=now)
    return more


def _describe(error: Exception) -> str:
    """What failed, without what was said: an SMTP error may quote an address."""
    return type(error).__name__


def _log_failure(future: asyncio.Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        logger.error("background act failed", exc_info=error)
