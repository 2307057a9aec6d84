"""Whether links answer. A loop of its own, one link at a time: nothing else waits for somebody else's site.

The address of a link is asked for with HEAD, then GET where that says no; robots are obeyed (RFC 9309). One failure
says nothing: three in a row, over a week at least, and the link is called dead. A worker killed in the middle leaves
the link to whoever comes after `HELD`.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.core.cache import cache
from django.db import close_old_connections, transaction

from commun.common import clock
from commun.common.fetch import Answer, FetchFailed, Why, fetch, user_agent
from commun.freshness.lives import LINK
from commun.freshness.models import Link
from commun.freshness.types import LinkState

HELD = timedelta(minutes=10)
A_WEEK = timedelta(days=7)
STRIKES = 3
AGAIN = timedelta(days=3, hours=12)  # after a failure: three of them make a week
EVERY = timedelta(days=30)
_SOON = timedelta(minutes=2)
_POLL_SECONDS = 20.0
_SECONDS = 15.0
_ROBOTS_KEPT = 24 * 3600
_ROBOTS_BYTES = 500 * 1024  # RFC 9309 § 2.5
_NOT_BY_HEAD = 400  # whatever it says of HEAD, GET says better
# The site answers, and lets nobody in whom it does not know: nothing is known of the page.
_SHY = {401, 402, 403, 407, 418, 423, 425, 429, 451, 999}


def run(stop: threading.Event, worker: str) -> None:
    """The loop of every worker. The demonstration asks nobody."""
    while not stop.is_set():
        found = not settings.DEMO and check_next(now=clock.now())
        close_old_connections()
        if not found:
            stop.wait(_POLL_SECONDS)


def check_next(*, now: datetime) -> bool:
    """Check one link that is due; False where none is."""
    row = _claim(now=now)
    if row is None:
        return False
    try:
        state, answer = _ask(row.url)
    except FetchFailed as error:
        if error.why == Why.BUSY:  # another worker asks that host; others first
            Link.objects.filter(pk=row.pk).update(check_at=now + _SOON)
        else:
            _settle(link_id=row.pk, state=LinkState.FAILING, why=error.why, answer=None, now=now)
    else:
        _settle(link_id=row.pk, state=state, why="", answer=answer, now=now)
    return True


def _claim(*, now: datetime) -> Link | None:
    row = Link.objects.filter(check_at__lte=now).order_by("check_at", "pk").first()
    if row is None:
        return None
    mine = Link.objects.filter(pk=row.pk, check_at=row.check_at)
    return row if mine.update(check_at=now + HELD) else None


def _ask(url: str) -> tuple[LinkState, Answer | None]:
    """Raises `FetchFailed`."""
    if not _allowed(url):
        return LinkState.SHY, None
    answer = None
    try:
        answer = fetch(url=url, method="HEAD", seconds=_SECONDS, patience=0)
    except FetchFailed as error:
        if error.why != Why.MALFORMED:
            raise
    if answer is None or answer.status >= _NOT_BY_HEAD:
        answer = fetch(url=url, seconds=_SECONDS, patience=_SECONDS, wants_body=False)
    if answer.status in _SHY:
        return LinkState.SHY, answer
    return (LinkState.FINE if answer.status < _NOT_BY_HEAD else LinkState.FAILING), answer


def _allowed(url: str) -> bool:
    """What the site asks of programs, read once a day. Raises `FetchFailed` where it does not answer at all."""
    parts = urlsplit(url)
    key = f"robots:{sha256(f'{parts.scheme}://{parts.netloc}'.encode()).hexdigest()}"
    text = cache.get(key)
    if text is None:
        text = _robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
        cache.set(key, text, timeout=_ROBOTS_KEPT)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules.can_fetch(user_agent(), url)


def _robots(url: str) -> str:
    """RFC 9309 § 2.3.1: none is no rule; a site that cannot say forbids all of it."""
    try:
        answer = fetch(url=url, seconds=_SECONDS, patience=0, most_bytes=_ROBOTS_BYTES)
    except FetchFailed as error:
        if error.why in {Why.TOO_BIG, Why.REDIRECTS, Why.MALFORMED}:
            return ""
        raise
    if answer.status == HTTPStatus.OK:
        return answer.body.decode("utf-8", "replace")
    return "User-agent: *\nDisallow: /" if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""


@transaction.atomic
def _settle(*, link_id: int, state: LinkState, why: str, answer: Answer | None, now: datetime) -> None:
    row = Link.objects.select_for_update().filter(pk=link_id).exclude(state=LinkState.LEFT).first()
    if row is None:  # no page leads there any more, or the team put it aside meanwhile
        return
    row.checked_at, row.why = now, why
    row.status = answer.status if answer is not None else None
    row.moved_to = answer.moved_to[:2000] if answer is not None and state == LinkState.FINE else ""
    if state == LinkState.FAILING:
        row.strikes, row.failing_since = row.strikes + 1, row.failing_since or now
        is_dead = row.strikes >= STRIKES and now - row.failing_since >= A_WEEK
        state = LinkState.DEAD if is_dead or row.state == LinkState.DEAD else LinkState.FAILING
        row.check_at = now + (A_WEEK if state == LinkState.DEAD else AGAIN)
    else:
        row.strikes, row.failing_since = 0, None
        row.check_at = now + EVERY + timedelta(hours=int(row.key[:4], 16) % 96)  # spread, always the same
    LINK.check(row.state, state)
    row.state = state
    row.save()


@transaction.atomic
def leave(*, link_id: int) -> None:
    """The team knows better: this link is neither checked nor shown any more."""
    row = Link.objects.select_for_update().get(pk=link_id)
    LINK.check(row.state, LinkState.LEFT)
    row.state, row.check_at, row.strikes, row.failing_since = LinkState.LEFT, None, 0, None
    row.save()


@transaction.atomic
def check_again(*, link_id: int, now: datetime) -> None:
    """At the next turn; one that was put aside is watched again."""
    row = Link.objects.select_for_update().get(pk=link_id)
    if row.state == LinkState.LEFT:
        row.state = LinkState.NEW
    row.check_at = now
    row.save(update_fields=["state", "check_at"])
