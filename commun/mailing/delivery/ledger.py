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


def _in(column: str, values: Sequence[Any]) -> str:
    return f"{column} IN ({', '.join(['%s'] * len(values))})"


def claim_deliveries(*, send_id: int, lease_id: int, limit: int, barred: Sequence[int]) -> list[Row]:
    """Take up to `limit` waiting rows of a send, the oldest first; none of a barred operator."""
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    not_barred = f"AND (operator_id IS NULL OR NOT {_in('operator_id', barred)})" if barred else ""
    sql = f"""
        UPDATE mailing_delivery SET state = 'claimed', lease_id = %s WHERE id IN (
          SELECT id FROM mailing_delivery WHERE send_id = %s AND state = 'pending' {not_barred}
          ORDER BY id LIMIT %s {skip})
        RETURNING id, send_id, address, recipient_key, attempts, operator_id, first_attempt_at
    """  # noqa: S608 (built from constants)
    found = sorted(_rows(sql, [lease_id, send_id, *barred, limit]), key=itemgetter(0))
    return [
        Row(make_key(space=DELIVERY, pk=pk), send, to, key, tries, operator, _moment(first))
        for pk, send, to, key, tries, operator, first in found
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


def settle(*, lease_id: int, settlements: Iterable[Settlement], now: datetime) -> int:
    """Write fates; how many rows changed. Rows alike in everything but their key go in one statement."""
    alike: dict[tuple[Any, ...], list[Settlement]] = {}
    for one in settlements:
        shape = (space_of(one.key), one.state, one.reason, one.code, one.enhanced, one.relay, one.not_before, one.tried)
        alike.setdefault(shape, []).append(one)
    return sum(_settle_alike(lease_id=lease_id, alike=group, now=now) for group in alike.values())


def _settle_alike(*, lease_id: int, alike: list[Settlement], now: datetime) -> int:
    one = alike[0]
    waits = one.state in {"pending", "deferred"}
    assignments = [
        ("state = %s", one.state),
        ("reason = %s", one.reason),
        ("code = %s", one.code),
        ("enhanced = %s", one.enhanced),
        ("relay = %s", one.relay),
        ("not_before = %s", one.not_before),
        ("attempts = attempts + %s", int(one.tried)),
        ("settled_at = %s", None if waits else now),
    ]
    if one.tried:
        assignments.append(("first_attempt_at = COALESCE(first_attempt_at, %s)", now))
    if waits:
        assignments.append(("lease_id = %s", None))
    table = TABLES[space_of(one.key)]
    sets = ", ".join(text for text, _ in assignments)
    values = [value for _, value in assignments]
    # What its rightful owner learns late of a row that became uncertain meanwhile is the truth too.
    held = "lease_id = %s AND state IN ('claimed', 'attempting', 'uncertain')"
    texts = {pk_of(other.key): other.diagnostic[:500] for other in alike}
    if len(set(texts.values())) == 1:
        sql = f"UPDATE {table} SET {sets}, diagnostic = %s WHERE {held} AND {_in('id', list(texts))}"  # noqa: S608
        return _count(sql, [*values, one.diagnostic[:500], lease_id, *texts])
    if is_postgresql():
        sql = (
            f"UPDATE {table} SET {sets}, diagnostic = v.text "  # noqa: S608
            f"FROM unnest(%s::bigint[], %s::text[]) AS v(pk, text) WHERE {table}.id = v.pk AND {held}"
        )
        return _count(sql, [*values, list(texts), list(texts.values()), lease_id])
    sql = f"UPDATE {table} SET {sets}, diagnostic = %s WHERE {held} AND id = %s"  # noqa: S608
    return sum(_count(sql, [*values, text, lease_id, pk]) for pk, text in texts.items())


def give_back(*, lease_id: int, keys: Iterable[int]) -> int:
    """Rows that never left: to whoever takes them next, or out where somebody withdrew them meanwhile."""
    done = 0
    for space, table in TABLES.items():
        pks = [pk_of(key) for key in keys if space_of(key) == space]
        for start in range(0, len(pks), 500):
            some = pks[start : start + 500]
            held = f"lease_id = %s AND state IN ('claimed', 'attempting') AND {_in('id', some)}"
            if space == DELIVERY:
                _count(
                    f"UPDATE {table} SET state = 'excluded', reason = withdrawn WHERE withdrawn <> '' AND {held}",  # noqa: S608
                    [lease_id, *some],
                )
            sql = f"UPDATE {table} SET state = 'pending', lease_id = NULL WHERE {held}"  # noqa: S608
            done += _count(sql, [lease_id, *some])
    return done


def mark_attempting(*, lease_id: int, keys: Sequence[int]) -> None:
    """Rows on the wire for a while: the progress page says so."""
    for space, table in TABLES.items():
        pks = [pk_of(key) for key in keys if space_of(key) == space]
        if pks:
            held = f"lease_id = %s AND state = 'claimed' AND {_in('id', pks)}"
            sql = f"UPDATE {table} SET state = 'attempting' WHERE {held}"  # noqa: S608
            _count(sql, [lease_id, *pks])


def withdrawn_keys(*, lease_id: int) -> set[int]:
    """Held rows that somebody asked not to send any more."""
    sql = (
        "SELECT id FROM mailing_delivery WHERE lease_id = %s AND withdrawn <> '' AND state IN ('claimed', 'attempting')"
    )
    return {make_key(space=DELIVERY, pk=pk) for (pk,) in _rows(sql, [lease_id])}


def held_keys(*, lease_id: int, states: Sequence[str] = ("claimed", "attempting")) -> list[int]:
    keys = []
    for space, table in TABLES.items():
        sql = f"SELECT id FROM {table} WHERE lease_id = %s AND {_in('state', states)}"  # noqa: S608
        keys += [make_key(space=space, pk=pk) for (pk,) in _rows(sql, [lease_id, *states])]
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
