"""What people asked to stop, also in a file beside the database: a restored backup must not write to them again.

A backup forgets whoever left after it was made. So each departure, complaint, suppression and erasure is a row, in the
transaction that does it, and a line of `WITHDRAWALS_FILE`, which is copied apart from backups:

    2026-01-31T10:00:00.123456Z unsubscribed <keyed hash of the address>

The line is written once the act is committed; a sweep writes what a full disk or a killed process left out, then says
so by a line of its own (`complete`): whatever was done before that instant is in the file. A line that stands twice is
one act.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

logger = logging.getLogger("commun.withdrawals")

UNSUBSCRIBED, COMPLAINED, ERASED = "unsubscribed", "complained", "erased"
SUPPRESSED, LIFTED = "suppressed", "lifted"  # followed by ":" and the reason
RETURNED = "returned"  # what stood against her does no more
COMPLETE = "complete"

KEPT = timedelta(days=90)  # rows, not lines: a file that was lost is made again from them
MARGIN = timedelta(minutes=10)  # the longest a transaction may take between its date and its commit
SAID_EVERY = timedelta(minutes=10)
_BLOCK = 64 * 1024
_LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([a-z_:]{1,40}) ([0-9a-f]{64}|-)")


@dataclass(frozen=True, order=True, slots=True)
class Line:
    at: datetime
    kind: str
    who: str  # keyed hash (`signing.address_hash`)

    def __str__(self) -> str:
        return (
            f"{self.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z {self.kind} {self.who}"
        )


def parse(text: str) -> Line | None:
    """None where it is not a whole line of ours: the end of a file on a disk that was full."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found[1])
    except ValueError:
        return None
    return Line(at, found[2], found[3])


def note(*, kind: str, who: str, now: datetime, reason: str = "") -> None:
    """In the transaction of the act: a row; its line once that is committed."""
    from commun.common.models import Withdrawal

    line = Line(now, f"{kind}:{reason}" if reason else kind, who)
    Withdrawal.objects.create(at=line.at, kind=line.kind, who=line.who)
    transaction.on_commit(partial(_try_to_write, [line]), robust=True)


def catch_up(*, now: datetime) -> int:
    """Write the lines that are missing from this machine's file (periodic); how many."""
    from commun.common.models import Withdrawal

    complete_until, written = _tail(settings.WITHDRAWALS_FILE)
    rows = Withdrawal.objects.order_by("at", "pk")
    if complete_until is not None:
        rows = rows.filter(at__gte=complete_until - MARGIN)
    missing = [
        line for at, kind, who in rows.values_list("at", "kind", "who") if (line := Line(at, kind, who)) not in written
    ]
    said = [] if complete_until and now - complete_until < SAID_EVERY else [Line(now, COMPLETE, "-")]
    _write([*missing, *said])
    return len(missing)


def forget_old(*, now: datetime) -> int:
    """Rows whose lines were written long ago (periodic)."""
    from commun.common.models import Withdrawal

    return Withdrawal.objects.filter(at__lt=now - KEPT).delete()[0]


def read(path: Path) -> Iterator[Line]:
    """Every whole line, in the order they were written. Raises OSError."""
    with path.open(encoding="ascii", errors="replace") as lines:
        for text in lines:
            if (line := parse(text.rstrip("\n"))) is not None:
                yield line


def standing(lines: Iterable[Line]) -> list[Line]:
    """What is to be done again, oldest first: without what was lifted, or undone by coming back, since."""
    left: dict[tuple[str, str], Line] = {}
    for line in sorted(set(lines)):
        kind, _, reason = line.kind.partition(":")
        if kind == LIFTED:
            left.pop((f"{SUPPRESSED}:{reason}", line.who), None)
        elif kind == RETURNED:
            for what in (UNSUBSCRIBED, COMPLAINED):
                left.pop((what, line.who), None)
        elif kind in {UNSUBSCRIBED, COMPLAINED, ERASED, SUPPRESSED}:
            left[line.kind, line.who] = line
    return sorted(left.values())


def _try_to_write(lines: list[Line]) -> None:
    try:
        _write(lines)
    except OSError as error:
        # The act itself is committed; the sweep writes its line.
        logger.error("withdrawals file not written error=%s", error.strerror)


def _write(lines: list[Line]) -> None:
    """In one write, on the disk when it returns: processes of one machine share the file."""
    if not lines:
        return
    path: Path = settings.WITHDRAWALS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{line}\n" for line in lines).encode("ascii")
    fd = os.open(path, os.O_APPEND | os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        if (end := os.fstat(fd).st_size) and os.pread(fd, 1, end - 1) != b"\n":
            data = b"\n" + data  # what a full disk cut short is no line
        while data:
            data = data[os.write(fd, data) :]
        os.fsync(fd)
    finally:
        os.close(fd)


def _tail(path: Path) -> tuple[datetime | None, set[Line]]:
    """Until when the file is complete, and its lines since, read from its end; all of them where nothing says so."""
    try:
        size = path.stat().st_size
    except OSError:
        return None, set()
    complete_until: datetime | None = None
    lines: set[Line] = set()
    with path.open("rb") as file:
        at, rest = size, b""
        while at > 0:
            began = max(0, at - _BLOCK)
            file.seek(began)
            *texts, last = (file.read(at - began) + rest).split(b"\n")
            at = began
            # The first of a block may have begun in the one before.
            rest, texts = (texts[0], [*texts[1:], last]) if texts and began else (b"", [*texts, last])
            read_here = [line for text in texts if (line := parse(text.decode("ascii", "replace")))]
            lines.update(line for line in read_here if line.kind != COMPLETE)
            said = [line.at for line in read_here if line.kind == COMPLETE]
            complete_until = max([*said, *([complete_until] if complete_until else [])], default=None)
            if complete_until and read_here and min(line.at for line in read_here) < complete_until - MARGIN:
                break
    return complete_until, lines
