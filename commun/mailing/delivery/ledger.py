"""The database's side of the engine: a handful of statements, each true on SQLite and on PostgreSQL.

A row is named by its key: `pk * 2 + space`, where the space is that of `tokens` (delivery of a send, mail of service).
Every statement names the lease it acts under: a worker whose rows were given to somebody else changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db import connection

from commun.mailing.tokens import DELIVERY, SERVICE

TABLES = {DELIVERY: "mailing_delivery", SERVICE: "mailing_servicemail"}


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


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _count(sql: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _in(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition and its values. One array on PostgreSQL: the statement stays the same whatever their number."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


_RENEW = (
    "UPDATE mailing_lease SET beat = beat + 1, beat_at = %s WHERE id = %s AND revoked_at IS NULL AND closed_at IS NULL"
)
_CLAIMED = "id, send_id, address, recipient_key, attempts, operator_id, first_attempt_at"


def renew(*, lease_id: int, now: datetime) -> bool:
    """A sign of life of the lease; False where it was revoked or closed."""
    return _count(_RENEW, [now, lease_id]) == 1


def claim_deliveries(*, send_id: int, lease_id: int, limit: int, barred: Sequence[int]) -> list[Row]:
    """Take up to `limit` waiting rows of a send, the oldest first; none of a barred operator."""
    barring, values = _in("operator_id", barred) if barred else ("", [])
    not_barred = f"AND (operator_id IS NULL OR NOT {barring})" if barred else ""
    return _as_rows(_rows(_claim_sql(not_barred=not_barred), [lease_id, send_id, *values, limit]))


def _claim_sql(*, not_barred: str, returning: bool = True) -> str:
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    return f"""
        UPDATE mailing_delivery SET state = 'claimed', lease_id = %s WHERE id IN (
          SELECT id FROM mailing_delivery WHERE send_id = %s AND state = 'pending' {not_barred}
          ORDER BY id LIMIT %s {skip})
        {f"RETURNING {_CLAIMED}" if returning else ""}
    """  # noqa: S608 (built from constants)


def _as_rows(found: list[tuple[Any, ...]]) -> list[Row]:
    return [
        Row(make_key(space=DELIVERY, pk=pk), send, to, key, tries, operator, _moment(first))
        for pk, send, to, key, tries, operator, first in sorted(found, key=itemgetter(0))
    ]


def claim_service_mail(*, lease_id: int, limit: int) -> list[Row]:
    """Mail a person is waiting for: always first."""
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    sql = f"""
        UPDATE mailing_servicemail SET state = 'claimed', lease_id = %s WHERE id IN (
          SELECT id FROM mailing_servicemail WHERE state = 'pending' ORDER BY id LIMIT %s {skip})
        RETURNING id, address, attempts, first_attempt_at, sender, raw, eight_bit
    """  # noqa: S608
    found = sorted(_rows(sql, [lease_id, limit]), key=itemgetter(0))
    return [
        Row(make_key(space=SERVICE, pk=pk), 0, to, "", tries, None, _moment(first), sender, bytes(raw), bool(eight_bit))
        for pk, to, tries, first, sender, raw, eight_bit in found
    ]


def _moment(value: Any) -> datetime | None:
    """SQLite gives back text, without its zone: it is UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


_HELD = "lease_id = %s AND state IN ('claimed', 'attempting', 'uncertain')"
_COLUMNS = (
    ("pk", "bigint"),
    ("state", "text"),
    ("reason", "text"),
    ("code", "smallint"),
    ("enhanced", "text"),
    ("relay", "text"),
    ("not_before", "timestamptz"),
    ("diagnostic", "text"),
    ("tries", "int"),
    ("settled_at", "timestamptz"),
)
_ARRAYS = ", ".join(f"%s::{kind}[]" for _, kind in _COLUMNS)


def settle(*, lease_id: int, settlements: Iterable[Settlement], now: datetime) -> int:
    """Write fates; how many rows changed. What its rightful owner learns late of a row that became uncertain meanwhile
    is the truth too."""
    done = 0
    spaces: dict[int, list[Settlement]] = {}
    for one in settlements:
        spaces.setdefault(space_of(one.key), []).append(one)
    for space, some in spaces.items():
        if is_postgresql():
            done += _count(_settle_sql(TABLES[space]), [now, *_arrays(some, now=now), lease_id])
        else:
            done += sum(_count(*_settle_one(TABLES[space], one, lease_id=lease_id, now=now)) for one in some)
    return done


def _settle_sql(table: str) -> str:
    """One statement for all, each with its own fate. Values: now, `_arrays`, the lease."""
    names = ", ".join(name for name, _ in _COLUMNS)
    return f"""
        UPDATE {table} SET state = v.state, reason = v.reason, code = v.code, enhanced = v.enhanced, relay = v.relay,
          not_before = v.not_before, diagnostic = v.diagnostic, attempts = attempts + v.tries,
          settled_at = v.settled_at,
          first_attempt_at = CASE WHEN v.tries = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
          lease_id = CASE WHEN v.settled_at IS NULL THEN NULL ELSE lease_id END
        FROM unnest({_ARRAYS}) AS v({names})
        WHERE {table}.id = v.pk AND {table}.{_HELD.replace("AND state", f"AND {table}.state")}
    """  # noqa: S608 (built from constants)


def _arrays(settlements: Sequence[Settlement], *, now: datetime) -> list[list[Any]]:
    return [list(column) for column in zip(*(_fate(one, now=now) for one in settlements), strict=True)]


def _fate(one: Settlement, *, now: datetime) -> tuple[Any, ...]:
    """Values of `_COLUMNS`. What waits for another attempt is not settled, and nobody's."""
    settled_at = None if one.state in {"pending", "deferred"} else now
    text = one.diagnostic[:500]
    found = (one.reason, one.code, one.enhanced, one.relay, one.not_before, text, int(one.tried), settled_at)
    return (pk_of(one.key), one.state, *found)


def _settle_one(table: str, one: Settlement, *, lease_id: int, now: datetime) -> tuple[str, list[Any]]:
    pk, *values, tries, settled_at = _fate(one, now=now)
    sql = f"""
        UPDATE {table} SET state = %s, reason = %s, code = %s, enhanced = %s, relay = %s, not_before = %s,
          diagnostic = %s, attempts = attempts + %s, settled_at = %s,
          first_attempt_at = CASE WHEN %s = 1 THEN COALESCE(first_attempt_at, %s) ELSE first_attempt_at END,
          lease_id = CASE WHEN %s THEN NULL ELSE lease_id END
        WHERE {_HELD} AND id = %s
    """  # noqa: S608
    return sql, [*values, tries, settled_at, tries, now, settled_at is None, lease_id, pk]


def settle_and_claim(
    *, lease_id: int, settlements: Sequence[Settlement], send_id: int, limit: int, now: datetime
) -> list[Row] | None:
    """A sign of life, fates of deliveries, and up to `limit` new rows of a send, in one statement of PostgreSQL: one
    round trip instead of five. None where the lease is no longer ours: then nothing was changed."""
    claim = _claim_sql(not_barred="", returning=False)
    settled = f"{_settle_sql(TABLES[DELIVERY])} AND EXISTS (SELECT 1 FROM alive)" if settlements else "SELECT 1"  # noqa: S608
    sql = f"""
        WITH alive AS ({_RENEW} RETURNING id), settled AS ({settled}), claimed AS (
          {claim} AND EXISTS (SELECT 1 FROM alive) RETURNING {_CLAIMED})
        SELECT true, claimed.* FROM claimed
        UNION ALL SELECT false, {", ".join("NULL" for _ in _CLAIMED.split(","))} FROM alive
    """  # noqa: S608
    arrays = [now, *_arrays(settlements, now=now), lease_id] if settlements else []
    found = _rows(sql, [now, lease_id, *arrays, lease_id, send_id, limit])
    return _as_rows([row[1:] for row in found if row[0]]) if found else None


def give_back(*, lease_id: int, keys: Iterable[int]) -> int:
    """Rows that never left: to whoever takes them next, or out where somebody withdrew them meanwhile."""
    done = 0
    for space, table in TABLES.items():
        pks = [pk_of(key) for key in keys if space_of(key) == space]
        for start in range(0, len(pks), 500):
            some = pks[start : start + 500]
            named, named_pks = _in("id", some)
            held = f"lease_id = %s AND state IN ('claimed', 'attempting') AND {named}"
            if space == DELIVERY:
                _count(
                    f"UPDATE {table} SET state = 'excluded', reason = withdrawn WHERE withdrawn <> '' AND {held}",  # noqa: S608
                    [lease_id, *named_pks],
                )
            sql = f"UPDATE {table} SET state = 'pending', lease_id = NULL WHERE {held}"  # noqa: S608
            done += _count(sql, [lease_id, *named_pks])
    return done


def mark_attempting(*, lease_id: int, keys: Sequence[int]) -> None:
    """Rows on the wire for a while: the progress page says so."""
    for space, table in TABLES.items():
        pks = [pk_of(key) for key in keys if space_of(key) == space]
        if pks:
            named, named_pks = _in("id", pks)
            sql = f"UPDATE {table} SET state = 'attempting' WHERE lease_id = %s AND state = 'claimed' AND {named}"  # noqa: S608
            _count(sql, [lease_id, *named_pks])


def withdrawn_keys(*, lease_id: int) -> set[int]:
    """Held rows that somebody asked not to send any more."""
    sql = (
        "SELECT id FROM mailing_delivery WHERE lease_id = %s AND withdrawn <> '' AND state IN ('claimed', 'attempting')"
    )
    return {make_key(space=DELIVERY, pk=pk) for (pk,) in _rows(sql, [lease_id])}


def held_keys(*, lease_id: int, states: Sequence[str] = ("claimed", "attempting")) -> list[int]:
    keys = []
    for space, table in TABLES.items():
        named, values = _in("state", states)
        sql = f"SELECT id FROM {table} WHERE lease_id = %s AND {named}"  # noqa: S608
        keys += [make_key(space=space, pk=pk) for (pk,) in _rows(sql, [lease_id, *values])]
    return keys


def wake_deferred(*, now: datetime) -> int:
    """Rows whose time has come wait for a worker again."""
    return sum(
        _count(
            f"UPDATE {table} SET state = 'pending', not_before = NULL "  # noqa: S608
            "WHERE state = 'deferred' AND not_before <= %s AND lease_id IS NULL",
            [now],
        )
        for table in TABLES.values()
    )


def has_unsettled(*, send_id: int) -> bool:
    """Whether anybody of a send is still to be tried or held; each state is looked up through its own index."""
    sql = """
        SELECT EXISTS (SELECT 1 FROM mailing_delivery WHERE send_id = %s AND state = 'pending')
            OR EXISTS (SELECT 1 FROM mailing_delivery WHERE send_id = %s AND state = 'deferred')
            OR EXISTS (SELECT 1 FROM mailing_delivery WHERE send_id = %s AND state IN ('claimed', 'attempting'))
    """
    return bool(_rows(sql, [send_id, send_id, send_id])[0][0])
