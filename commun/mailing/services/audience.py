"""Writing down who is to receive a send: in SQL, by keyset, resumable. Who that is, the room above says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from commun.accounts.api import normalise_email
from commun.mailing import registry
from commun.mailing.models import Delivery, Frontier, Operator, OperatorDomain, Send
from commun.mailing.selectors.addresses import standing
from commun.mailing.tokens import address_hash
from commun.mailing.types import HANDED_OVER, DeliveryState, Recipient, SendState

LOT = 20_000
LOOKED_AT_AGAIN = 5_000
LISTED = 1_000

_PEOPLE = "WITH people (position, address, address_hash, recipient_key, domain) AS ({people}) "
_END_OF_LOT = """
SELECT MAX(position) FROM (SELECT position FROM people WHERE position > %s ORDER BY position LIMIT %s) lot
"""
# One statement. Suppressed people are written down as excluded, with the reason: the ledger says who did not receive
# it, and why. Rows are numbered along the frontier of their operator.
_FREEZE = """
INSERT INTO mailing_delivery
  (send_id, address, recipient_key, frontier_id, position, state, aside, reason, withdrawn,
   attempts, code, enhanced, diagnostic, relay, settled_at)
SELECT f.send_id, p.address, p.recipient_key, f.id,
       f.last + ROW_NUMBER() OVER (PARTITION BY f.id ORDER BY p.position),
       CASE WHEN x.reason IS NULL THEN 'pending' ELSE 'excluded' END, '',
       COALESCE(x.reason, ''), '', 0, 0, '', '', '',
       CASE WHEN x.reason IS NULL THEN NULL ELSE {now} END
FROM people p
LEFT JOIN mailing_operatordomain d ON d.domain = p.domain
JOIN mailing_frontier f ON f.send_id = %s AND COALESCE(f.operator_id, 0) = COALESCE(d.operator_id, 0)
LEFT JOIN (SELECT address_hash, MIN(reason) AS reason FROM mailing_suppression
           WHERE lifted_at IS NULL GROUP BY address_hash) x ON x.address_hash = p.address_hash
WHERE p.position > %s AND p.position <= %s
ON CONFLICT DO NOTHING
"""
_ADVANCE = """
UPDATE mailing_frontier SET last = COALESCE(
  (SELECT MAX(position) FROM mailing_delivery d WHERE d.frontier_id = mailing_frontier.id), 0) WHERE send_id = %s
"""


def begin(*, send_id: int, now: datetime) -> bool:
    """Take a due send from « scheduled » to work; one worker wins."""
    won = Send.objects.filter(pk=send_id, state=SendState.SCHEDULED, scheduled_at__lte=now)
    started = won.filter(total__isnull=True).update(state=SendState.FREEZING, started_at=now)
    return bool(started or won.update(state=SendState.SENDING, started_at=now))


def freeze_some(*, send_id: int, now: datetime) -> bool:
    """Write down one more lot; True when the audience is whole. A crash repeats at most one lot, harmlessly."""
    with transaction.atomic():
        send = Send.objects.select_for_update().filter(pk=send_id, state=SendState.FREEZING).first()
        if send is None:
            return True
        after = _write_lot(send=send, now=now)
        if after is not None:
            send.freeze_cursor = after
            send.save(update_fields=["freeze_cursor"])
            return False
    _exclude_who_left(send=send, now=now)
    with transaction.atomic():
        found = Send.objects.select_for_update().filter(pk=send_id, state=SendState.FREEZING).first()
        if found is not None:
            found.total = Delivery.objects.filter(send=found).count()
            found.state = SendState.SENDING
            found.save(update_fields=["total", "state"])
    return True


def _write_lot(*, send: Send, now: datetime) -> int | None:
    """The position of the last one written; None when nobody is left to write."""
    people, values = _compiled(send=send, now=now)
    frontiers_of(send=send)
    with connection.cursor() as cursor:
        cursor.execute(people + _END_OF_LOT, [*values, send.freeze_cursor, LOT])
        (upto,) = cursor.fetchone()
        if upto is not None:
            clock = "now()" if connection.vendor == "postgresql" else "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"
            cursor.execute(people + _FREEZE.format(now=clock), [*values, send.pk, send.freeze_cursor, upto])
            cursor.execute(_ADVANCE, [send.pk])
    return upto


def frontiers_of(*, send: Send) -> dict[int | None, Frontier]:
    """By operator, and one for domains of nobody we know; made where they are missing."""
    operators = [None, *Operator.objects.order_by("pk").values_list("pk", flat=True)]
    Frontier.objects.bulk_create((Frontier(send=send, operator_id=pk) for pk in operators), ignore_conflicts=True)
    return {frontier.operator_id: frontier for frontier in Frontier.objects.filter(send=send)}


def write_list(*, send: Send, recipients: Iterable[Recipient]) -> None:
    """The ledger of a send made with its own list."""
    operators = dict(OperatorDomain.objects.values_list("domain", "operator_id"))
    frontiers = frontiers_of(send=send)
    rows: list[Delivery] = []
    for recipient in recipients:
        address = normalise_email(recipient.address)
        frontier = frontiers[operators.get(address.rpartition("@")[2])]
        frontier.last += 1
        rows.append(
            Delivery(send=send, address=address, recipient_key=recipient.key, frontier=frontier, position=frontier.last)
        )
        if len(rows) == LISTED:
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    Frontier.objects.bulk_update(frontiers.values(), ["last"])
    exclude_suppressed(send=send, now=send.created_at)
    send.total = Delivery.objects.filter(send=send).count()
    send.save(update_fields=["total"])


def _compiled(*, send: Send, now: datetime) -> tuple[str, list[Any]]:
    words = send.audience_words
    found = registry.audience(send.audience).people(words=words, today=timezone.localdate(now)).order_by()
    sql, values = found.query.get_compiler(connection=connection).as_sql()
    return _PEOPLE.format(people=sql), list(values)


def _exclude_who_left(*, send: Send, now: datetime) -> None:
    """Whoever left while the list was being written: the statement that wrote her down may have seen her still there.

    One statement, after the last lot is committed, and without a lock. Whoever left before it began is seen gone.
    Whoever leaves later withdraws her row once her departure is committed, and finds it: no lot is open any more.
    """
    still = registry.audience(send.audience).subscribed(words=send.audience_words)
    pending = Delivery.objects.filter(send=send, state=DeliveryState.PENDING)
    pending.filter(~Exists(still.filter(key=OuterRef("recipient_key")))).update(
        state=DeliveryState.EXCLUDED, reason="unsubscribed", settled_at=now
    )


def _pending(*, send: Send) -> Iterator[list[Delivery]]:
    after = 0
    rows = Delivery.objects.filter(send=send, state=DeliveryState.PENDING).only("pk", "recipient_key", "address")
    while lot := list(rows.filter(pk__gt=after).order_by("pk")[:LOOKED_AT_AGAIN]):
        after = lot[-1].pk
        yield lot


def reasons_to_leave_out(*, send: Send, rows: Sequence[Delivery]) -> dict[int, str]:
    """Who of these must not be written to any more, and why; locked where the room above can."""
    digests = {row.pk: address_hash(row.address) if row.address else "" for row in rows}
    suppressed = standing(hashes=digests.values())
    keys = {row.recipient_key for row in rows}
    if send.audience != HANDED_OVER:
        keys = registry.audience(send.audience).still_wanted(words=send.audience_words, keys=keys)
    gone = {}
    for row in rows:
        if not row.address:
            gone[row.pk] = "erasure"
        elif digests[row.pk] in suppressed:
            gone[row.pk] = suppressed[digests[row.pk]]
        elif row.recipient_key not in keys:
            gone[row.pk] = "unsubscribed"
    return gone


def exclude_suppressed(*, send: Send, now: datetime) -> int:
    """Of a list handed over: whoever must not be written to is written down as excluded."""
    excluded = 0
    for lot in _pending(send=send):
        with transaction.atomic():
            for pk, reason in reasons_to_leave_out(send=send, rows=lot).items():
                excluded += Delivery.objects.filter(pk=pk, state=DeliveryState.PENDING).update(
                    state=DeliveryState.EXCLUDED, reason=reason, settled_at=now
                )
    return excluded
