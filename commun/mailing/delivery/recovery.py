"""Leases: living by them, and taking over from those who died. See decision 0006 for each crash point."""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from commun.mailing.delivery import journal, ledger, ranges
from commun.mailing.delivery.ledger import Settlement
from commun.mailing.models import Lease
from commun.mailing.tokens import DELIVERY
from commun.mailing.types import DeliveryState

logger = logging.getLogger("commun.mailing")

# Shares of LEASE_SECONDS, each counted on one's own monotonic clock. The owner writes for so long after its last beat;
# others wait for so long after the last one they saw, half a second late at most: all is over within the lease.
OWNER_WRITES = 0.6
OTHERS_WAIT = 0.85


class LeaseLost(Exception):
    """Somebody took our lease over: everything in hand is theirs."""


@dataclass
class Held:
    """A lease of ours and its journal."""

    lease: Lease
    journal: journal.Journal


def open_lease(*, worker: str, directory: Path, now: datetime) -> Held:
    """A new lease with a new journal. The journal exists before the lease says so."""
    machine = journal.this_machine(directory)
    path = directory / f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(6)}{journal.SUFFIX}"
    opened = journal.Journal(path)
    try:
        lease = Lease.objects.create(worker=worker, machine=machine, journal=path.name, opened_at=now, beat_at=now)
    except Exception:
        opened.close(remove=True)
        raise
    return Held(lease, opened)


def renew(*, lease_id: int, now: datetime) -> None:
    """Raises `LeaseLost`."""
    if not ledger.renew(lease_id=lease_id, now=now):
        raise LeaseLost(lease_id)


def close(*, lease_id: int, now: datetime) -> bool:
    """Give a lease up; True when nothing is held under it any more and the journal may go."""
    with transaction.atomic():
        ours = Lease.objects.select_for_update().filter(pk=lease_id, revoked_at__isnull=True, closed_at__isnull=True)
        if not ours.exists():
            return False
        _give_everything_back(lease_id=lease_id, now=now)
        return bool(ours.update(closed_at=now))


def _give_everything_back(*, lease_id: int, now: datetime) -> None:
    if claims := ranges.claims_of(lease_id=lease_id):
        ranges.give_back(lease_id=lease_id, claim_ids=claims, now=now)
    ledger.give_back(lease_id=lease_id, keys=ledger.held_alone(lease_id=lease_id), now=now)


def record_late(*, lease_id: int, settlements: list[Settlement], now: datetime) -> None:
    """What the owner of a lease that was taken over learns late: told of rows still its own, or uncertain under it."""
    with transaction.atomic():
        Lease.objects.select_for_update().filter(pk=lease_id).first()
        ledger.settle(lease_id=lease_id, settlements=settlements, now=now)


def say_slow(*, lease_id: int, ranges_: dict[int, int], mails: set[int]) -> None:
    """What has been on the wire for a while."""
    ranges.say_slow(lease_id=lease_id, slow=ranges_)
    if mails:
        ledger.mark_attempting(lease_id=lease_id, keys=sorted(mails))


@dataclass
class Watch:
    """Watches the leases of others on our own monotonic clock: two clocks are never compared."""

    directory: Path
    lease_seconds: float
    own: Callable[[], int | None]
    clock: Callable[[], float] = time.monotonic
    _seen: dict[int, tuple[int, float]] = field(default_factory=dict)

    def look(self, *, now: datetime) -> int:
        """Take over every lease whose owner is dead or silent; how many."""
        machine = journal.this_machine(self.directory)
        opened = Lease.objects.filter(closed_at__isnull=True).exclude(pk=self.own() or 0)
        leases = list(opened)
        self._seen = {lease.pk: self._seen[lease.pk] for lease in leases if lease.pk in self._seen}
        over = [
            (lease, lease.machine == machine)
            for lease in leases
            if lease.revoked_at is not None or self._is_over(lease, same_machine=lease.machine == machine)
        ]
        taken = 0
        for lease, same_machine in over:
            # Where its journal cannot be fenced for want of room, it is looked at again.
            with contextlib.suppress(journal.Unwritable):
                taken += take_over(lease=lease, directory=self.directory, same_machine=same_machine, now=now)
        return taken

    def _is_over(self, lease: Lease, *, same_machine: bool) -> bool:
        if same_machine and journal.owner_is_dead(self.directory / lease.journal):
            return True
        beat, since = self._seen.get(lease.pk, (-1, 0.0))
        if beat != lease.beat:
            self._seen[lease.pk] = (lease.beat, self.clock())
            return False
        return self.clock() - since >= self.lease_seconds * OTHERS_WAIT


def take_over(*, lease: Lease, directory: Path, same_machine: bool, now: datetime) -> bool:
    """End somebody's lease. Repeating it, by us or by another, changes nothing more.

    First the revocation is committed: the owner, if it still lives, can record nothing new as its own claim. Then the
    journal is fenced and read: what never left goes back, what left with a known fate gets it, what left without one is
    uncertain. Without a journal every row held is uncertain.
    """
    revoked = Lease.objects.filter(pk=lease.pk, beat=lease.beat, closed_at__isnull=True, revoked_at__isnull=True)
    if lease.revoked_at is None and not revoked.update(revoked_at=now):
        return False  # it lives after all, or somebody else was quicker
    contents = journal.take_over(directory / lease.journal) if same_machine else None
    with transaction.atomic():
        locked = Lease.objects.select_for_update().get(pk=lease.pk)
        if locked.closed_at is not None:
            return False
        _settle_by_journal(lease_id=lease.pk, held=_held_by(lease.pk), contents=contents, now=now)
        _give_everything_back(lease_id=lease.pk, now=now)
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
    if contents is not None:
        (directory / lease.journal).unlink(missing_ok=True)
    logger.warning("lease taken over lease=%s journal=%s", lease.pk, "read" if contents is not None else "missing")
    return True


def reread_left_journals(*, directory: Path, now: datetime) -> int:
    """A machine that was thought lost comes back: its journals say what really left. How many were read."""
    machine = journal.this_machine(directory)
    read = 0
    for path in sorted(directory.glob(f"*{journal.SUFFIX}")):
        if not journal.owner_is_dead(path):
            continue
        lease = Lease.objects.filter(machine=machine, journal=path.name).first()
        if lease is not None and lease.closed_at is None:
            continue  # the watch takes it over
        contents = journal.take_over(path)  # its owner is dead: no fence is needed
        if lease is not None and contents is not None:
            with transaction.atomic():
                _settle_uncertain(lease_id=lease.pk, contents=contents, now=now)
        path.unlink(missing_ok=True)
        read += 1
    return read


def _held_by(lease_id: int) -> dict[int, int]:
    """Key and claim (0: alone) of every row a lease holds."""
    rows = {ledger.make_key(space=DELIVERY, pk=pk): claim for pk, claim in ranges.rows_of(lease_id=lease_id)}
    return rows | dict.fromkeys(ledger.held_alone(lease_id=lease_id), 0)


def _settle_by_journal(
    *, lease_id: int, held: dict[int, int], contents: journal.Contents | None, now: datetime
) -> None:
    """What is known gets its fate, what left without one is uncertain; what never left the caller gives back."""
    settlements = []
    for key, claim in held.items():
        if contents is None:
            settlements.append(Settlement(key, DeliveryState.UNCERTAIN.value, "machine_lost", claim=claim))
        elif known := contents.known.get(key):
            settlements.append(_as_known(key=key, known=known, claim=claim, now=now))
        elif key in contents.on_wire:
            settlements.append(Settlement(key, DeliveryState.UNCERTAIN.value, "worker_lost", claim=claim))
    ledger.settle(lease_id=lease_id, settlements=settlements, now=now)


def _settle_uncertain(*, lease_id: int, contents: journal.Contents, now: datetime) -> None:
    """Of what was given up as uncertain: the fate its journal knows, or another attempt where it never left."""
    settlements = []
    for key in ledger.uncertain_under(lease_id=lease_id):
        if known := contents.known.get(key):
            settlements.append(_as_known(key=key, known=known, claim=0, now=now))
        elif key not in contents.on_wire:
            settlements.append(Settlement(key, DeliveryState.PENDING.value, tried=False))
    ledger.settle(lease_id=lease_id, settlements=settlements, now=now)


def _as_known(*, key: int, known: journal.Known, claim: int, now: datetime) -> Settlement:
    """The journal keeps the state itself; a deferral without its date waits from now."""
    not_before = now if known.fate == DeliveryState.DEFERRED else None
    reason = {"refused": "refused", "deferred": "later"}.get(known.fate, "")
    return Settlement(key, known.fate, reason, known.code, known.enhanced, "", "", not_before, claim=claim)
