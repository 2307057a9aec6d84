"""The promise of the ledger, checked all the time: the states of a send sum to its frozen audience.

By the worker that sends, every ten seconds and before it calls a send finished; by a sweep on whatever is open; by
another, once a day, on everything that ever left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from commun.mailing.lives import SEND
from commun.mailing.models import Send
from commun.mailing.selectors.progress import send_progress
from commun.mailing.types import OVER, SendProgress, SendState

logger = logging.getLogger("commun.mailing")

STOPPABLE = SEND.leading_to(SendState.PAUSED)


def check_send(*, send_id: int, now: datetime, ending: Callable[[], bool] | None = None) -> bool:
    """False where the ledger does not sum: the send stops, its page, the state page and the log say so.

    `ending`: whether its ranges say that everybody has a fate, as they just did; the rows are asked, one by one. That
    is done without the lock of the send, which a million rows would hold too long: where somebody asks meanwhile to
    send uncertain ones again, it does not end, and nothing is wrong.
    """
    progress = send_progress(send_id=send_id)
    fault = _fault(progress, ending=ending is not None)
    if fault and ending is not None:
        if not ending():
            return False
        progress = send_progress(send_id=send_id)
        fault = _fault(progress, ending=True)
    Send.objects.filter(pk=send_id).update(ledger_checked_at=now, ledger_fault=fault)
    if not fault:
        return True
    stopped = Send.objects.filter(pk=send_id, state__in=STOPPABLE)
    stopped.update(state=SendState.PAUSED, state_reason="invariant")
    logger.critical("ledger inconsistent send=%s total=%s counts=%s", send_id, progress.total, progress.counts)
    return False


def _fault(progress: SendProgress, *, ending: bool) -> str:
    counted = progress.settled if ending or progress.state == SendState.FINISHED else sum(progress.counts.values())
    return "" if progress.total in (None, counted) else f"{counted} / {progress.total}"


def check_open(*, now: datetime) -> int:
    """Every send that is not over (periodic); how many are wrong."""
    return _check(Send.objects.exclude(state__in=OVER).order_by("pk").values_list("pk", flat=True), now=now)


def check_over(*, now: datetime) -> int:
    """Every send that is over (periodic): what was counted must stay so. How many are wrong."""
    return _check(Send.objects.filter(state__in=OVER).order_by("pk").values_list("pk", flat=True), now=now)


def _check(send_ids: Iterable[int], *, now: datetime) -> int:
    return sum(not check_send(send_id=send_id, now=now) for send_id in list(send_ids))
