"""The connections of one worker, and what happens on them. In the loop's thread only."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commun.common import clock
from commun.mailing.delivery import fates
from commun.mailing.delivery.copies import service_outgoing
from commun.mailing.delivery.desk import Desk
from commun.mailing.delivery.faults import Faults, name_of
from commun.mailing.delivery.hand import Hand, InHand
from commun.mailing.delivery.journal import Fenced, Unwritable
from commun.mailing.delivery.ledger import Row, Settlement, space_of
from commun.mailing.delivery.relays import Relay, Relays
from commun.mailing.services import returns
from commun.mailing.tokens import DELIVERY
from commun.mailing.types import DeliveryState, WaitingFor
from commun.mailing.wire.lane import Lane, connect
from commun.mailing.wire.session import Fate, MayNotLeave, Outcome, Outgoing, Stage

logger = logging.getLogger("commun.mailing")

IDLE_CONNECTION_SECONDS = 10.0
# What is nobody's fault but this machine's: no relay is left alone for it.
_OURS = {WaitingFor.DESCRIPTORS, WaitingFor.BUG}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds for one answer and for a connection to open; how long a person's message is tried again."""

    connections: int
    answer_seconds: float
    connect_seconds: float
    give_up_after: timedelta


@dataclass(slots=True)
class _Answered:
    """Messages that one connection had an answer for."""

    count: int = 0


class Crew:
    """`on_news()` is called when the database should be told soon; `background(act, **values)` runs elsewhere."""

    def __init__(
        self,
        *,
        hand: Hand,
        desk: Desk,
        relays: Relays,
        faults: Faults,
        limits: Limits,
        on_news: Callable[[], None],
        background: Callable[..., None],
    ) -> None:
        self._hand, self._desk, self._relays, self._faults, self._limits = hand, desk, relays, faults, limits
        self._on_news, self._background = on_news, background
        self._loop = asyncio.get_running_loop()
        self._lanes: set[Lane] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._finishing = False
        self.may_not_leave: set[int] = set()  # keys of people who left

    @property
    def is_at_work(self) -> bool:
        return bool(self._tasks)

    def open_lanes(self) -> None:
        """As many connections as there is work for."""
        wanted = min(self._limits.connections, len(self._hand.queue))
        if self._finishing or len(self._tasks) >= self._limits.connections:
            return
        relay = None if self._faults.pausing else self._relays.choose()
        if relay is None:
            self._hand.give_back_queue()
            return
        while len(self._tasks) < wanted:
            task = asyncio.create_task(self._serve(relay))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def kick(self) -> None:
        for lane in list(self._lanes):
            lane.kick()
        self.open_lanes()

    def finish(self) -> None:
        """Nothing new leaves; what is on the wire gets its answer."""
        self._finishing = True
        self._hand.give_back_queue()
        for lane in list(self._lanes):
            lane.finish()

    async def stand_down(self, *, at_once: bool) -> None:
        """All connections closed: `at_once` (what is on the wire is not ours to answer for), or after its answer."""
        self._finishing = True
        for lane in list(self._lanes):
            lane.abort() if at_once else lane.finish()
        while self._tasks:
            await asyncio.wait(list(self._tasks))
        self._finishing = False

    # --- one connection -----------------------------------------------------------------------------------

    async def _serve(self, relay: Relay) -> None:
        """From its opening to its end."""
        try:
            transport, features = await connect(relay.address, timeout=self._limits.connect_seconds)
        except Exception as error:  # whatever it is: rows in hand wait for another connection
            self._could_not_connect(relay, error)
            return
        self._faults.gone(WaitingFor.DESCRIPTORS)
        answered = _Answered()
        lane = Lane(
            feed=partial(self._feed, relay),
            on_wire=self._leaves,
            on_outcomes=partial(self._outcomes, relay, answered),
            timeout=self._limits.answer_seconds,
        )
        self._lanes.add(lane)
        try:
            lane.take_over(transport=transport, features=features)
            await self._until_idle(lane)
            if lane.broken is not None:
                logger.error("a connection met our own fault", exc_info=lane.broken)
                self._faults.met(WaitingFor.BUG)
            elif not answered.count and not self._finishing and not lane.cut_by_us:
                self._relays.failed(relay, error=lane.violation or "closed without an answer")
        finally:
            self._lanes.discard(lane)
            self._on_news()

    def _could_not_connect(self, relay: Relay, error: Exception) -> None:
        kind = name_of(error)
        if kind is WaitingFor.BUG:
            logger.error("connecting met our own fault", exc_info=error)
        if kind in _OURS:
            self._faults.met(kind)
        else:
            self._relays.failed(relay, error=_describe(error), fault=kind)
        self._on_news()

    async def _until_idle(self, lane: Lane) -> None:
        """Wait for the end; close a connection that has had nothing to do for a while."""
        idle_for = 0.0
        while not lane.done.done():
            await asyncio.wait({lane.done}, timeout=1.0)
            idle_for = idle_for + 1.0 if lane.idle else 0.0
            if idle_for >= IDLE_CONNECTION_SECONDS or (self._finishing and lane.idle):
                lane.finish()

    # --- what a connection asks and tells -----------------------------------------------------------------

    def _feed(self, relay: Relay) -> Outgoing | None:
        """The next message for a connection, or None."""
        hand = self._hand
        while hand.queue and not self._finishing and self._desk.may_write():
            row = hand.queue.popleft()
            if not self._desk.is_running(row.send_id):
                hand.give_back(row.key)
                continue
            held = hand.rows[row.key]
            held.relay = relay.name
            try:
                return self._copy_of(held)
            except Exception:
                self._our_fault(held)
        return None

    def _copy_of(self, held: InHand) -> Outgoing:
        row = held.row
        if space_of(row.key) == DELIVERY:
            return self._desk.copier(row.send_id).outgoing(row=row, now=clock.now())
        return service_outgoing(row=row)

    def _our_fault(self, held: InHand) -> None:
        """This person waits as if her server had asked for it, and the next one is tried."""
        logger.exception("a copy could not be made send=%s", held.row.send_id)
        self._faults.met(WaitingFor.BUG)
        self._settle_late(held)

    def _settle_late(self, held: InHand) -> None:
        row = held.row
        wait = fates.back_off(attempts=row.attempts)
        state = DeliveryState.DEFERRED.value
        self._hand.settle(
            Settlement(row.key, state, "our_fault", not_before=clock.now() + wait, claim=row.claim, relay=held.relay)
        )

    def _leaves(self, message: Outgoing) -> None:
        """Just before the bytes go: raises `MayNotLeave` when they must not."""
        held = self._hand.rows.get(message.key)
        if held is None or message.key in self.may_not_leave or not self._desk.is_running(held.row.send_id):
            raise MayNotLeave
        if not self._desk.may_write():
            raise MayNotLeave
        try:
            self._desk.journal.wire(message.key)
        except Fenced:
            raise MayNotLeave from None
        except Unwritable as error:
            logger.warning("journal unwritable: %s", error)
            self._faults.met(WaitingFor.JOURNAL)
            raise MayNotLeave from None
        self._faults.gone(WaitingFor.JOURNAL)
        held.on_wire_since = self._loop.time()

    def _outcomes(self, relay: Relay, answered: _Answered, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            held = self._hand.rows.get(outcome.key)
            if held is None:
                continue
            try:
                answered.count += self._outcome(held=held, outcome=outcome, now=clock.now())
            except Exception:
                self._misjudged(held, outcome)
        if answered.count:
            self._relays.worked(relay)
        self._on_news()

    def _outcome(self, *, held: InHand, outcome: Outcome, now: datetime) -> bool:
        """Whether it is an answer to this message."""
        if outcome.fate is Fate.UNTOUCHED:
            self._settle_late(held) if outcome.spoilt else self._hand.give_back(outcome.key)
            return False
        if _refuses_us(outcome):
            # No fault of this person; the next one would be refused too.
            self._hand.give_back(outcome.key)
            self._background(returns.stop_refused_sender, send_id=held.row.send_id, text=outcome.text, now=now)
            return False
        self._settle(held=held, outcome=outcome, now=now)
        return True

    def _misjudged(self, held: InHand, outcome: Outcome) -> None:
        """Our own code failed on an answer: what is certain of it stays so, and no row is held for ever."""
        logger.exception("an answer could not be read send=%s", held.row.send_id)
        self._faults.met(WaitingFor.BUG)
        if outcome.key not in self._hand.rows:
            return
        if outcome.fate in {Fate.ACCEPTED, Fate.UNCERTAIN}:
            reason = "" if outcome.fate is Fate.ACCEPTED else "our_fault"
            self._hand.settle(Settlement(outcome.key, outcome.fate.value, reason, claim=held.row.claim))
        else:
            self._settle_late(held)

    def _settle(self, *, held: InHand, outcome: Outcome, now: datetime) -> None:
        tried = fates.Tried(held.row.attempts, held.row.first_attempt_at, held.relay, held.row.claim)
        settlement = fates.settlement(outcome=outcome, tried=tried, now=now, give_up_after=self._limits.give_up_after)
        # Where it cannot be written: the database is told in a moment, and a death in between leaves it uncertain.
        with contextlib.suppress(Fenced, Unwritable):
            self._desk.journal.result(outcome.key, settlement.state, settlement.code, settlement.enhanced)
        self._hand.settle(settlement)
        if outcome.fate in {Fate.REFUSED, Fate.DEFERRED} and space_of(outcome.key) == DELIVERY:
            self._background(returns.note_smtp_reply, row=held.row, outcome=outcome, relay=held.relay, now=now)

    def drop_what_may_not_leave(self, keys: set[int]) -> None:
        """People who left, sends that were paused: everything not yet on the wire goes back at once."""
        self.may_not_leave = keys

        def stays(row: Row) -> bool:
            return row.key not in keys and self._desk.is_running(row.send_id)

        self._hand.give_back_queue(but=stays)


def _refuses_us(outcome: Outcome) -> bool:
    """Our own sender. 5.6.x speaks of the message: 8BITMIME or SMTPUTF8 that the relay does not offer."""
    refused = outcome.stage is Stage.SENDER and outcome.fate is Fate.REFUSED
    return refused and not outcome.enhanced.startswith("5.6")


def _describe(error: Exception) -> str:
    """What failed, without what was said: an SMTP error may quote an address."""
    return type(error).__name__
