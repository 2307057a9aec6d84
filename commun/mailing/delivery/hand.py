"""What one worker holds: rows that wait for a connection, rows on one, and what is to be told to the database."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commun.mailing.delivery.ledger import Row, Settlement, space_of
from commun.mailing.tokens import SERVICE


@dataclass(slots=True)
class InHand:
    """`spoilt`: our own code failed on its copy, before anything of it left."""

    row: Row
    relay: str = ""
    on_wire_since: float = 0.0
    spoilt: bool = False


class Hand:
    """Every row taken is settled or given back, once. `settlements` and `back` are collected by a visit."""

    def __init__(self) -> None:
        self.queue: deque[Row] = deque()
        self.rows: dict[int, InHand] = {}
        self.settlements: list[Settlement] = []
        self.back: list[int] = []
        self._slow: Counter[int] = Counter()
        self._slow_mails: set[int] = set()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def told_nothing_of(self) -> int:
        """Rows whose fate is known here and not yet in the database."""
        return len(self.settlements) + len(self.back)

    def take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows[row.key] = InHand(row)
            self.queue.append(row)

    def settle(self, settlement: Settlement) -> None:
        self.settlements.append(settlement)
        del self.rows[settlement.key]

    def give_back(self, key: int) -> None:
        self.rows.pop(key, None)
        self.back.append(key)

    def give_back_queue(self, *, but: Callable[[Row], bool] = lambda row: False) -> None:
        """All that is not on a connection yet, but those that may stay."""
        stays = deque(row for row in self.queue if but(row))
        for row in self.queue:
            if not but(row):
                self.give_back(row.key)
        self.queue = stays

    def collect(self) -> tuple[list[Settlement], list[int]]:
        told = self.settlements, self.back
        self.settlements, self.back = [], []
        return told

    def forget(self) -> None:
        """All of it is somebody else's now."""
        self.queue.clear()
        self.rows.clear()
        self.settlements.clear()
        self.back.clear()

    def newly_slow(self, *, since: float) -> tuple[dict[int, int], set[int]] | None:
        """On the wire since before then: how many of each range where that changed, and mails of service not told yet.
        None when there is nothing to tell."""
        lasting = [held.row for held in self.rows.values() if held.on_wire_since and held.on_wire_since < since]
        slow = Counter(row.claim for row in lasting if row.claim)
        mails = {row.key for row in lasting if space_of(row.key) == SERVICE}
        changed = {claim: slow[claim] for claim in slow.keys() | self._slow.keys() if slow[claim] != self._slow[claim]}
        new = mails - self._slow_mails
        if not changed and not new:
            return None
        self._slow, self._slow_mails = slow, mails
        return changed, new
