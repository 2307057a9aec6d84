"""How a letter went, without following anybody: what was accepted and refused, who left, what was given since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from commun.common import clock, visits
from commun.contributions.api import answers_under, received_between
from commun.contributions.types import Kind
from commun.cooperation.api import acts_between
from commun.mailing.api import put_off, returns_by_verdict, send_progress
from commun.mailing.types import SendProgress
from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.selectors.errata import begun_submission
from commun.subscribers.api import Movements, movements
from commun.votes.api import ballots_between

WINDOW = timedelta(days=28)  # after the send: the same for each, so that two letters can be compared
COMPARED = 5


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """One letter. `until`: the end of what is counted, or now while that is not over. `later`: how many copies a server
    asked to bring again later; `answers`: mails that answer it, which are among what was given too."""

    issue: IssuePage
    since: datetime
    until: datetime
    is_over: bool
    progress: SendProgress
    later: int
    returns: Mapping[str, int]
    answers: int
    people: Movements
    given: Mapping[Kind, int]
    needs: int
    starts: int
    ballots: int
    visits: Sequence[tuple[date, int]]  # every day of the window so far

    @property
    def visited(self) -> int:
        return sum(number for _, number in self.visits)

    @property
    def contributions(self) -> int:
        return _contributions(self.given)

    @property
    def dead(self) -> int:
        return self.returns.get("hard", 0)


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The same in three numbers, counted the same way."""

    accepted: int
    departures: int
    contributions: int


def glance_at(*, issue: IssuePage) -> Glance | None:
    """How it went so far, at little cost; None until it has begun to leave."""
    submission = begun_submission(issue=issue)
    if submission is None:
        return None
    send, since, until = _window(submission)
    return Glance(
        accepted=send_progress(send_id=send.pk).counts.get("accepted", 0),
        departures=movements(since=since, until=until).departures,
        contributions=_contributions(received_between(since=since, until=until)),
    )


def afterwards_of(*, issue: IssuePage) -> Afterwards | None:
    """None until it has begun to leave."""
    submission = begun_submission(issue=issue)
    return None if submission is None else _read(submission)


def earlier(*, than: Afterwards) -> list[Afterwards]:
    """The letters before, the latest first."""
    sent = Submission.objects.filter(send__started_at__lt=than.since).exclude(issue=than.issue)
    return [_read(one) for one in sent.select_related("send", "issue").order_by("-send__started_at")[:COMPARED]]


def _window(submission: Submission) -> tuple[Any, datetime, datetime]:
    """The send, and from when to when its effects are counted."""
    send = submission.send
    assert send is not None
    since = send.started_at
    assert since is not None
    return send, since, min(since + WINDOW, clock.now())


def _contributions(given: Mapping[Kind, int]) -> int:
    """Needs are counted apart, from what they became."""
    return sum(number for kind, number in given.items() if kind != Kind.NEED)


def _read(submission: Submission) -> Afterwards:
    send, since, until = _window(submission)
    first, last = timezone.localdate(since), timezone.localdate(until)
    parts = submission.issue.get_url_parts()
    seen = visits.by_day(path=parts[2] or "", since=first, until=last) if parts else {}
    acts = acts_between(since=since, until=until)
    progress = send_progress(send_id=send.pk)
    return Afterwards(
        issue=submission.issue,
        since=since,
        until=until,
        is_over=until == since + WINDOW,
        progress=progress,
        later=put_off(send_id=send.pk),
        returns=returns_by_verdict(send_id=send.pk),
        answers=answers_under(subject=progress.subject, since=since, until=until),
        people=movements(since=since, until=until),
        given=received_between(since=since, until=until),
        needs=acts.needs,
        starts=acts.starts,
        ballots=ballots_between(since=since, until=until),
        visits=[(day, seen.get(day, 0)) for day in _days(first, last)],
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=after) for after in range((last - first).days + 1)]
