"""Ranges of the ledger handed out to workers: taken, closed, given back.

Locks are taken in this order, by everybody: lease, frontier, claim, delivery. A worker waits for none of the first two
of others: what is locked is looked at again at its next visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from commun.mailing.delivery.ledger import Row, among, as_rows, change, is_postgresql, read
from commun.mailing.types import Aside


@dataclass(frozen=True, slots=True)
class Front:
    """A frontier of a send under way that had, a moment ago, something to hand out."""

    frontier_id: int
    operator_id: int | None
    given_back: bool  # a range before it
    again: bool  # rows to be tried again, one by one


@dataclass(slots=True)
class Taken:
    """A range, and those of its rows that have no fate."""

    claim_id: int
    rows: list[Row]


def fronts(*, send_id: int) -> list[Front]:
    """Where there is somebody to write to: ahead of a frontier, in a range given back, or to be tried again."""
    sql = """
        SELECT id, operator_id, given_back, again FROM (
          SELECT f.id, f.operator_id, f.next <= f.last AS ahead,
            EXISTS (SELECT 1 FROM mailing_claim c
                    WHERE c.frontier_id = f.id AND c.closed_at IS NULL AND c.lease_id IS NULL) AS given_back,
            EXISTS (SELECT 1 FROM mailing_delivery d WHERE d.frontier_id = f.id AND d.aside = 'again') AS again
          FROM mailing_frontier f WHERE f.send_id = %s) looked
        WHERE ahead OR given_back OR again ORDER BY id
    """
    return [Front(*found) for found in read(sql, [send_id])]


def take(*, front: Front, lease_id: int, limit: int) -> Taken | None:
    """A range of at most `limit` rows, the oldest given back first; None where there is none, or somebody is at it."""
    found = _given_back(front=front, lease_id=lease_id, limit=limit) if front.given_back else None
    found = found or _ahead(front=front, lease_id=lease_id, limit=limit)
    if found is None:
        return None
    claim_id, first, last = found
    # In a statement of its own: it sees whatever was withdrawn before the frontier or the range was locked.
    sql = f"""
        SELECT {_READ} FROM mailing_delivery d
        WHERE frontier_id = %s AND position BETWEEN %s AND %s AND state = 'pending' AND aside = '' ORDER BY position
    """  # noqa: S608 (built from constants)
    rows = read(sql, [front.frontier_id, first, last])
    return Taken(claim_id, as_rows(rows, operator_id=front.operator_id, claim=claim_id))


_READ = "id, send_id, address, recipient_key, attempts, first_attempt_at"


def _given_back(*, front: Front, lease_id: int, limit: int) -> tuple[int, int, int] | None:
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    sql = f"""
        SELECT id, first, last FROM mailing_claim
        WHERE frontier_id = %s AND closed_at IS NULL AND lease_id IS NULL ORDER BY first LIMIT 1 {skip}
    """  # noqa: S608
    found = read(sql, [front.frontier_id])
    if not found:
        return None
    claim_id, first, last = found[0]
    if last - first >= limit:
        rest = "INSERT INTO mailing_claim (frontier_id, first, last, slow) VALUES (%s, %s, %s, 0)"
        change(rest, [front.frontier_id, first + limit, last])
        last = first + limit - 1
    change("UPDATE mailing_claim SET lease_id = %s, last = %s WHERE id = %s", [lease_id, last, claim_id])
    return claim_id, first, last


def _ahead(*, front: Front, lease_id: int, limit: int) -> tuple[int, int, int] | None:
    if is_postgresql():
        sql = """
            WITH here AS (
              SELECT id, next, last FROM mailing_frontier WHERE id = %s AND next <= last FOR UPDATE SKIP LOCKED),
            moved AS (
              UPDATE mailing_frontier f SET next = LEAST(here.next + %s, here.last + 1) FROM here WHERE f.id = here.id)
            INSERT INTO mailing_claim (frontier_id, first, last, lease_id, slow)
            SELECT id, next, LEAST(next + %s - 1, last), %s, 0 FROM here RETURNING id, first, last
        """
        found = read(sql, [front.frontier_id, limit, limit, lease_id])
        return found[0] if found else None
    here = read("SELECT next, last FROM mailing_frontier WHERE id = %s AND next <= last", [front.frontier_id])
    if not here:
        return None
    first, last = here[0][0], min(here[0][0] + limit - 1, here[0][1])
    change("UPDATE mailing_frontier SET next = %s WHERE id = %s", [last + 1, front.frontier_id])
    sql = "INSERT INTO mailing_claim (frontier_id, first, last, lease_id, slow) VALUES (%s, %s, %s, %s, 0) RETURNING id"
    return read(sql, [front.frontier_id, first, last, lease_id])[0][0], first, last


def take_again(*, front: Front, lease_id: int, limit: int) -> list[Row]:
    """Up to `limit` rows that wait to be tried again, one by one."""
    skip = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    sql = f"""
        UPDATE mailing_delivery SET aside = 'held', lease_id = %s WHERE id IN (
          SELECT id FROM mailing_delivery WHERE frontier_id = %s AND aside = 'again' ORDER BY id LIMIT %s {skip})
        RETURNING {_READ}
    """  # noqa: S608
    return as_rows(
        sorted(read(sql, [lease_id, front.frontier_id, limit]), key=itemgetter(0)), operator_id=front.operator_id
    )


def lock(*, claim_ids: Sequence[int]) -> None:
    """Before their rows are changed, where these are closed or given back in the same transaction."""
    if claim_ids and is_postgresql():
        read("SELECT id FROM mailing_claim WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(claim_ids)])


def close(*, lease_id: int, claim_ids: Sequence[int], now: datetime) -> None:
    """Every row of these has its fate, in this transaction."""
    named, values = among("id", claim_ids)
    change(f"UPDATE mailing_claim SET closed_at = %s WHERE lease_id = %s AND {named}", [now, lease_id, *values])  # noqa: S608


_OF_RANGE = """
    d.frontier_id = c.frontier_id AND d.position BETWEEN c.first AND c.last AND d.state = 'pending'
    AND d.aside IN ('', 'withdrawn')
"""


def give_back(*, lease_id: int, claim_ids: Sequence[int], now: datetime) -> None:
    """These go before the frontier, without whoever was withdrawn: a range that nobody holds has no such row."""
    named, values = among("c.id", claim_ids)
    released = f"UPDATE mailing_claim AS c SET lease_id = NULL, slow = 0 WHERE c.lease_id = %s AND {named}"  # noqa: S608
    change(f"{released} AND c.closed_at IS NULL", [lease_id, *values])
    out = f"""
        UPDATE mailing_delivery SET state = 'excluded', aside = '', reason = withdrawn, settled_at = %s WHERE id IN (
          SELECT d.id FROM mailing_claim c, mailing_delivery d WHERE {named} AND {_OF_RANGE} AND d.withdrawn <> '')
    """  # noqa: S608
    change(out, [now, *values])
    done = f"""
        UPDATE mailing_claim AS c SET closed_at = %s WHERE {named} AND c.closed_at IS NULL AND c.lease_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM mailing_delivery d WHERE {_OF_RANGE})
    """  # noqa: S608
    change(done, [now, *values])


def claims_of(*, lease_id: int) -> list[int]:
    """Ranges still in the hands of a lease."""
    return [pk for (pk,) in read("SELECT id FROM mailing_claim WHERE lease_id = %s AND closed_at IS NULL", [lease_id])]


def rows_of(*, lease_id: int) -> list[tuple[int, int]]:
    """Id and claim of every row without a fate in the ranges of a lease."""
    sql = f"""
        SELECT d.id, c.id FROM mailing_claim c, mailing_delivery d
        WHERE c.lease_id = %s AND c.closed_at IS NULL AND {_OF_RANGE} ORDER BY d.id
    """  # noqa: S608
    return [(pk, claim) for pk, claim in read(sql, [lease_id])]


def withdrawn_rows(*, lease_id: int) -> list[int]:
    """Ids of rows that a lease holds and that somebody asked not to send any more."""
    sql = f"""
        SELECT d.id FROM mailing_claim c, mailing_delivery d
        WHERE c.lease_id = %s AND c.closed_at IS NULL AND d.frontier_id = c.frontier_id
          AND d.aside = '{Aside.WITHDRAWN}' AND d.position BETWEEN c.first AND c.last
        UNION ALL
        SELECT id FROM mailing_delivery WHERE lease_id = %s AND aside = '{Aside.HELD}' AND withdrawn <> ''
    """  # noqa: S608
    return [pk for (pk,) in read(sql, [lease_id, lease_id])]


def say_slow(*, lease_id: int, slow: dict[int, int]) -> None:
    """How many messages of each range have been on the wire for a while: the progress page says so."""
    for claim_id, count in sorted(slow.items()):
        change("UPDATE mailing_claim SET slow = %s WHERE id = %s AND lease_id = %s", [count, claim_id, lease_id])
