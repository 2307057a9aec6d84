"""Handling: at least once tried, exactly once done, never for ever.

The attempt is counted and committed before anything is read: a message that kills its worker is quarantined at its
third attempt, whatever the way it kills.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django_tasks import task

from commun.common import clock
from commun.inbound.exceptions import Unprocessable, WrongState
from commun.inbound.models import RawMessage
from commun.inbound.parsing import parse
from commun.inbound.registry import route_named
from commun.inbound.selectors.messages import body_of
from commun.inbound.types import Incoming, RawState, Route

logger = logging.getLogger("commun.inbound")

MOST_ATTEMPTS = 3
HELD = timedelta(minutes=10)  # far more than the longest message takes; past it, its worker is dead
WAIT = timedelta(minutes=2)
MOST_WAITS = 50
QUARANTINE_KEPT = timedelta(days=365)
LOT = 200

_OPEN = (RawState.RECEIVED, RawState.PROCESSING)
_AWAY = (OperationalError, InterfaceError)


@task()
def process_message(raw_id: int) -> None:
    """What workers do for this room; one id, nothing else."""
    process(raw_id=raw_id, now=clock.now())


def process(*, raw_id: int, now: datetime) -> None:
    """Handle one message, if it is this one's turn. Never raises for what the message holds."""
    row = _claim(raw_id=raw_id, now=now)
    if row is None:
        return
    route = route_named(row.route)
    if route is None:
        quarantine(raw_id=raw_id, why="route_gone", now=now)
        return
    try:
        outcome = _handle(row=row, route=route, now=now)
    except Unprocessable as error:
        quarantine(raw_id=raw_id, why=str(error) or error.code, now=now)
    except _AWAY as error:
        # Said of the database, not of the message: it does not count against it so soon.
        _later(row=row, error=error, most=MOST_WAITS, now=now)
    except Exception as error:
        logger.exception("message not handled id=%s route=%s", raw_id, row.route)
        _later(row=row, error=error, most=MOST_ATTEMPTS, now=now)
    else:
        logger.info("message handled id=%s route=%s outcome=%s", raw_id, row.route, outcome)


def _claim(*, raw_id: int, now: datetime) -> RawMessage | None:
    """One worker wins, by a conditional UPDATE; what was claimed too often is set aside."""
    won = RawMessage.objects.filter(pk=raw_id, state__in=_OPEN, retry_at__lte=now).update(
        state=RawState.PROCESSING, attempts=F("attempts") + 1, retry_at=now + HELD
    )
    if not won:
        return None
    row = RawMessage.objects.get(pk=raw_id)
    most = MOST_WAITS if row.error in {kind.__name__ for kind in _AWAY} else MOST_ATTEMPTS
    if row.attempts > most:
        quarantine(raw_id=raw_id, why=row.error or "worker_died", now=now)
        return None
    return row


def _handle(*, row: RawMessage, route: Route, now: datetime) -> str:
    raw = body_of(raw_id=row.pk)
    if raw is None:
        raise Unprocessable("bytes_gone")
    incoming = Incoming(
        raw_id=row.pk,
        recipient=row.recipient,
        mail_from=row.mail_from,
        received_at=row.received_at,
        raw=raw,
        parse=partial(parse, authserv_id=settings.INBOUND_AUTHSERV_ID, own_list_id=settings.LIST_ID),
    )
    with transaction.atomic():
        mine = RawMessage.objects.filter(pk=row.pk, state=RawState.PROCESSING, attempts=row.attempts)
        if not mine.select_for_update().exists():
            return "taken_over"
        outcome = route.handle(incoming=incoming, now=now)
        mine.update(state=RawState.PROCESSED, outcome=outcome[:64], error="", handled_at=now, purge_at=now + route.keep)
    return outcome


def _later(*, row: RawMessage, error: Exception, most: int, now: datetime) -> None:
    """The name of the error, never its text: it may quote the message."""
    why = type(error).__name__
    if row.attempts >= most:
        quarantine(raw_id=row.pk, why=why, now=now)
        return
    RawMessage.objects.filter(pk=row.pk, state=RawState.PROCESSING, attempts=row.attempts).update(
        state=RawState.RECEIVED, error=why, retry_at=now + WAIT * min(row.attempts, 30)
    )


def quarantine(*, raw_id: int, why: str, now: datetime) -> None:
    """Kept, bytes and all, for a year: time for a person to look."""
    RawMessage.objects.filter(pk=raw_id, state__in=_OPEN).update(
        state=RawState.QUARANTINED, error=why[:200], handled_at=now, purge_at=now + QUARANTINE_KEPT
    )
    logger.warning("message quarantined id=%s why=%s", raw_id, why)


def enqueue_waiting(*, now: datetime) -> int:
    """What was received and never handled, or whose worker died (periodic). Tasks of the same message do no harm."""
    waiting = RawMessage.objects.filter(state__in=_OPEN, retry_at__lte=now).order_by("retry_at")
    found = list(waiting.values_list("pk", flat=True)[:LOT])
    for raw_id in found:
        process_message.enqueue(raw_id)
    return len(found)


def release(*, raw_id: int, now: datetime) -> None:
    """A person decides that a quarantined message be tried again. Raises `WrongState`."""
    released = (
        RawMessage.objects.filter(pk=raw_id, state=RawState.QUARANTINED, purged_at=None)
        .exclude(route="")
        .update(state=RawState.RECEIVED, attempts=0, error="", retry_at=now, handled_at=None, purge_at=None)
    )
    if not released:
        raise WrongState()
    process_message.enqueue(raw_id)


def discard(*, raw_id: int, keep: timedelta, now: datetime) -> None:
    """A person decides that nothing is to be done with it: purged like what was handled. Raises `WrongState`."""
    done = RawMessage.objects.filter(pk=raw_id, state=RawState.QUARANTINED).update(
        state=RawState.PROCESSED, outcome="discarded", handled_at=now, purge_at=now + keep
    )
    if not done:
        raise WrongState()
