"""How long what came in is kept, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from commun.inbound.models import RawBody, RawMessage
from commun.inbound.types import RawState

LOT = 500


def purge(*, now: datetime) -> int:
    """Empty what is past its date (periodic): bytes and addresses go, the row stays as a mark that it came."""
    done = 0
    while True:
        due = RawMessage.objects.filter(purged_at__isnull=True, purge_at__lte=now).order_by("purge_at")
        ids = list(due.values_list("pk", flat=True)[:LOT])
        if not ids:
            return done
        done += empty(messages=RawMessage.objects.filter(pk__in=ids), now=now)


def empty(*, messages: QuerySet[RawMessage], now: datetime) -> int:
    with transaction.atomic():
        RawBody.objects.filter(message__in=messages).delete()
        return messages.update(purged_at=now, recipient="", mail_from="")


def forget(*, messages: QuerySet[RawMessage], now: datetime) -> int:
    """Empty these messages whatever their state; those that were waiting are handled by it."""
    ids = list(messages.values_list("pk", flat=True))
    mine = RawMessage.objects.filter(pk__in=ids)
    with transaction.atomic():
        mine.exclude(state=RawState.PROCESSED).update(
            state=RawState.PROCESSED, outcome="erased", error="", handled_at=now, purge_at=now
        )
        return empty(messages=mine, now=now)


def keep_until(*, raw_id: int, date: datetime) -> None:
    """A room above still needs the bytes (an open conversation): purged then, and not before."""
    RawMessage.objects.filter(pk=raw_id, purged_at__isnull=True).update(purge_at=date)
