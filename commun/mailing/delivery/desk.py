"""The worker's dealings with the database, on one thread: settle what is known, claim what there is room for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from commun.common import clock
from commun.mailing.delivery import journal, ledger, recovery
from commun.mailing.delivery.copies import Copier
from commun.mailing.delivery.ledger import Row, Settlement
from commun.mailing.delivery.pace import Pace, read_pace
from commun.mailing.models import Send
from commun.mailing.tokens import DELIVERY
from commun.mailing.types import SendState

LOT = 100  # rows in hand at most: what a lost machine leaves uncertain
LOOK_SECONDS = 0.25  # how often we ask whether anybody paused a send or left it


@dataclass
class Answer:
    """What the database said: rows to send, rows not to send after all, and what to splice them from."""

    rows: list[Row] = field(default_factory=list)
    stop: set[int] | None = None  # None: not looked this time


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
        return self._held is not None and self._clock() - self._beaten < self._lease_seconds * 0.6

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

    # --- one visit ----------------------------------------------------------------------------------------

    def visit(self, *, settlements: Sequence[Settlement], back: Sequence[int], in_hand: int, claiming: bool) -> Answer:
        """One transaction: fates in, untouched rows back, new rows out. Raises `LeaseLost`."""
        assert self._held is not None
        lease_id = self._held.lease.pk
        answer = Answer()
        started = self._clock()
        look = started - self._looked >= LOOK_SECONDS
        renew = claiming or started - self._beaten >= self._lease_seconds / 6
        room = LOT - (in_hand - len(settlements) - len(back))
        if claiming and room > 0 and not look and not back and self._is_plain(settlements):
            rows = ledger.settle_and_claim(
                lease_id=lease_id, settlements=settlements, send_id=self._running[0], limit=room, now=clock.now()
            )
            if rows is None:
                raise recovery.LeaseLost(lease_id)
            answer.rows, self._beaten = rows, started
            return answer
        with transaction.atomic():
            if renew:
                # In the transaction that claims: whoever would revoke this lease waits, then sees that it lives.
                recovery.renew(lease_id=lease_id, now=clock.now())
            if settlements:
                ledger.settle(lease_id=lease_id, settlements=settlements, now=clock.now())
            if back:
                ledger.give_back(lease_id=lease_id, keys=back)
            if look:
                self._find_running()
                answer.stop = ledger.withdrawn_keys(lease_id=lease_id)
                self._looked = started
            if claiming and room > 0:
                answer.rows = self._claim(lease_id=lease_id, room=room, look=look)
        if renew:
            self._beaten = started
        return answer

    def _is_plain(self, settlements: Sequence[Settlement]) -> bool:
        """Nine visits in ten: one send under way, known already, no limit to count, no mail of service."""
        return (
            ledger.is_postgresql()
            and len(self._running) == 1
            and self._running[0] in self._copiers
            and self._pace.is_free
            and all(ledger.space_of(one.key) == DELIVERY for one in settlements)
        )

    def is_running(self, send_id: int) -> bool:
        """Whether this send may still leave, as of the last look."""
        return send_id == 0 or send_id in self._running

    def copier(self, send_id: int) -> Copier:
        return self._copiers[send_id]

    def _find_running(self) -> None:
        self._running = list(Send.objects.filter(state=SendState.SENDING).order_by("pk").values_list("pk", flat=True))
        self._copiers = {pk: copier for pk, copier in self._copiers.items() if pk in self._running}

    def _claim(self, *, lease_id: int, room: int, look: bool) -> list[Row]:
        rows = ledger.claim_service_mail(lease_id=lease_id, limit=min(room, 20)) if look else []
        if not self._running or len(rows) >= room:
            return rows
        if look or not self._pace.is_free:
            self._pace = read_pace(now=clock.now())
        pace = self._pace
        sends = self._running[self._turn % len(self._running) :] + self._running[: self._turn % len(self._running)]
        self._turn += 1  # several sends share the way out
        for send_id in sends:
            if (wanted := pace.room(room - len(rows))) <= 0:
                break
            rows += self._claim_of_send(lease_id=lease_id, send_id=send_id, wanted=wanted, pace=pace)
        return rows

    def _claim_of_send(self, *, lease_id: int, send_id: int, wanted: int, pace: Pace) -> list[Row]:
        claimed = ledger.claim_deliveries(send_id=send_id, lease_id=lease_id, limit=wanted, barred=pace.barred)
        beyond = {row.key for row in pace.excess(claimed)}
        if beyond:
            ledger.give_back(lease_id=lease_id, keys=beyond)
            claimed = [row for row in claimed if row.key not in beyond]
        pace.record(claimed)
        if claimed and send_id not in self._copiers:
            self._copiers[send_id] = Copier(Send.objects.select_related("message").get(pk=send_id))
        return claimed
