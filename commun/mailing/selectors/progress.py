"""Where sends stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from commun.mailing.exceptions import UnknownSend
from commun.mailing.models import Delivery, Send
from commun.mailing.types import DeliveryState, SendProgress, SendState


def _counts(send_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: {state.value: 0 for state in DeliveryState})
    rows = Delivery.objects.filter(send__in=list(send_ids)).values_list("send_id", "state").annotate(count=Count("*"))
    for send_id, state, count in rows.order_by():
        found[send_id][state] = count
    return found


def _progress(send: Send, counts: dict[str, int]) -> SendProgress:
    return SendProgress(
        send_id=send.pk,
        kind=send.kind,
        slug=send.slug,
        state=SendState(send.state),
        state_reason=send.state_reason,
        waiting_for=send.waiting_for,
        scheduled_at=send.scheduled_at,
        started_at=send.started_at,
        finished_at=send.finished_at,
        total=send.total,
        counts=counts,
    )


def send_progress(*, send_id: int) -> SendProgress:
    """Raises UnknownSend."""
    send = Send.objects.filter(pk=send_id).first()
    if send is None:
        raise UnknownSend(send_id)
    return _progress(send, _counts([send_id])[send_id])


def list_sends(*, limit: int | None = None) -> list[SendProgress]:
    """Latest first."""
    sends = list(Send.objects.order_by("-pk")[:limit])
    counts = _counts(send.pk for send in sends)
    return [_progress(send, counts[send.pk]) for send in sends]
