"""The database's side of the engine: a handful of statements, each true on SQLite and on PostgreSQL.

A row is named by its key: `pk * 2 + space`, where the space is that of `tokens` (delivery of a send, mail of service).
Most deliveries are held through a range (`ranges`); those that were put aside, and mail of service, one by one. Every
statement names the lease it acts under: a worker whose rows were given to somebody else changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db import connection

from commun.mailing.tokens import DELIVERY, SERVICE

PREPARED_FROM = 2  # how often a statement is asked before it is worth preparing


def make_key(*, space: int, pk: int) -> int:
    return pk * 2 + space


def space_of(key: int) -> int:
    return key & 1


def pk_of(key: int) -> int:
    return key >> 1


@dataclass(slots=True)
class Row:
    """A claimed row, as much of it as sending needs. Of a mail of service, `send_id` is 0."""

    key: int
    send_id: int
    address: str
    recipient_key: str
    attempts: int
    operator_id: int | None
    first_attempt_at: datetime | None = None
    claim: int = 0  # the range it is held through; 0 when it is held alone
    sender: str = ""
    raw: bytes = b""
    eight_bit: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a row: its new state and the evidence."""

    key: int
    state: str
    reason: str = ""
    code: int = 0
    enhanced: str = ""
    diagnostic: str = ""
    relay: str = ""
    not_before: datetime | None = None
    tried: bool = True
    claim: int = 0  # as of its row


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def read(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with _cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def change(sql: str, values: Sequence[Any]) -> int:
    with _cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@contextmanager
def _cursor() -> Iterator[Any]:
    """Django writes values into the text of each statement, which PostgreSQL then parses and plans again. These few
    statements are prepared and planned once a connection instead. Left to itself the server plans again whatever takes
    an array, hoping for better: half of what a settled lot cost it."""
    if not is_postgresql():
        with connection.cursor() as cursor:
            yield cursor
        return
    import psycopg  # not loaded where there is no PostgreSQL

    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors:
        if raw.prepare_threshold != PREPARED_FROM:
            raw.prepare_threshold = PREPARED_FROM
            raw.execute("SET plan_cache_mode = force_generic_plan")  # what Django asks is never prepared: left alone
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        yield cursor


def among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition and its values. One array on PostgreSQL: the statement stays the same whatever their number."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


_RENEW = (
    "UPDATE mailing_lease SET beat = beat + 1, beat_at = %s WHERE id = %s AND revoked_at IS NULL AND closed_at IS NULL"
)


def renew(*, lease_id: int, now: datetime) -> bool:
    """A sign of life of the lease; False where it was revoked or closed."""
    return change(_RENEW, [now, lease_id]) == 1


def as_rows(found: list[tuple[Any, ...]], *, operator_id: int | None, claim: int = 0) -> list[Row]:
    return [
        Row(make_key(space=DELIVERY, pk=pk), send, to, key, tries, operator_id, _moment(first), claim)
        for pk, send, to, key, tries, first in found
    ]


def claim_service_mail(*, lease_id: int, limit: int) -> list[Row]:
    """Mail a person is waiting for: always first."""
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    sql = f"""
        UPDATE mailing_servicemail SET state = 'claimed', lease_id = %s WHERE id IN (
          SELECT id FROM mailing_servicemail WHERE state = 'pending' ORDER BY id LIMIT %s {skip})
        RETURNING id, address, attempts, first_attempt_at, sender, raw, eight_bit
    """  # noqa: S608
    found = sorted(read(sql, [lease_id, limit]), key=itemgetter(0))
    return [
        Row(
            key=make_key(space=SERVICE, pk=pk),
            send_id=0,
            address=to,
            recipient_key="",
            attempts=tries,
            operator_id=None,
            first_attempt_at=_moment(first),
            sender=sender,
            raw=bytes(raw),
            eight_bit=bool(eight_bit),
        )
        for pk, to, tries, first, sender, raw, eight_bit in found
    ]


def _moment(value: Any) -> datetime | None:
    """SQLite gives back text, without its zone: it is UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


_HELD = "lease_id = %s AND state IN ('claimed', 'attempting', 'uncertain')"
_COLUMNS = (
    ("state", "text"),
    ("aside", "text"),
    ("reason", "text"),
    ("code", "smallint"),
    ("enhanced", "text"),
    ("relay", "text"),
    ("not_before", "timestamptz"),
    ("diagnostic", "text"),
    ("tries", "int"),
    ("settled_at", "timestamptz"),
)
_NAMES = ", ".join(name for name, _ in _COLUMNS)
_ARRAYS = ", ".join(f"%s::{kind}[]" for _, kind in _COLUMNS)
# Most rows of a lot have one fate between them: it is written once, and each row says the number of its own.
_ROWS = f"""
    unnest(%s::bigint[], %s::bigint[], %s::int[]) AS r(pk, claim, fate)
    JOIN unnest({_ARRAYS}) WITH ORDINALITY AS v({_NAMES}, fate) USING (fate)
"""
# Of a row held through its range, no other column of an index changes here: a HOT update.
_SETTLE_DELIVERIES = f"""
    UPDATE mailing_delivery d SET state = v.state, aside = v.aside, reason = v.reason, code = v.code,
      enhanced = v.enhanced, relay = v.relay, not_before = v.not_before, diagnostic = v.diagnostic,
      attempts = attempts + v.tries, settled_at = v.settled_at,
      first_attempt_at = CASE WHEN v.tries = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
      lease_id = CASE WHEN v.aside = 'uncertain' THEN %s::bigint END
    FROM {_ROWS} LEFT JOIN mailing_claim c ON c.id = r.claim AND c.lease_id = %s
    WHERE d.id = r.pk AND (
      (c.id IS NOT NULL AND d.state = 'pending' AND d.aside IN ('', 'withdrawn'))
      OR (d.lease_id = %s AND d.aside IN ('held', 'uncertain')))
"""  # noqa: S608 (built from constants)
_SETTLE_SERVICE = f"""
    UPDATE mailing_servicemail d SET state = v.state, reason = v.reason, code = v.code, enhanced = v.enhanced,
      relay = v.relay, not_before = v.not_before, diagnostic = v.diagnostic, attempts = attempts + v.tries,
      settled_at = v.settled_at,
      first_attempt_at = CASE WHEN v.tries = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
      lease_id = CASE WHEN v.settled_at IS NULL THEN NULL ELSE lease_id END
    FROM {_ROWS}
    WHERE d.id = r.pk AND d.{_HELD.replace("AND state", "AND d.state")}
"""  # noqa: S608
_UNSETTLED = {"pending", "deferred"}
_WAITS = {"pending": "again", "deferred": "deferred", "uncertain": "uncertain"}


def settle(*, lease_id: int, settlements: Iterable[Settlement], now: datetime) -> int:
    """Write fates; how many rows changed. Call it after `renew`, or with the lease's row locked: whoever would give the
    ranges of this lease to somebody else waits, or has done so.

    What its rightful owner learns late of a row that became uncertain meanwhile is the truth too.
    """
    done = 0
    spaces: dict[int, list[Settlement]] = {}
    for one in settlements:
        spaces.setdefault(space_of(one.key), []).append(one)
    for space, some in spaces.items():
        if not is_postgresql():
            one_by_one = _settle_delivery if space == DELIVERY else _settle_service
            done += sum(change(*one_by_one(one, lease_id=lease_id, now=now)) for one in some)
            continue
        arrays = _as_arrays(some, now=now)
        if space == DELIVERY:
            done += change(_SETTLE_DELIVERIES, [now, lease_id, *arrays, lease_id, lease_id])
        else:
            done += change(_SETTLE_SERVICE, [now, *arrays, lease_id])
    _leave_out_withdrawn([pk_of(one.key) for one in spaces.get(DELIVERY, []) if one.state in _UNSETTLED], now=now)
    return done


def _leave_out_withdrawn(pks: Sequence[int], *, now: datetime) -> None:
    """Of rows that would wait for another attempt: whoever asked to leave meanwhile gets none."""
    if not pks:
        return
    named, values = among("id", pks)
    sql = f"""
        UPDATE mailing_delivery
        SET state = 'excluded', aside = '', reason = withdrawn, not_before = NULL, settled_at = %s
        WHERE withdrawn <> '' AND aside IN ('again', 'deferred') AND {named}
    """  # noqa: S608
    change(sql, [now, *values])


def _as_arrays(settlements: Iterable[Settlement], *, now: datetime) -> list[Any]:
    """Values of `_ROWS`, in its order. Numbers are written out here: one by one they cost more than their statement."""
    fates: dict[tuple[Any, ...], int] = {}
    rows = [(pk_of(one.key), one.claim, fates.setdefault(_fate(one, now=now), len(fates) + 1)) for one in settlements]
    numbers = [f"{{{','.join(map(str, column))}}}" for column in zip(*rows, strict=True)]
    return [*numbers, *(list(column) for column in zip(*fates, strict=True))]


def _fate(one: Settlement, *, now: datetime) -> tuple[Any, ...]:
    """Values of `_COLUMNS`. What waits for another attempt is not settled, and nobody's."""
    settled_at = None if one.state in _UNSETTLED else now
    found = (one.state, _WAITS.get(one.state, ""), one.reason, one.code, one.enhanced, one.relay, one.not_before)
    return (*found, one.diagnostic[:500], int(one.tried), settled_at)


def _settle_delivery(one: Settlement, *, lease_id: int, now: datetime) -> tuple[str, list[Any]]:
    state, aside, *values, tries, settled_at = _fate(one, now=now)
    sql = """
        UPDATE mailing_delivery SET state = %s, aside = %s, reason = %s, code = %s, enhanced = %s, relay = %s,
          not_before = %s, diagnostic = %s, attempts = attempts + %s, settled_at = %s,
          first_attempt_at = CASE WHEN %s = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
          lease_id = %s
        WHERE id = %s AND (
          (state = 'pending' AND aside IN ('', 'withdrawn')
            AND EXISTS (SELECT 1 FROM mailing_claim c WHERE c.id = %s AND c.lease_id = %s))
          OR (lease_id = %s AND aside IN ('held', 'uncertain')))
    """
    holder = lease_id if aside == "uncertain" else None
    fate = [state, aside, *values, tries, settled_at, tries, now, holder]
    return sql, [*fate, pk_of(one.key), one.claim, lease_id, lease_id]


def _settle_service(one: Settlement, *, lease_id: int, now: datetime) -> tuple[str, list[Any]]:
    state, _aside, *values, tries, settled_at = _fate(one, now=now)
    sql = f"""
        UPDATE mailing_servicemail SET state = %s, reason = %s, code = %s, enhanced = %s, relay = %s, not_before = %s,
          diagnostic = %s, attempts = attempts + %s, settled_at = %s,
          first_attempt_at = CASE WHEN %s = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
          lease_id = CASE WHEN %s THEN NULL ELSE lease_id END
        WHERE {_HELD} AND id = %s
    """  # noqa: S608
    return sql, [state, *values, tries, settled_at, tries, now, settled_at is None, lease_id, pk_of(one.key)]


def give_back(*, lease_id: int, keys: Iterable[int], now: datetime) -> None:
    """Rows held alone that never left: to whoever takes them next, or out where somebody withdrew them meanwhile."""
    for space, pks in _by_space(keys):
        named, values = among("id", pks)
        if space == SERVICE:
            sql = f"UPDATE mailing_servicemail SET state = 'pending', lease_id = NULL WHERE {_HELD_NOW} AND {named}"  # noqa: S608
            change(sql, [lease_id, *values])
            continue
        sql = f"""
            UPDATE mailing_delivery SET lease_id = NULL,
              aside = CASE WHEN withdrawn = '' THEN 'again' ELSE '' END,
              state = CASE WHEN withdrawn = '' THEN state ELSE 'excluded' END,
              reason = CASE WHEN withdrawn = '' THEN reason ELSE withdrawn END,
              settled_at = CASE WHEN withdrawn = '' THEN settled_at ELSE %s END
            WHERE lease_id = %s AND aside = 'held' AND {named}
        """  # noqa: S608
        change(sql, [now, lease_id, *values])


_HELD_NOW = "lease_id = %s AND state IN ('claimed', 'attempting')"


def _by_space(keys: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Ids of each space, in pieces that one statement takes."""
    for space in (DELIVERY, SERVICE):
        pks = [pk_of(key) for key in keys if space_of(key) == space]
        for start in range(0, len(pks), 500):
            yield space, pks[start : start + 500]


def mark_attempting(*, lease_id: int, keys: Sequence[int]) -> None:
    """Mail of service on the wire for a while: the state page says so."""
    pks = [pk_of(key) for key in keys]
    named, values = among("id", pks)
    sql = f"UPDATE mailing_servicemail SET state = 'attempting' WHERE lease_id = %s AND state = 'claimed' AND {named}"  # noqa: S608
    change(sql, [lease_id, *values])


def held_alone(*, lease_id: int) -> list[int]:
    """Keys of what a lease holds row by row."""
    deliveries = read("SELECT id FROM mailing_delivery WHERE lease_id = %s AND aside = 'held'", [lease_id])
    mails = read(f"SELECT id FROM mailing_servicemail WHERE {_HELD_NOW}", [lease_id])  # noqa: S608
    return [make_key(space=DELIVERY, pk=pk) for (pk,) in deliveries] + [
        make_key(space=SERVICE, pk=pk) for (pk,) in mails
    ]


def uncertain_under(*, lease_id: int) -> list[int]:
    """Keys of what became uncertain under a lease, and that nobody has decided of."""
    deliveries = read("SELECT id FROM mailing_delivery WHERE lease_id = %s AND aside = 'uncertain'", [lease_id])
    mails = read("SELECT id FROM mailing_servicemail WHERE lease_id = %s AND state = 'uncertain'", [lease_id])
    return [make_key(space=DELIVERY, pk=pk) for (pk,) in deliveries] + [
        make_key(space=SERVICE, pk=pk) for (pk,) in mails
    ]


def wake_deferred(*, now: datetime) -> int:
    """Rows whose time has come wait for a worker again."""
    deliveries = """
        UPDATE mailing_delivery SET state = 'pending', aside = 'again', not_before = NULL
        WHERE aside = 'deferred' AND not_before <= %s
    """
    mails = """
        UPDATE mailing_servicemail SET state = 'pending', not_before = NULL
        WHERE state = 'deferred' AND not_before <= %s AND lease_id IS NULL
    """
    return change(deliveries, [now]) + change(mails, [now])


def has_unsettled(*, send_id: int) -> bool:
    """Whether anybody of a send is still to be tried or held; looked up without reading the ledger."""
    sql = """
        SELECT EXISTS (SELECT 1 FROM mailing_frontier f WHERE f.send_id = %s AND (f.next <= f.last
            OR EXISTS (SELECT 1 FROM mailing_claim c WHERE c.frontier_id = f.id AND c.closed_at IS NULL)
            OR EXISTS (SELECT 1 FROM mailing_delivery d
                       WHERE d.frontier_id = f.id AND d.aside IN ('again', 'held', 'deferred', 'withdrawn'))))
    """
    return bool(read(sql, [send_id])[0][0])
