"""What any worker does for every send: start it, watch over it, end it. Each step is won by a conditional UPDATE."""

from __future__ import annotations

import logging
import socket
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max

from commun.mailing.delivery import ledger
from commun.mailing.models import Lease, MachineFault, Relay, Send, ServiceMail
from commun.mailing.registry import completion_handler
from commun.mailing.services import audience, invariant
from commun.mailing.types import DeliveryState, SendState, WaitingFor

logger = logging.getLogger("commun.mailing")

SILENCE = timedelta(hours=1)
FRESH = timedelta(minutes=1)
RUNNING = (SendState.FREEZING, SendState.SENDING)


def hold_after_silence(*, now: datetime) -> int:
    """Called when a worker takes a lease. After an hour without any worker (an outage, a restored backup), what is due
    or under way waits until a person confirms: nobody knows any more what left."""
    last = Lease.objects.aggregate(last=Max("beat_at"))["last"]
    held = 0
    due = Send.objects.filter(state=SendState.SCHEDULED, scheduled_at__lte=now) | Send.objects.filter(state__in=RUNNING)
    for send in due:
        heard = max(filter(None, (last, send.confirmed_at)))
        if now - heard > SILENCE:
            held += Send.objects.filter(pk=send.pk, state=send.state).update(
                state=SendState.HELD, state_reason="silence"
            )
            logger.warning("send held after silence send=%s", send.pk)
    return held


def start_due(*, now: datetime) -> None:
    due = Send.objects.filter(state=SendState.SCHEDULED, scheduled_at__lte=now).values_list("pk", flat=True)
    for send_id in list(due):
        audience.begin(send_id=send_id, now=now)


def freeze_one_lot(*, now: datetime) -> bool:
    """Write one more lot of one audience down; False when there is none to write."""
    send_id = Send.objects.filter(state=SendState.FREEZING).values_list("pk", flat=True).first()
    if send_id is None:
        return False
    audience.freeze_some(send_id=send_id, now=now)
    return True


def finish(*, now: datetime) -> list[int]:
    """Sends of which everybody's fate is known. Uncertain ones are known to be uncertain: they end a send too."""
    over = []
    for send_id in list(Send.objects.filter(state=SendState.SENDING).values_list("pk", flat=True)):
        ending = partial(_is_ending, send_id)
        if not ending() or not invariant.check_send(send_id=send_id, now=now, ending=ending):
            continue
        if _end(send_id=send_id, now=now):
            over.append(send_id)
    return over


def _is_ending(send_id: int) -> bool:
    return not ledger.has_unsettled(send_id=send_id)


def _end(*, send_id: int, now: datetime) -> bool:
    """Under the send's lock, looked at once more: a person may just have asked to send an uncertain one again."""
    with transaction.atomic():
        send = Send.objects.select_for_update().filter(pk=send_id, state=SendState.SENDING).first()
        if send is None or ledger.has_unsettled(send_id=send_id):
            return False
        send.state, send.finished_at, send.waiting_for = SendState.FINISHED, now, ""
        send.save(update_fields=["state", "finished_at", "waiting_for"])
        return True


def check_invariants(*, now: datetime) -> None:
    """Of the sends under way: the worker that sends is the first to see a fault."""
    for send_id in list(Send.objects.filter(state=SendState.SENDING).values_list("pk", flat=True)):
        invariant.check_send(send_id=send_id, now=now)


def tell_completions(*, now: datetime) -> None:
    """At least once: told again if the worker died in between; handlers are idempotent."""
    waiting = Send.objects.filter(state=SendState.FINISHED, completion_told_at__isnull=True)
    for send in list(waiting.only("pk", "kind")[:20]):
        handler = completion_handler(send.kind)
        try:
            if handler is not None:
                handler(send_id=send.pk, now=now)
        except Exception:
            # A handler that fails must stop neither this worker nor other sends; it is called again next time.
            logger.exception("completion handler failed send=%s kind=%s", send.pk, send.kind)
            continue
        Send.objects.filter(pk=send.pk).update(completion_told_at=now)


def expire_service_mail(*, now: datetime) -> int:
    """A sign-in code that could not leave for two days is no use to anybody."""
    late = ServiceMail.objects.filter(state__in=[DeliveryState.PENDING, DeliveryState.DEFERRED], expires_at__lte=now)
    return late.update(state=DeliveryState.REFUSED, reason="expired", settled_at=now)


def say_waiting(*, worker: str, why: WaitingFor | None, now: datetime) -> None:
    """What every running send waits for: shown on its page; "" when mail flows. A neighbour who can send is waited for
    by nobody."""
    if why is not None and _others_can_send(worker=worker, now=now):
        return
    Send.objects.filter(state=SendState.SENDING).exclude(waiting_for=why or "").update(waiting_for=why or "")


def _others_can_send(*, worker: str, now: datetime) -> bool:
    """Others of whom a sign of life was seen within a minute, and who told of no fault of their own."""
    hindered = MachineFault.objects.recent(now=now).exclude(kind=WaitingFor.BUG).values("worker")
    leases = Lease.objects.filter(closed_at__isnull=True, revoked_at__isnull=True, beat_at__gt=now - FRESH)
    return leases.exclude(worker=worker).exclude(worker__in=hindered).exists()


def tell_fault(*, worker: str, fault: WaitingFor | None, now: datetime) -> None:
    """What is wrong on this worker's machine; None takes it back."""
    if fault is None:
        MachineFault.objects.filter(worker=worker).delete()
        return
    told = {"host": socket.gethostname()[:255], "kind": fault, "told_at": now}
    row, made = MachineFault.objects.get_or_create(worker=worker, defaults={**told, "since": now})
    if not made:
        since = row.since if row.kind == fault else now
        MachineFault.objects.filter(pk=row.pk).update(**told, since=since)


def tell_relay(*, name: str, error: str, fault: WaitingFor | None, open_for: float, now: datetime) -> None:
    values: dict[str, object] = {
        "error": error,
        "fault": fault or "",
        "open_until": now + timedelta(seconds=open_for) if open_for else None,
    }
    values["failed_at" if error else "ok_at"] = now
    Relay.objects.update_or_create(name=name, defaults=values)
