"""Files of addresses that the team brings: tried first, then added, given back where they fail, undone if need be.

What a worker does is cut into batches of one transaction each, which also writes down how far it is: killed anywhere,
the next one goes on from there. `docs/decisions/0017-files-of-addresses.md` says what a crash does at each step.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from commun.common import clock
from commun.mailing.api import withdraw
from commun.subscribers import wording
from commun.subscribers.address_file import AddressFile, Row, Unreadable
from commun.subscribers.address_values import Other
from commun.subscribers.exceptions import FileTooLarge, UnreadableFile, WorkMoved
from commun.subscribers.lives import IMPORT
from commun.subscribers.models import ConsentEvent, Import, ImportPiece, ImportRefusal, Subscriber, Topic
from commun.subscribers.pieces import PIECE, Pieces
from commun.subscribers.services.importing import import_subscribers
from commun.subscribers.services.subscriptions import prove
from commun.subscribers.types import AUDIENCE, ImportReport, ImportState, LegalBasis, SubscriberState
from commun.subscribers.workbooks import as_csv, is_workbook

LARGEST = 50 * 1024 * 1024
MOST_REFUSALS = 20_000  # kept to be given back; a file with more is another kind of file
KEPT = timedelta(days=30)
SILENT = timedelta(minutes=2)  # then whoever worked at it is thought dead
AT_ONCE = 500
_BUSY = (ImportState.TRYING, ImportState.ADDING, ImportState.UNDOING)


def bring_file(
    *,
    stream: BinaryIO,
    name: str,
    basis: LegalBasis,
    source: str,
    topics: Iterable[Topic],
    by: Any,
    now: datetime,
    given_back: Import | None = None,
) -> Import:
    """Keep the file; a worker tries it. Nobody is added before `add_people`.

    Raises `FileTooLarge`, `UnreadableFile`.
    """
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileTooLarge
    try:
        if is_workbook(content[:8]):
            content = as_csv(content)
        AddressFile(io.BytesIO(content))  # an empty one is told at once
    except Unreadable as error:
        raise UnreadableFile(str(error)) from error
    with transaction.atomic():
        row = Import.objects.create(
            name=name[:200],
            source=source[:200],
            basis=basis,
            given_back=given_back,
            size=len(content),
            by=by,
            created_at=now,
            touched_at=now,
        )
        row.topics.set(topics)
        ImportPiece.objects.bulk_create(
            ImportPiece(imported=row, number=number, content=content[at : at + PIECE])
            for number, at in enumerate(range(0, len(content), PIECE))
        )
        transaction.on_commit(lambda: go_on.enqueue(row.pk))
    return row


def try_again(*, pk: int, column: int | None, others: Mapping[Other, int] | None, now: datetime) -> Import:
    """Read without writing, in other columns; `others`, None: as their headings say. Raises `WorkMoved`."""
    kept = None if others is None else {other.value: at for other, at in others.items()}
    return _move(pk=pk, to=ImportState.TRYING, now=now, column=column, others=kept, position=0, report={})


def others_of(row: Import) -> dict[Other, int] | None:
    """Which other columns are read; None: as their headings say."""
    return None if row.others is None else {Other(name): at for name, at in row.others.items()}


def add_people(*, pk: int, now: datetime) -> Import:
    """Raises `WorkMoved`: it was set aside, or somebody else was quicker."""
    return _move(pk=pk, to=ImportState.ADDING, now=now, position=0, report={})


def undo(*, pk: int, now: datetime) -> Import:
    """Take away exactly whom it added, those who have done something since apart. Raises `WorkMoved`."""
    return _move(pk=pk, to=ImportState.UNDOING, now=now, position=0)


def set_aside(*, pk: int, now: datetime) -> Import:
    """Nobody is added, and the file is forgotten. Raises `WorkMoved`."""
    with transaction.atomic():
        row = _move(pk=pk, to=ImportState.SET_ASIDE, now=now, ended_at=now)
        _purge(Import.objects.filter(pk=pk), now=now)
    return row


def _move(*, pk: int, to: ImportState, now: datetime, **values: Any) -> Import:
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=pk)
        if not IMPORT.allows(row.state, to):
            raise WorkMoved
        for name, value in (values | {"state": to, "touched_at": now}).items():
            setattr(row, name, value)
        row.save()
        if to in _BUSY:
            row.refusals.all().delete() if to != ImportState.UNDOING else None
            transaction.on_commit(lambda: go_on.enqueue(pk))
    return row


@task()
def go_on(pk: int) -> None:
    """What a worker does with one file; harmless twice."""
    work(pk=pk, now=clock.now())


def work(*, pk: int, now: datetime) -> None:
    row = Import.objects.filter(pk=pk, state__in=_BUSY).first()
    if row is None:
        return
    if row.state == ImportState.UNDOING:
        _take_away(row, now=now)
        return
    try:
        report = _read(row, now=now)
    except UnreadableFile as error:
        _end(row, to=ImportState.UNREADABLE, problem=str(error)[:300], ended_at=now)
        return
    kept = asdict(report)
    if row.state == ImportState.TRYING:
        _end(row, to=ImportState.TRIED, report=kept, position=row.size)
    else:
        _end(row, to=ImportState.DONE, report=kept, position=row.size, ended_at=clock.now())


def _read(row: Import, *, now: datetime) -> ImportReport:
    trying = row.state == ImportState.TRYING
    refused: list[ImportRefusal] = []
    room = MOST_REFUSALS - row.refusals.count()

    def refuse(line: Row, why: str) -> None:
        if len(refused) < room:
            others = {other.value: cell for other, cell in line.others.items()}
            refused.append(
                ImportRefusal(imported=row, line=line.line, cell=line.address[:254], why=why[:200], others=others)
            )

    def write_down(report: ImportReport, position: int) -> None:
        """In the transaction of the batch: what is counted is what is written, wherever it is cut."""
        nonlocal room
        ImportRefusal.objects.bulk_create(refused)
        room -= len(refused)
        refused.clear()
        moved = Import.objects.filter(pk=row.pk, state=row.state).update(
            report=asdict(report), position=min(position, row.size), touched_at=clock.now()
        )
        if not moved:
            raise WorkMoved

    return import_subscribers(
        stream=io.BufferedReader(Pieces(row)),
        basis=LegalBasis(row.basis),
        source=row.source,
        topics=row.topics.all(),
        dry_run=trying,
        column=row.column,
        others=others_of(row),
        brought_by=row,
        so_far=ImportReport(**row.report) if row.report else None,
        now=row.created_at if trying else now,
        on_refused=refuse,
        on_progress=write_down,
    )


def _end(row: Import, *, to: ImportState, **values: Any) -> None:
    Import.objects.filter(pk=row.pk, state=row.state).update(state=to, touched_at=clock.now(), **values)


def untouched(*, row: Import) -> Any:
    """Whom it brought and who has done nothing since: what may be undone."""
    acts = ConsentEvent.objects.exclude(kind="imported").filter(at__gte=row.created_at).values("subject")
    return row.brought.filter(state=SubscriberState.ACTIVE).exclude(address_hash__in=acts)


def _take_away(row: Import, *, now: datetime) -> None:
    """Whom it added goes; whom it only confirmed waits for a confirmation again."""
    while found := list(untouched(row=row).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            locked = Subscriber.objects.select_for_update().filter(pk__in=[one.pk for one in found])
            people = list(locked.filter(state=SubscriberState.ACTIVE, brought_by=row))
            waiting = [one for one in people if one.created_at < row.created_at]
            added = [one for one in people if one.created_at >= row.created_at]
            for one in people:
                prove(
                    address_hash=one.address_hash,
                    kind="undone",
                    method=wording.IMPORT,
                    source=row.source,
                    now=clock.now(),
                )
                withdraw(key=one.key, audience=AUDIENCE, reason="unsubscribed", now=now)
            Subscriber.objects.filter(pk__in=[one.pk for one in waiting]).update(
                state=SubscriberState.PENDING, confirmed_at=None, brought_by=None
            )
            Subscriber.objects.filter(pk__in=[one.pk for one in added]).delete()
            Import.objects.filter(pk=row.pk).update(report=_with_undone(row, by=len(people)), touched_at=clock.now())
    with transaction.atomic():
        _end(row, to=ImportState.UNDONE, ended_at=now)
        _purge(Import.objects.filter(pk=row.pk), now=now)


def _with_undone(row: Import, *, by: int) -> dict[str, Any]:
    row.report = {**row.report, "undone": row.report.get("undone", 0) + by}
    return row.report


def enqueue_silent(*, now: datetime) -> int:
    """What a dead worker left (periodic)."""
    silent = list(Import.objects.filter(state__in=_BUSY, touched_at__lt=now - SILENT).values_list("pk", flat=True))
    for pk in silent:
        go_on.enqueue(pk)
    return len(silent)


def forget_files(*, now: datetime) -> int:
    """Files and refused lines go after thirty days (periodic); what nobody confirmed is set aside."""
    old = Q(touched_at__lt=now - KEPT, purged_at=None) & ~Q(state__in=_BUSY)
    stale = Import.objects.filter(old)
    stale.filter(state=ImportState.TRIED).update(state=ImportState.SET_ASIDE, ended_at=now)
    return _purge(Import.objects.filter(old), now=now)


def _purge(rows: Any, *, now: datetime) -> int:
    found = list(rows.values_list("pk", flat=True))
    ImportPiece.objects.filter(imported__in=found).delete()
    ImportRefusal.objects.filter(imported__in=found).delete()
    return Import.objects.filter(pk__in=found).update(purged_at=now)
