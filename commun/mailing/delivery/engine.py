"""Rows in, SMTP connections out, fates back. One asyncio loop per worker; the database on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import uvloop
from django.db import connection, connections

from commun.common import clock
from commun.common.workers import DATABASE_LOST
from commun.mailing.delivery import faults, ledger, recovery, upkeep
from commun.mailing.delivery.crew import Crew, Limits
from commun.mailing.delivery.desk import LOT, Answer, Desk
from commun.mailing.delivery.hand import Hand
from commun.mailing.delivery.journal import Fenced, Unwritable
from commun.mailing.delivery.relays import Configured, Relays
from commun.mailing.types import WaitingFor

logger = logging.getLogger("commun.mailing")
T = TypeVar("T")

IDLE_SECONDS = 0.5  # between two looks when there is nothing to do
FLUSH_SECONDS = 0.05
TELL_EVERY = 10.0
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
    clock_settles: float = faults.CLOCK_SETTLES
    wall_clock: Callable[[], float] = time.time

    @property
    def limits(self) -> Limits:
        return Limits(
            connections=self.connections,
            answer_seconds=self.answer_seconds,
            connect_seconds=self.connect_seconds,
            give_up_after=self.give_up_after,
        )


class Engine:
    """`run(stop)` returns once `stop` is set and what is on the wire has its answer."""

    def __init__(self, *, worker: str, relays: Sequence[Configured], options: Options) -> None:
        self._worker, self._options = worker, options
        self._relays = Relays(relays)
        self._faults = faults.Faults()
        self._clock = faults.SteadyClock(settles=options.clock_settles, wall=options.wall_clock)
        self._desk = Desk(worker=worker, directory=options.journal_dir, lease_seconds=options.lease_seconds)
        self._watch = recovery.Watch(
            directory=options.journal_dir, lease_seconds=options.lease_seconds, own=lambda: self._desk.lease_id
        )
        self._hand = Hand()
        self._stopping = False
        self._told: WaitingFor | str | None = "nothing yet"
        self._alarm: tuple[WaitingFor | None, float] = (None, 0.0)
        self._database = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._housekeeper = ThreadPoolExecutor(1, thread_name_prefix="upkeep")

    # --- life ---------------------------------------------------------------------------------------------

    def run(self, stop: threading.Event) -> None:
        # The ledger's thread waits for PostgreSQL, then for the interpreter: with the usual 5 ms between two turns a
        # visit of six statements would cost 30 ms, and connections would run dry.
        sys.setswitchinterval(0.0005)
        uvloop.run(self._run(stop))

    async def _run(self, stop: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._crew = Crew(
            hand=self._hand,
            desk=self._desk,
            relays=self._relays,
            faults=self._faults,
            limits=self._options.limits,
            on_news=self._news,
            background=self._background,
        )
        try:
            keeping = asyncio.create_task(self._keep_up(stop))
            if await self._begin(stop):
                await self._work(stop)
            await keeping
        finally:
            for executor in (self._database, self._housekeeper):
                executor.submit(connections.close_all)
                executor.shutdown(wait=True)

    async def _on_database(self, act: Callable[..., T], **values: Any) -> T:
        return await self._loop.run_in_executor(self._database, partial(_fresh_after_loss, act, **values))

    async def _in_background(self, act: Callable[..., T], **values: Any) -> T:
        return await self._loop.run_in_executor(self._housekeeper, partial(_fresh_after_loss, act, **values))

    def _background(self, act: Callable[..., object], **values: Any) -> None:
        future = self._loop.run_in_executor(self._housekeeper, partial(_fresh_after_loss, act, **values))
        future.add_done_callback(_log_failure)

    async def _begin(self, stop: threading.Event) -> bool:
        """A lease and its journal, as soon as there is room and a database; False when asked to stop before."""
        while not stop.is_set():
            try:
                await self._in_background(upkeep.hold_after_silence, now=clock.now())
                await self._in_background(
                    recovery.reread_left_journals, directory=self._options.journal_dir, now=clock.now()
                )
                await self._on_database(self._desk.open)
            except DATABASE_LOST as error:
                self._met(WaitingFor.DATABASE, error)
            except OSError as error:
                self._met(_of_a_file(error), error)
            else:
                self._faults.gone(WaitingFor.DATABASE, WaitingFor.JOURNAL, WaitingFor.DESCRIPTORS)
                return True
            await asyncio.sleep(IDLE_SECONDS)
        return False

    def _met(self, kind: WaitingFor, error: Exception | None = None) -> None:
        if not self._faults.stands(kind):
            logger.warning("local fault kind=%s error=%s", kind, type(error).__name__ if error else "")
        self._faults.met(kind)

    async def _work(self, stop: threading.Event) -> None:
        idle = False
        while True:
            if stop.is_set() and not self._stopping:
                self._stopping = True
                self._crew.finish()
            if self._stopping and not self._crew.is_at_work and not self._hand.queue:
                break
            self._crew.open_lanes()
            try:
                idle = await self._visit(was_idle=idle)
            except recovery.LeaseLost:
                logger.warning("lease lost, starting again")
                if not await self._start_again(stop, at_once=True):
                    return
            except DATABASE_LOST as error:
                self._met(WaitingFor.DATABASE, error)
                if not await self._start_again(stop, at_once=False):
                    return
            await self._pause(IDLE_SECONDS if idle else FLUSH_SECONDS)
        with contextlib.suppress(recovery.LeaseLost, *DATABASE_LOST):
            await self._visit(was_idle=False)
            await self._on_database(self._desk.close)

    async def _pause(self, seconds: float) -> None:
        if self._worth_a_visit:
            return
        self._wake.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    @property
    def _worth_a_visit(self) -> bool:
        return self._hand.told_nothing_of >= WORTH_A_VISIT

    def _news(self) -> None:
        if self._worth_a_visit or not self._crew.is_at_work:
            self._wake.set()

    async def _start_again(self, stop: threading.Event, *, at_once: bool) -> bool:
        """Another lease. `at_once`: ours was taken over (we were frozen, or cut off), all in hand is somebody else's.
        Otherwise the database went away in the middle of a visit, and what it kept of that is unknown: what is on the
        wire gets its answer, and our own journal tells the rest, as that of a neighbour who died."""
        await self._crew.stand_down(at_once=at_once)
        late = [one for one in self._hand.settlements if one.state in {"accepted", "refused"}]
        former = self._desk.lease_id
        self._hand.forget()
        await self._on_database(self._desk.forget)
        began = await self._begin(stop)
        if began and at_once and former is not None:
            # Fates learnt late are still true; the ledger takes those of rows that became uncertain.
            await self._on_database(recovery.record_late, lease_id=former, settlements=late, now=clock.now())
        return began

    # --- the database -------------------------------------------------------------------------------------

    async def _visit(self, *, was_idle: bool) -> bool:
        """Settle, give back, claim; True when there was nothing to do."""
        settlements, back = self._hand.collect()
        room = LOT - len(self._hand)
        usable = not self._faults.pausing and self._relays.choose() is not None and self._try_out_journal()
        claiming = not self._stopping and usable and room >= (1 if was_idle else LOT // 5)
        try:
            answer = await self._on_database(self._desk.visit, settlements=settlements, back=back, claiming=claiming)
        except recovery.LeaseLost:
            self._hand.settlements = settlements + self._hand.settlements
            raise
        self._faults.gone(WaitingFor.DATABASE)
        self._take(answer)
        return not (settlements or back or answer.rows)

    def _try_out_journal(self) -> bool:
        """After it could not be written, and before people are taken in hand for nothing."""
        if not self._faults.stands(WaitingFor.JOURNAL):
            return True
        try:
            self._desk.journal.try_out()
        except Fenced:
            return False  # taken over: the next visit is told so
        except Unwritable:
            self._faults.met(WaitingFor.JOURNAL)
            return False
        self._faults.gone(WaitingFor.JOURNAL)
        return True

    def _take(self, answer: Answer) -> None:
        self._hand.take(answer.rows)
        if answer.stop is not None:
            self._crew.drop_what_may_not_leave(answer.stop)
        if answer.rows:
            if self._stopping:
                self._hand.give_back_queue()
            self._crew.kick()

    # --- upkeep ---------------------------------------------------------------------------------------------

    async def _keep_up(self, stop: threading.Event) -> None:
        """What any worker does for all, every half second."""
        checked = 0.0
        while not self._stopping and not stop.is_set():
            check = self._loop.time() - checked > TELL_EVERY
            worked = await self._spared(self._one_round, check=check)
            if check and worked is not None:
                checked = self._loop.time()
            await self._spared(self._tell)
            if not worked:
                await asyncio.sleep(0.25)

    async def _spared(self, act: Callable[..., Coroutine[Any, Any, T]], **values: Any) -> T | None:
        """A round that fails says so, and the next one comes."""
        try:
            return await act(**values)
        except DATABASE_LOST as error:
            self._met(WaitingFor.DATABASE, error)
        except OSError as error:
            self._met(_of_a_file(error), error)
        except Exception:
            logger.exception("upkeep met our own fault")
            self._faults.met(WaitingFor.BUG)
        return None

    async def _one_round(self, *, check: bool) -> bool:
        """True when there is more to write down at once."""
        if self._clock.jumped():
            # What the hour decides (a send that is due, a message given up) waits until it is believed again.
            self._met(WaitingFor.CLOCK)
            return False
        self._faults.gone(WaitingFor.CLOCK)
        # Without a lease, what was silent for an hour may not have been held yet.
        return self._desk.lease_id is not None and await self._for_all(check=check, now=clock.now())

    async def _for_all(self, *, check: bool, now: datetime) -> bool:
        worked = await self._in_background(_one_round, now=now)
        await self._in_background(self._watch.look, now=now)
        if check:
            await self._in_background(upkeep.check_invariants, now=now)
            await self._in_background(upkeep.expire_service_mail, now=now)
        return worked

    async def _tell(self) -> None:
        """What people look at: relays, faults of this machine, what sends wait for, what lasts."""
        now = clock.now()
        for relay, open_for in self._relays.to_tell():
            await self._in_background(
                upkeep.tell_relay,
                name=relay.name,
                error=relay.error,
                fault=relay.fault,
                open_for=open_for,
                now=now,
            )
        await self._tell_faults(now)
        slow = self._hand.newly_slow(since=self._loop.time() - 1.0)
        if slow is not None and self._desk.lease_id is not None:
            ranges_, mails = slow
            await self._in_background(recovery.say_slow, lease_id=self._desk.lease_id, ranges_=ranges_, mails=mails)

    async def _tell_faults(self, now: datetime) -> None:
        alarm, told_at = self._alarm
        standing = self._faults.standing
        if standing != alarm or (standing and self._loop.time() - told_at > TELL_EVERY):
            await self._in_background(upkeep.tell_fault, worker=self._worker, fault=standing, now=now)
            self._alarm = (standing, self._loop.time())
        why = self._faults.holding_up or self._relays.waiting_for
        if why or why != self._told:
            await self._in_background(upkeep.say_waiting, worker=self._worker, why=why, now=now)
        self._told = why


def _one_round(*, now: datetime) -> bool:
    """Start, write down, wake, end; True when there is more to write down at once."""
    upkeep.start_due(now=now)
    more = upkeep.freeze_one_lot(now=now)
    ledger.wake_deferred(now=now)
    upkeep.finish(now=now)
    upkeep.tell_completions(now=now)
    return more


def _fresh_after_loss(act: Callable[..., T], **values: Any) -> T:
    """On a thread that talks to the database. A connection that was cut is let go, so that the next act opens one."""
    try:
        return act(**values)
    except DATABASE_LOST:
        with contextlib.suppress(Exception):
            connection.close()
        raise


def _of_a_file(error: OSError) -> WaitingFor:
    """The journal's, unless this process may open no more of them."""
    kind = faults.name_of(error)
    return kind if kind is WaitingFor.DESCRIPTORS else WaitingFor.JOURNAL


def _log_failure(future: asyncio.Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        logger.error("background act failed", exc_info=error)
