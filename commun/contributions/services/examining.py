"""Files that came are examined by workers, one at a time, and kept or refused.

A loop of its own, because nothing else may wait behind somebody's files; each file in a process of its own, which is
given so much time and memory and no more. The attempt is counted and committed before anything is opened: a file that
takes its worker with it is refused in the end, whatever the way it kills. What one sending may cost is counted on its
files (`Budget`). A worker killed in the middle leaves the file to whoever comes after `HELD`; a file examined twice is
settled once.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import close_old_connections, transaction
from django.db.models import F, QuerySet, Sum

from commun.common import clock
from commun.contributions import antivirus
from commun.contributions.files import Budget, Examined, Refusal, Refused
from commun.contributions.files.apart import examine_apart
from commun.contributions.files.clamd import ScannerAway
from commun.contributions.models import Contribution, File
from commun.contributions.services.letters import write
from commun.contributions.services.retention import drop_when_committed, stored_files
from commun.contributions.types import FileState, State, Trust

logger = logging.getLogger("commun.contributions")

HELD = timedelta(minutes=10)  # far more than the longest examination
WAIT = timedelta(minutes=2)
MOST_ATTEMPTS = 5
POLL_SECONDS = 1.0
# Whom nobody writes to.
_SILENT = (State.SPAM, State.WITHDRAWN, State.MERGED)


def run(stop: threading.Event, worker: str) -> None:
    """The loop of every worker: what is being examined is settled, then `stop` is seen."""
    while not stop.is_set():
        found = examine_next(now=clock.now())
        close_old_connections()
        if not found:
            stop.wait(POLL_SECONDS)


def examine_next(*, now: datetime) -> bool:
    """Examine one file that waits; False where none does, or another worker took it."""
    row = _claim(now=now)
    if row is None:
        return False
    began = time.monotonic()
    try:
        found: Examined | Refused = _examine(row=row)
    except Refused as error:
        found = error
    except ScannerAway:
        # Said of a server, not of the file: it does not count against it.
        _later(row=row, attempts=row.attempts - 1, now=now)
        return True
    except Exception as error:  # a storage, a process: whatever it is, other files do not wait for it
        logger.warning("file not examined id=%s why=%s", row.pk, type(error).__name__)
        _later(row=row, attempts=row.attempts, now=now)
        return True
    _settle(row=row, found=found, spent_ms=int((time.monotonic() - began) * 1000))
    return True


def _claim(*, now: datetime) -> File | None:
    """One worker wins, by a conditional UPDATE. First files of every sending first: nobody's tenth goes before."""
    waiting = File.objects.filter(state=FileState.WAITING, retry_at__lte=now).order_by("attempts", "place", "pk")
    row = waiting.first()
    if row is None:
        return None
    mine = File.objects.filter(pk=row.pk, state=FileState.WAITING, attempts=row.attempts, retry_at__lte=now)
    if not mine.update(attempts=F("attempts") + 1, retry_at=now + HELD):
        return None
    row.attempts += 1
    return row


def _examine(*, row: File) -> Examined:
    if row.attempts > MOST_ATTEMPTS:
        raise Refused(Refusal.BROKEN)
    budget = _left(row=row)
    with row.file.open("rb") as stored:
        data = stored.read()
    if antivirus.is_infected(data=data):
        raise Refused(Refusal.VIRUS)
    return examine_apart(name=row.name, data=data, budget=budget)


def _left(*, row: File) -> Budget:
    """What the other files of the same sending have left. Raises `Refused` where that is no time at all."""
    spent = _siblings(row).aggregate(pixels=Sum("pixels"), pages=Sum("pages"), ms=Sum("spent_ms"))
    most = Budget()
    left = Budget(
        pixels=most.pixels - (spent["pixels"] or 0),
        pages=most.pages - (spent["pages"] or 0),
        seconds=most.seconds - (spent["ms"] or 0) / 1000,
    )
    if left.seconds <= 0:
        raise Refused(Refusal.LONG)
    return left


def _siblings(row: File) -> QuerySet[File]:
    owner = {"draft": row.draft_id} if row.draft_id is not None else {"contribution": row.contribution_id}
    return File.objects.filter(**owner).exclude(pk=row.pk)


def _later(*, row: File, attempts: int, now: datetime) -> None:
    File.objects.filter(pk=row.pk, state=FileState.WAITING, attempts=row.attempts).update(
        attempts=attempts, retry_at=now + WAIT * max(1, attempts)
    )


@transaction.atomic
def _settle(*, row: File, found: Examined | Refused, spent_ms: int) -> None:
    """Write down what was found, if the file is still there and still ours: it may have been handed to a contribution
    meanwhile, or taken out."""
    owner = File.objects.filter(pk=row.pk).values_list("contribution_id", flat=True).first()
    contribution = Contribution.objects.select_for_update(of=("self",)).filter(pk=owner).first() if owner else None
    file = (
        File.objects.select_for_update(of=("self",))
        .filter(pk=row.pk, state=FileState.WAITING, attempts=row.attempts)
        .first()
    )
    if file is None:
        return
    if contribution is None and file.contribution_id is not None:  # handed to it between these two questions
        contribution = Contribution.objects.select_for_update(of=("self",)).get(pk=file.contribution_id)
    file.retry_at, file.spent_ms = None, spent_ms
    came = stored_files([file])
    if isinstance(found, Refused):
        file.state, file.refused, file.file = FileState.REFUSED, found.reason.value, ""
        file.to_tell = contribution is not None
        drop_when_committed(came)
    else:
        _keep(file=file, found=found)
        if file.file.name != row.file.name:
            drop_when_committed(came)
    file.save()
    logger.info("file examined id=%s state=%s why=%s", file.pk, file.state, file.refused)
    if contribution is not None:
        tell_refused(contribution=contribution)


def _keep(*, file: File, found: Examined) -> None:
    file.state, file.name, file.content_type = FileState.KEPT, found.name[:160], found.content_type
    file.pages, file.width, file.height, file.pixels = found.pages, found.width, found.height, found.pixels
    if file.is_image:  # written again: what came goes
        file.size = len(found.data)
        file.file.save(found.name, ContentFile(found.data), save=False)


def tell_refused(*, contribution: Contribution) -> None:
    """Once none waits any more, whoever gave them hears of those that were not kept, in one message."""
    files = contribution.files
    refused = list(files.filter(to_tell=True))
    if not refused or files.filter(state=FileState.WAITING).exists():
        return
    files.filter(to_tell=True).update(to_tell=False)
    if contribution.address and contribution.trust != Trust.FAILING and contribution.state not in _SILENT:
        subject = (
            f"Fichier non gardé : {contribution.title}" if len(refused) == 1 else "Des fichiers n’ont pas été gardés"
        )
        write(contribution=contribution, template="files_refused", subject=subject, refused=refused)
