"""Bringing in people from a file, without ever bringing back who left.

Batches of one transaction each: a machine that stops half-way leaves whole batches, and running again
adds only what is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from commun.accounts.api import InvalidAddress, normalise_email
from commun.mailing.api import address_hash, standing, suppress_many
from commun.mailing.types import SuppressionReason
from commun.subscribers import wording
from commun.subscribers.address_columns import KeptOut
from commun.subscribers.address_file import AddressFile, Row, Unreadable
from commun.subscribers.address_values import Other
from commun.subscribers.exceptions import UnreadableFile
from commun.subscribers.models import ConsentEvent, ConsentWording, Import, Subscriber, Topic
from commun.subscribers.selectors.understanding import Given, Understanding
from commun.subscribers.services import subscriptions
from commun.subscribers.types import ImportReport, LegalBasis, Preference, SubscriberState

_REASONS = {
    KeptOut.LEFT: SuppressionReason.LEFT_ELSEWHERE,
    KeptOut.CLEANED: SuppressionReason.CLEANED_ELSEWHERE,
}
BATCH = 1000  # larger ones are hardly faster, and memory then grows with the file
_PROVE = """
INSERT INTO subscribers_consentevent (subject, kind, at, method, source, basis, wording_id, detail)
SELECT address_hash, 'imported', %(at)s, %(method)s, %(source)s, %(basis)s, %(wording)s, '{{}}'
FROM subscribers_subscriber WHERE id IN ({ids})
"""

Refused = Callable[[Row, str], None]  # the line, why
Progress = Callable[[ImportReport, int], None]  # so far, bytes read


@dataclass(slots=True)
class _Count:
    rows: int = 0
    added: int = 0
    already: int = 0
    skipped: int = 0
    refused: int = 0
    repeated: int = 0
    kept_out: int = 0

    @classmethod
    def after(cls, report: ImportReport | None) -> _Count:
        names = [one.name for one in fields(cls)]
        return cls(**{name: getattr(report, name) for name in names}) if report else cls()

    def report(self, *, truncated: bool, columns: Understanding) -> ImportReport:
        return ImportReport(
            rows=self.rows,
            added=self.added,
            already=self.already,
            skipped=self.skipped,
            refused=self.refused,
            repeated=self.repeated,
            kept_out=self.kept_out,
            truncated=truncated,
            understood=dict(columns.understood),
            unknown={column: dict(values) for column, values in columns.unknown.items()},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Terms:
    """On what grounds these people are written to: the same for the whole file."""

    basis: LegalBasis
    source: str
    wording: ConsentWording | None
    topics: Sequence[Topic]
    brought_by: Import | None
    now: datetime


def import_subscribers(
    *,
    stream: BinaryIO,
    basis: LegalBasis,
    source: str,
    now: datetime,
    topics: Iterable[Topic] = (),
    dry_run: bool = False,
    column: int | None = None,
    others: Mapping[Other, int] | None = None,
    brought_by: Import | None = None,
    so_far: ImportReport | None = None,
    on_refused: Refused = lambda row, why: None,
    on_progress: Progress = lambda report, position: None,
) -> ImportReport:
    """Add the addresses of a seekable binary CSV as active subscribers, with their proof.

    Whoever left or is suppressed is skipped; whoever only waits for a confirmation is confirmed by the
    file's own basis. Every line that is not taken is told to `on_refused`. `dry_run` writes nothing. `column`: where
    the addresses stand, when the headings do not say it rightly; `others`: which columns say more of whoever is added,
    None to guess by headings. `on_progress` is called in the transaction of each batch; given back as `so_far`, what it
    was told makes a new run go on from there.
    Raises `UnreadableFile` when there is nothing to read at all.
    """
    declaration = wording.team_declaration(basis=basis, source=source)
    text = None if dry_run else subscriptions.wording(text=declaration, now=now)
    terms = _Terms(basis=basis, source=source[:200], wording=text, topics=list(topics), brought_by=brought_by, now=now)
    count = _Count.after(so_far)
    columns = Understanding(
        today=timezone.localdate(now),
        understood=so_far.understood if so_far else None,
        unknown=so_far.unknown if so_far else None,
    )
    try:
        file = AddressFile(stream, column=column, others=others)
        rows = iter(file)
        # What this file already gave, on disk: memory must not grow with it.
        with closing(sqlite3.connect("")) as seen, _bounded_memory():
            seen.execute("CREATE TABLE seen (hash BLOB PRIMARY KEY) WITHOUT ROWID")
            _pass_over(islice(rows, count.rows), seen)
            while batch := list(islice(rows, BATCH)):
                found = list(_addresses(batch, count=count, on_refused=on_refused))
                out = {one.digest: one for one in found if one.kept_out}
                new = {one.digest: one for one in found if _is_new(one, seen)}
                count.repeated += len(found) - len(new)
                count.skipped += len(out.keys() & new.keys())
                people = [
                    _Person(one.digest, one.address, columns.read(one.others))
                    for digest, one in new.items()
                    if digest not in out
                ]
                with transaction.atomic():
                    _keep_out(out, terms=terms, count=count, dry_run=dry_run)
                    _take(people, terms=terms, count=count, dry_run=dry_run)
                    on_progress(count.report(truncated=file.truncated, columns=columns), file.position)
    except Unreadable as error:
        raise UnreadableFile(str(error)) from error
    return count.report(truncated=file.truncated, columns=columns)


@dataclass(frozen=True, slots=True)
class _Found:
    digest: str
    address: str
    kept_out: KeptOut
    others: Mapping[Other, str]


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody to take, with what the file says of her."""

    digest: str
    address: str
    given: Given


def _addresses(batch: list[Row], *, count: _Count, on_refused: Refused) -> Iterator[_Found]:
    """Of the lines that hold an address."""
    for row in batch:
        count.rows += 1
        problem = row.problem
        if not problem:
            try:
                address = normalise_email(row.address)
            except InvalidAddress:
                problem = "adresse invalide"
        if problem:
            count.refused += 1
            on_refused(row, problem)
            continue
        yield _Found(address_hash(address), address, row.kept_out, row.others)


def _pass_over(rows: Iterable[Row], seen: sqlite3.Connection) -> None:
    """What a former run took: remembered, so that a repetition further down is still told as one."""
    while batch := list(islice(rows, BATCH)):
        for one in _addresses(batch, count=_Count(), on_refused=lambda row, why: None):
            _is_new(one, seen)


def _is_new(one: _Found, seen: sqlite3.Connection) -> bool:
    """Whether this file had not given it yet."""
    return bool(seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (bytes.fromhex(one.digest)[:16],)).rowcount)


def _keep_out(out: dict[str, _Found], *, terms: _Terms, count: _Count, dry_run: bool) -> None:
    """Whom the other tool says left, or put out: no letter, until she confirms herself. One who confirmed here already,
    by her own act, stands as she chose."""
    chose = set(
        ConsentEvent.objects.filter(subject__in=out, kind__in=("confirmed", "returned")).values_list(
            "subject", flat=True
        )
    )
    active = Subscriber.objects.filter(address_hash__in=chose, state=SubscriberState.ACTIVE)
    hers = set(active.values_list("address_hash", flat=True))
    kept = [one for digest, one in out.items() if digest not in hers]
    count.kept_out += len(kept)
    if dry_run:
        return
    for said, reason in _REASONS.items():
        addresses = {one.digest: one.address for one in kept if one.kept_out is said}
        suppress_many(reason=reason, addresses=addresses, evidence=f"import : {terms.source}", now=terms.now)


def _take(people: list[_Person], *, terms: _Terms, count: _Count, dry_run: bool) -> None:
    """What the file says of somebody who is here already changes nothing of what she chose."""
    hashes = [one.digest for one in people]
    known = dict(Subscriber.objects.filter(address_hash__in=hashes).values_list("address_hash", "state"))
    suppressed = set(standing(hashes=hashes))
    left = {digest for digest, state in known.items() if state == SubscriberState.UNSUBSCRIBED}
    already = {digest for digest, state in known.items() if state == SubscriberState.ACTIVE} - suppressed
    count.skipped += len(suppressed | left)
    count.already += len(already)
    pending = {digest for digest in known.keys() - suppressed if known[digest] == SubscriberState.PENDING}
    waiting = [one for one in people if one.digest in pending]
    new = [one for one in people if one.digest not in suppressed and one.digest not in known]
    if dry_run:
        count.added += len(new) + len(waiting)
    else:
        added = _add(new, terms=terms) | _confirm(waiting, terms=terms)
        _prove(added, people=[*new, *waiting], terms=terms)
        count.added += len(added)
        count.already += len(new) + len(waiting) - len(added)  # somebody else was quicker


def _add(new: list[_Person], *, terms: _Terms) -> dict[str, int]:
    """Primary keys of those who were added, by hash."""
    own = tuple(topic.pk for topic in terms.topics)
    chosen = {one.digest: own if one.given.topics is None else one.given.topics for one in new}
    people = [
        Subscriber(
            address=one.address,
            address_hash=one.digest,
            domain=one.address.rpartition("@")[2],
            state=SubscriberState.ACTIVE,
            preference=Preference.CHOSEN_TOPICS if chosen[one.digest] else Preference.EVERY_ISSUE,
            departement_id=one.given.departement,
            brought_by=terms.brought_by,
            created_at=terms.now,
            confirmed_at=terms.now,
        )
        for one in new
    ]
    Subscriber.objects.bulk_create(people, ignore_conflicts=True)
    keys = [person.key for person in people]
    written = dict(Subscriber.objects.filter(key__in=keys).values_list("address_hash", "pk"))
    through = Subscriber.topics.through
    through.objects.bulk_create(
        (through(subscriber_id=pk, topic_id=topic) for digest, pk in written.items() for topic in chosen[digest]),
        batch_size=BATCH,
    )
    return written


def _confirm(waiting: list[_Person], *, terms: _Terms) -> dict[str, int]:
    """People who asked themselves and had not confirmed yet; their own choice of topics stands."""
    pending = Subscriber.objects.select_for_update().filter(
        address_hash__in=[one.digest for one in waiting], state=SubscriberState.PENDING
    )
    found = dict(pending.values_list("address_hash", "pk"))
    Subscriber.objects.filter(pk__in=found.values()).update(
        state=SubscriberState.ACTIVE, confirmed_at=terms.now, brought_by=terms.brought_by
    )
    return found


def _prove(added: dict[str, int], *, people: list[_Person], terms: _Terms) -> None:
    """One proof each. That which says nothing of its own is written by the database from the rows just added: twice as
    fast as carrying them back."""
    own = [one for one in people if one.given.is_proof and one.digest in added]
    ConsentEvent.objects.bulk_create(
        (
            ConsentEvent(
                subject=one.digest,
                kind="imported",
                at=terms.now,
                method=wording.IMPORT,
                source=_source(terms.source, one.given.source),
                basis=terms.basis.value,
                wording=terms.wording,
                detail={"accord du": one.given.agreed_on.isoformat()} if one.given.agreed_on else {},
            )
            for one in own
        ),
        batch_size=BATCH,
    )
    alike = added.keys() - {one.digest for one in own}
    if not alike:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _PROVE.format(ids=", ".join(str(added[digest]) for digest in alike)),
            {
                "at": connection.ops.adapt_datetimefield_value(terms.now),
                "method": wording.IMPORT,
                "source": terms.source,
                "basis": terms.basis.value,
                "wording": terms.wording.pk if terms.wording else None,
            },
        )


def _source(of_file: str, hers: str) -> str:
    return f"{hers} ({of_file})"[:200] if hers else of_file


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """SQLite's mapped pages count as memory of the process: a long import would show the whole database."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA mmap_size = {int(mapped[0]) if mapped else 0}")
