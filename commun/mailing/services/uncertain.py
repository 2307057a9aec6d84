"""What a person decides of deliveries nobody can know the fate of: they left, and no answer came.

The decision is bound to what she saw: rows that became uncertain after `seen_at` wait for another look. Repeating it,
by a double click or by two people at once, finds nothing left to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.mailing.exceptions import UnknownDelivery, WrongState
from commun.mailing.models import Decision, Delivery, Send
from commun.mailing.services.audience import reasons_to_leave_out
from commun.mailing.services.sends import lock_send
from commun.mailing.types import Aside, DeliveryState, SendState, UncertainOutcome, UncertainVerdict

LOT = 500


def settle_uncertain(
    *,
    send_id: int,
    verdict: UncertainVerdict,
    by: Any,
    now: datetime,
    seen_at: datetime | None = None,
    delivery_id: int | None = None,
) -> UncertainOutcome:
    """One uncertain delivery, or all those that were uncertain at `seen_at` (now, by default): held as accepted, or
    waiting to be sent again. Whoever left or was suppressed meanwhile is excluded rather than written to.

    The send is locked first, as by the worker that would end it: it either ends before, and is opened again here, or
    sees what waits. Raises UnknownSend, UnknownDelivery, WrongState (nothing is sent again of a cancelled send).
    """
    with transaction.atomic():
        send = lock_send(send_id)
        if verdict is UncertainVerdict.RESEND and send.state == SendState.CANCELLED:
            raise WrongState(send.state)
        uncertain = Delivery.objects.filter(frontier__send=send, aside=Aside.UNCERTAIN)
        rows = uncertain.filter(settled_at__lte=seen_at or now)
        if delivery_id is not None:
            if not Delivery.objects.filter(send=send, pk=delivery_id).exists():
                raise UnknownDelivery(delivery_id)
            rows = rows.filter(pk=delivery_id)
        decided = excluded = 0
        for lot in _lots(rows):
            gone = reasons_to_leave_out(send=send, rows=lot) if verdict is UncertainVerdict.RESEND else {}
            for row in lot:
                _move(row, verdict=verdict, gone=gone.get(row.pk, ""), now=now)
            Delivery.objects.bulk_update(lot, _DECIDED)
            _log(send=send, lot=lot, verdict=verdict, by=by, now=now)
            decided, excluded = decided + len(lot), excluded + len(gone)
        if verdict is UncertainVerdict.RESEND and decided > excluded:
            _open_again(send, now=now)
    return UncertainOutcome(decided=decided, excluded=excluded)


_DECIDED = ["state", "aside", "reason", "settled_at", "lease", "not_before", "withdrawn"]


def _lots(rows: Any) -> Iterator[list[Delivery]]:
    """By keyset, locked: what a worker learns late of one of them comes wholly before, or changes nothing."""
    after = 0
    while lot := list(rows.select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")[:LOT]):
        after = lot[-1].pk
        yield lot


def _move(row: Delivery, *, verdict: UncertainVerdict, gone: str, now: datetime) -> None:
    row.lease, row.not_before, row.withdrawn, row.settled_at, row.aside = None, None, "", now, Aside.NONE
    if gone:
        row.state, row.reason = DeliveryState.EXCLUDED, gone
    elif verdict is UncertainVerdict.ACCEPT:
        row.state, row.reason = DeliveryState.ACCEPTED, "decision"
    else:
        row.state, row.aside, row.reason, row.settled_at = DeliveryState.PENDING, Aside.AGAIN, "", None


def _log(*, send: Send, lot: list[Delivery], verdict: UncertainVerdict, by: Any, now: datetime) -> None:
    """One line per delivery: who asks of one person knows who decided, and when."""
    Decision.objects.bulk_create(
        Decision(
            send=send, delivery=row, action=f"uncertain_{verdict.value}", count=1, detail=str(row.reason), by=by, at=now
        )
        for row in lot
    )


def _open_again(send: Send, *, now: datetime) -> None:
    """A finished send has somebody to write to again; a person just said so, which also confirms it. One that is
    paused or held stays so, and these wait with the others."""
    if send.state != SendState.FINISHED:
        return
    send.state, send.state_reason = SendState.SENDING, ""
    send.finished_at, send.completion_told_at, send.confirmed_at = None, None, now
    send.save(update_fields=["state", "state_reason", "finished_at", "completion_told_at", "confirmed_at"])
