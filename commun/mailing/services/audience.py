"""Writing down who is to receive a send: in SQL, by keyset, resumable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from commun.mailing.models import Delivery, Send, Subscriber
from commun.mailing.types import DeliveryState, SendState

LOT = 20_000

# A subscriber receives every issue, or those of topics she chose; not while paused. Suppressed people are
# written down as excluded, with the reason: the ledger says who did not receive it, and why.
_FREEZE = """
INSERT INTO mailing_delivery
  (send_id, address, recipient_key, operator_id, state, reason, withdrawn,
   attempts, code, enhanced, diagnostic, relay, settled_at)
SELECT %(send)s, s.address, s.key, d.operator_id,
       CASE WHEN x.reason IS NULL THEN 'pending' ELSE 'excluded' END,
       COALESCE(x.reason, ''), '', 0, 0, '', '', '',
       CASE WHEN x.reason IS NULL THEN NULL ELSE {now} END
FROM mailing_subscriber s
LEFT JOIN mailing_operatordomain d ON d.domain = s.domain
LEFT JOIN (SELECT address_hash, MIN(reason) AS reason FROM mailing_suppression
           WHERE lifted_at IS NULL GROUP BY address_hash) x ON x.address_hash = s.address_hash
WHERE s.id > %(after)s AND s.id <= %(upto)s AND s.state = 'active'
  AND (s.paused_until IS NULL OR s.paused_until <= %(today)s)
  AND (s.preference = 'every_issue' OR EXISTS (
        SELECT 1 FROM mailing_subscriber_topics t JOIN mailing_send_topics st ON st.topic_id = t.topic_id
        WHERE t.subscriber_id = s.id AND st.send_id = %(send)s))
ON CONFLICT DO NOTHING
"""
# Whoever left while the list was being written.
_LEFT_SINCE = """
UPDATE mailing_delivery SET state = 'excluded', reason = 'unsubscribed', settled_at = {now}
WHERE send_id = %(send)s AND state = 'pending' AND NOT EXISTS (
  SELECT 1 FROM mailing_subscriber s WHERE s.key = mailing_delivery.recipient_key AND s.state = 'active')
"""
_SUPPRESSED = """
UPDATE mailing_delivery SET state = 'excluded', reason = %(reason)s, settled_at = {now}
WHERE id = %(id)s AND state = 'pending'
"""


def _execute(sql: str, **values: Any) -> int:
    now = "now()" if connection.vendor == "postgresql" else "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(now=now), values)
        return cursor.rowcount


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
        upto = _end_of_lot(after=send.freeze_cursor)
        if upto is not None:
            today = timezone.localdate(now)
            _execute(_FREEZE, send=send.pk, after=send.freeze_cursor, upto=upto, today=today)
            send.freeze_cursor = upto
            send.save(update_fields=["freeze_cursor"])
            return False
        _execute(_LEFT_SINCE, send=send.pk)
        send.total = Delivery.objects.filter(send=send).count()
        send.state = SendState.SENDING
        send.save(update_fields=["total", "state"])
        return True


def _end_of_lot(*, after: int) -> int | None:
    ids = Subscriber.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    last_of_lot = ids[LOT - 1 : LOT].first()
    return last_of_lot if last_of_lot is not None else ids.order_by("-pk").first()


def exclude_suppressed(*, send: Send, now: datetime) -> int:
    """For an explicit audience: whoever must not be written to is written down as excluded."""
    from commun.mailing.models import Suppression
    from commun.mailing.tokens import address_hash

    standing = dict(Suppression.objects.filter(lifted_at__isnull=True).values_list("address_hash", "reason"))
    if not standing:
        return 0
    excluded = 0
    for delivery in Delivery.objects.filter(send=send, state=DeliveryState.PENDING).only("id", "address").iterator():
        reason = standing.get(address_hash(delivery.address))
        if reason is not None:
            excluded += _execute(_SUPPRESSED, id=delivery.pk, reason=reason)
    return excluded
