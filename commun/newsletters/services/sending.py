"""Sending what was approved, and nothing else."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commun.accounts.models import User
from commun.common import clock, french
from commun.contributions.api import note_issue
from commun.cooperation.api import tell_letter
from commun.mailing.api import (
    cancel,
    create_send,
    pause,
    release,
    reschedule,
    resume,
    send_progress,
)
from commun.mailing.exceptions import WrongState
from commun.newsletters.exceptions import (
    ChangedSince,
    NotApproved,
    NotPlanned,
    NotPublished,
    NotSubmitted,
    SendCancelled,
)
from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.selectors.carried import pages_carried
from commun.newsletters.selectors.issues import current_submission, published_submission, valid_approvals
from commun.newsletters.services.approval import changed_since, lock, require
from commun.newsletters.services.audience import chosen_audience
from commun.newsletters.services.briefs import stands_for
from commun.newsletters.services.journal import note
from commun.newsletters.services.topics import topics_of
from commun.newsletters.types import SEND_KIND, Act
from commun.newsletters.wording import say_chosen, say_progress, say_stopped
from commun.subscribers.api import NamedSegment, words_for
from commun.subscribers.types import AUDIENCE

logger = logging.getLogger("commun.newsletters")


def send_issue(
    *,
    issue: IssuePage,
    user: User | None,
    now: datetime | None = None,
    at: datetime | None = None,
    seen_hash: str | None = None,
    segment: NamedSegment | None = None,
) -> Any:
    """The `Send` of the approved issue, now or at a date; asked twice, the first is returned.

    `seen_hash`: of the message on the screen where « send » was said. `segment`: only readers who answer to its
    conditions as they are now.

    Raises `NotAllowed`, `NotSubmitted`, `ChangedSince`, `NotApproved`, `SendCancelled`.
    """
    now = now or clock.now()
    at = None if at is None or at <= now else at
    require(user=user, action="send_issue")
    with transaction.atomic():
        locked = lock(issue=issue)
        submission = current_submission(issue=locked)
        if submission is None:
            raise NotSubmitted()
        if submission.send is not None:
            if submission.send.state == "cancelled" and submission.send.started_at is None:
                raise SendCancelled()
            return submission.send
        if seen_hash is not None and seen_hash != submission.message.hash:
            raise ChangedSince()
        _refuse_unless_approved(submission=submission, issue=locked)
        words = words_for(topics=topics_of(theme=locked.theme), conditions=segment.conditions if segment else ())
        send = create_send(
            message=submission.message,
            kind=SEND_KIND,
            idempotency_key=f"issue-{locked.pk}-{submission.pk}",
            audience=AUDIENCE,
            # Its name is for screens: the conditions are what the list is written from.
            words=words | {"segment_name": segment.name} if segment else words,
            scheduled_at=at,
            slug=locked.slug,
            created_by=user,
            now=now,
        )
        submission.send = send
        submission.save(update_fields=["send"])
        if at is None:
            _publish(submission=submission, user=user, now=now)
        else:
            said = ", ".join(filter(None, (_when(at), _to(submission))))
            note(act=Act.PLANNED, issue=locked, submission=submission, by=user, words=said, now=now)
    return send


def move_issue(*, issue: IssuePage, user: User | None, at: datetime, now: datetime | None = None) -> Any:
    """Another date for a send that is planned: approvals stand, nothing is started over.

    Raises `NotAllowed`, `NotSubmitted`, `NotPlanned`.
    """
    now = now or clock.now()
    require(user=user, action="send_issue")
    with transaction.atomic():
        submission = _sent(issue=issue)
        try:
            send = reschedule(send_id=submission.send_id, at=max(at, now), by=user, now=now)
        except WrongState:
            raise NotPlanned() from None
        note(
            act=Act.MOVED,
            issue=submission.issue,
            submission=submission,
            by=user,
            words=_when(send.scheduled_at),
            now=now,
        )
    return send


def _to(submission: Submission) -> str:
    chosen = chosen_audience(submission=submission)
    return "" if chosen.everybody else say_chosen(chosen.name)


def _when(at: datetime) -> str:
    return french.weekday_moment(timezone.localtime(at))


def _refuse_unless_approved(*, submission: Submission, issue: IssuePage) -> None:
    if changed_since(submission=submission, issue=issue):
        raise ChangedSince()
    have = len(valid_approvals(submission=submission))
    if have < settings.APPROVALS_REQUIRED:
        raise NotApproved(have=have, need=settings.APPROVALS_REQUIRED)


def _publish(*, submission: Submission, user: User | None, now: datetime) -> None:
    """Put the web edition online: the version that was submitted, whatever was drafted since."""
    submission.published_at = now
    submission.save(update_fields=["published_at"])
    # In this order: the issue refuses to go on line in a version that no submission says is out.
    submission.revision.publish(user=user, skip_permission_checks=True)
    note(act=Act.BEGUN, issue=submission.issue, submission=submission, by=user, words=_to(submission), now=now)


def restore_issue(*, issue: IssuePage, user: User | None) -> None:
    """The web edition that was taken off line comes back, as it was sent. Raises `NotAllowed`, `NotPublished`."""
    require(user=user, action="send_issue")
    with transaction.atomic():
        submission = published_submission(issue=lock(issue=issue))
        if submission is None:
            raise NotPublished()
        submission.revision.publish(user=user, skip_permission_checks=True)


def publish_started(*, now: datetime) -> int:
    """Sweep: the web edition of sends that have begun since they were planned."""
    begun = Submission.objects.filter(send__started_at__isnull=False, published_at__isnull=True)
    published = 0
    for pk in list(begun.values_list("pk", flat=True)):
        with transaction.atomic():
            submission = begun.select_for_update(of=("self",)).select_related("revision").filter(pk=pk).first()
            if submission is not None:  # another worker may have been faster
                _publish(submission=submission, user=None, now=now)
                published += 1
    return published


def stop_issue(*, issue: IssuePage, user: User | None, now: datetime | None = None) -> Any:
    """Nobody else receives it. When nobody had yet, the web edition is taken back too, and it is a draft again.

    Before it begins, whoever may submit may stop it: a countdown that only one person could stop would be no net.
    Raises `NotAllowed`, `NotSubmitted`, and `mailing`'s `WrongState` when all is over already.
    """
    now = now or clock.now()
    with transaction.atomic():
        submission = _sent(issue=issue)
        require(user=user, action="send_issue" if submission.send.started_at else "submit_issue")
        send = cancel(send_id=submission.send_id, by=user, now=now)
        if send.started_at is None and submission.published_at is not None:
            submission.published_at = None
            submission.save(update_fields=["published_at"])
            issue.refresh_from_db()
            issue.unpublish(user=user)
        words = say_stopped(begun=send.started_at is not None)
        note(act=Act.STOPPED, issue=submission.issue, submission=submission, by=user, words=words, now=now)
    return send


def pause_issue(*, issue: IssuePage, user: User | None, now: datetime | None = None) -> Any:
    """Raises `NotAllowed`, `NotSubmitted`, `WrongState`."""
    require(user=user, action="send_issue")
    with transaction.atomic():
        return pause(send_id=_sent(issue=issue).send_id, by=user, now=now)


def resume_issue(*, issue: IssuePage, user: User | None, now: datetime | None = None) -> Any:
    """Go on after a pause, or confirm what the engine holds. Raises `NotAllowed`, `NotSubmitted`, `WrongState`."""
    require(user=user, action="send_issue")
    with transaction.atomic():
        send = _sent(issue=issue).send
        go_on = release if send.state == "held" else resume
        return go_on(send_id=send.pk, by=user, now=now)


def _sent(*, issue: IssuePage) -> Any:
    submission = current_submission(issue=lock(issue=issue))
    if submission is None or submission.send is None:
        raise NotSubmitted()
    return submission


def on_finished(*, send_id: int, now: datetime) -> None:
    """A send so short that no sweep saw it begin still has its web edition; whoever gave what it carries is told."""
    publish_started(now=now)
    submission = Submission.objects.select_related("revision", "issue").filter(send=send_id).first()
    if submission is not None:
        words = say_progress(send_progress(send_id=send_id))
        note(act=Act.ENDED, issue=submission.issue, submission=submission, by=None, words=words, now=now)
        note_issue(
            number=submission.issue.number, page_ids=set(pages_carried(submission.revision.as_object())), now=now
        )
        _tell_ideas(submission=submission, now=now)


def _tell_ideas(*, submission: Submission, now: datetime) -> None:
    """Whoever proposed a theme learns that a letter says where its vote or its project stands."""
    votes, projects = stands_for(submission.revision.as_object())
    if votes or projects:
        url = f"{settings.SITE_URL}/lettre/{submission.issue.number}/"
        tell_letter(votes=votes, projects=projects, number=submission.issue.number, url=url, now=now)
