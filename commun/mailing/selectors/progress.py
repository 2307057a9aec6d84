"""Where sends stand."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from commun.mailing.exceptions import UnknownSend
from commun.mailing.models import BounceEvent, Claim, Delivery, Send
from commun.mailing.types import CopiesOut, DeliveryState, SendProgress, SendState


def counts_of(send_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many deliveries of each send are in each state; every state is there."""
    ids = list(send_ids)
    found: dict[int, dict[str, int]] = defaultdict(lambda: {state.value: 0 for state in DeliveryState})
    rows = Delivery.objects.filter(send__in=ids).with_life().values_list("send_id", "life").annotate(count=Count("*"))
    for send_id, state, count in rows.order_by():
        found[send_id][state] = count
    for send_id, slow in _on_the_wire(ids).items():
        counts = found[send_id]
        counts[DeliveryState.ATTEMPTING] = min(slow, counts[DeliveryState.CLAIMED])
        counts[DeliveryState.CLAIMED] -= counts[DeliveryState.ATTEMPTING]
    return found


def _on_the_wire(send_ids: list[int]) -> dict[int, int]:
    held = Claim.objects.filter(frontier__send__in=send_ids, closed_at__isnull=True, lease__isnull=False, slow__gt=0)
    return dict(held.values_list("frontier__send").annotate(slow=Sum("slow")).order_by())


def progress_of(send: Send, counts: dict[str, int]) -> SendProgress:
    return SendProgress(
        send_id=send.pk,
        kind=send.kind,
        slug=send.slug,
        subject=send.message.subject,
        state=SendState(send.state),
        state_reason=send.state_reason,
        waiting_for=send.waiting_for,
        scheduled_at=send.scheduled_at,
        started_at=send.started_at,
        finished_at=send.finished_at,
        total=send.total,
        counts=counts,
    )


def _named() -> QuerySet[Send]:
    """With what they are called; without the message's bytes."""
    heavy = ("message__raw", "message__html", "message__text")
    return Send.objects.select_related("message").defer(*heavy)


def keys_reached(*, send_id: int, with_uncertain: bool) -> QuerySet[Any, str]:
    """Keys of the people whose mail server took a send; `with_uncertain`: and of those of whom nobody can know.
    Unevaluated: they may be a million."""
    states = [DeliveryState.ACCEPTED, *([DeliveryState.UNCERTAIN] if with_uncertain else [])]
    return Delivery.objects.filter(send=send_id, state__in=states).values_list("recipient_key", flat=True)


def send_progress(*, send_id: int) -> SendProgress:
    """Raises UnknownSend."""
    send = _named().filter(pk=send_id).first()
    if send is None:
        raise UnknownSend(send_id)
    return progress_of(send, counts_of([send_id])[send_id])


def list_sends(*, limit: int | None = None, before: int | None = None) -> list[SendProgress]:
    """Latest first, by keyset: `before` is the last one shown."""
    found = _named().order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    sends = list(found[:limit])
    counts = counts_of(send.pk for send in sends)
    return [progress_of(send, counts[send.pk]) for send in sends]


PATIENCE = 1.5  # seconds; workers obey within one


def copies_out(*, send_id: int, patience: float | None = None) -> CopiesOut:
    """How many copies left, after a pause or a cancellation: waits a moment until workers have said what became of what
    they held."""
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        counts = counts_of([send_id])[send_id]
        held = counts[DeliveryState.CLAIMED] + counts[DeliveryState.ATTEMPTING]
        if not held or time.monotonic() >= until:
            return CopiesOut(
                accepted=counts[DeliveryState.ACCEPTED], uncertain=counts[DeliveryState.UNCERTAIN], held=held
            )
        time.sleep(0.1)


def put_off(*, send_id: int) -> int:
    """How many copies a mail server asked to bring again later: taken since, or still to be tried again."""
    rows = Delivery.objects.filter(send=send_id)
    later = Q(state=DeliveryState.DEFERRED) | Q(state=DeliveryState.ACCEPTED, attempts__gt=1)
    return rows.filter(later).count()


def returns_by_verdict(*, send_id: int) -> dict[str, int]:
    """What came back of this send, by what it says of the address (`hard`, `soft`, `policy`…), and `complaint`."""
    events = BounceEvent.objects.filter(delivery__send=send_id, kind__in=("failure", "complaint")).order_by()
    found: dict[str, int] = {}
    for kind, verdict, number in events.values_list("kind", "verdict").annotate(
        number=Count("delivery", distinct=True)
    ):
        name = "complaint" if kind == "complaint" else verdict
        found[name] = found.get(name, 0) + number
    return found
