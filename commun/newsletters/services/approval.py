"""Submitting freezes; a second person approves what is frozen; any edit voids it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.cms.api import get_network
from commun.common import clock
from commun.mailing.api import seal_message
from commun.newsletters.exceptions import (
    AlreadySent,
    ChangedSince,
    NotAllowed,
    NothingMended,
    NotReady,
    NotSubmitted,
    OwnWork,
    WordsMissing,
)
from commun.newsletters.models import Approval, IssuePage, JournalEntry, Submission
from commun.newsletters.rendering.checks import as_json
from commun.newsletters.selectors.issues import current_submission, editors_of
from commun.newsletters.selectors.journal import is_refused_as_it_is
from commun.newsletters.services.freeze import Frozen, freeze, latest, reply_address, revision_hash
from commun.newsletters.services.journal import note
from commun.newsletters.types import Act


def require(*, user: User | None, action: str) -> None:
    """Raises `NotAllowed`. `None` is a command of the operator, who has the machine anyway."""
    if user is not None and not user.has_perm(f"newsletters.{action}"):
        raise NotAllowed(action)


def submit_issue(*, issue: IssuePage, user: User | None, now: datetime | None = None) -> Submission:
    """Freeze the last version of an issue and seal its message; what was submitted before is withdrawn.

    Asked twice on the same version, the first submission is returned. Raises `NotAllowed`, `NotReady` (its
    `findings` say what to put right), `NothingMended`, `AlreadySent`.
    """
    now = now or clock.now()
    require(user=user, action="submit_issue")
    page = latest(issue=issue)
    frozen = freeze(issue=page)  # outside the transaction: it reads and writes files
    if frozen.blocking:
        raise NotReady(frozen.findings)
    with transaction.atomic():
        locked = lock(issue=issue)
        standing = current_submission(issue=locked)
        if standing is not None:
            refuse_if_sent(submission=standing)
            if _same(submission=standing, issue=locked, frozen=frozen):
                return standing
            _withdraw(submission=standing, user=user, now=now)
            note(act=Act.REPLACED, issue=locked, submission=standing, by=user, now=now)
        elif is_refused_as_it_is(issue=locked, content_hash=frozen.content_hash):
            raise NothingMended()
        revision = locked.latest_revision
        if revision is None or revision.pk != page.latest_revision_id:
            raise ChangedSince()
        submission = _create(issue=locked, frozen=frozen, user=user, now=now)
        note(act=Act.SUBMITTED, issue=locked, submission=submission, by=user, now=now)
    return submission


def lock(*, issue: IssuePage) -> IssuePage:
    """The issue, held until the end of the transaction: submissions, approvals and sends of it go one by one."""
    return IssuePage.objects.select_for_update(of=("self",)).get(pk=issue.pk)


def refuse_if_sent(*, submission: Submission) -> None:
    """Raises `AlreadySent`, unless the send was cancelled before anybody got anything."""
    send = submission.send
    if send is not None and not (send.state == "cancelled" and send.started_at is None):
        raise AlreadySent()


def _same(*, submission: Submission, issue: IssuePage, frozen: Frozen) -> bool:
    unchanged = not changed_since(submission=submission, issue=issue)
    return unchanged and submission.send_id is None and submission.content_hash == frozen.content_hash


def _create(*, issue: IssuePage, frozen: Frozen, user: User | None, now: datetime) -> Submission:
    content = frozen.content
    message = seal_message(
        subject=content.subject,
        html=frozen.documents.email,
        text=frozen.documents.text,
        now=now,
        preheader=content.preheader,
        archive_url=content.sender.archive.url,
        reply_to=reply_address(get_network()),
    )
    return Submission.objects.create(
        issue=issue,
        revision=issue.latest_revision,
        revision_hash=revision_hash(revision=issue.latest_revision),
        content=frozen.json,
        content_hash=frozen.content_hash,
        message=message,
        images=list(frozen.images),
        report=as_json(frozen.findings),
        submitted_by=user,
        submitted_at=now,
    )


def changed_since(*, submission: Submission, issue: IssuePage | None = None) -> bool:
    """Whether the issue was edited since it was submitted; autosave writes over a version, so words count."""
    issue = issue or IssuePage.objects.get(pk=submission.issue_id)
    if issue.latest_revision_id != submission.revision_id:
        return True
    return revision_hash(revision=issue.latest_revision) != submission.revision_hash


def library_changed(*, submission: Submission) -> bool:
    """Whether what the issue took from the library reads otherwise today."""
    return freeze(issue=submission.revision.as_object()).content_hash != submission.content_hash


def withdraw_submission(*, issue: IssuePage, user: User | None, reason: str, now: datetime | None = None) -> Submission:
    """Back to draft, for a reason told to whoever submitted and agreed.

    Raises `NotAllowed`, `NotSubmitted`, `AlreadySent`, `WordsMissing`.
    """
    require(user=user, action="submit_issue")
    return _take_back(issue=issue, user=user, act=Act.WITHDRAWN, words=reason, now=now or clock.now())


def refuse_issue(
    *, issue: IssuePage, user: User, words: str, seen_hash: str | None = None, now: datetime | None = None
) -> Submission:
    """Not approved, in words that whoever wrote it answers. Raises as `approve_issue`, and `WordsMissing`."""
    require(user=user, action="approve_issue")
    return _take_back(issue=issue, user=user, act=Act.REFUSED, words=words, seen_hash=seen_hash, now=now or clock.now())


def _take_back(
    *, issue: IssuePage, user: User | None, act: Act, words: str, now: datetime, seen_hash: str | None = None
) -> Submission:
    if not words.strip():
        raise WordsMissing()
    with transaction.atomic():
        locked = lock(issue=issue)
        submission = current_submission(issue=locked)
        if submission is None:
            raise NotSubmitted()
        refuse_if_sent(submission=submission)
        if seen_hash is not None and seen_hash != submission.message.hash:
            raise ChangedSince()
        _withdraw(submission=submission, user=user, now=now)
        note(act=act, issue=locked, submission=submission, by=user, words=words, now=now)
    return submission


def answer_refusal(
    *, issue: IssuePage, entry: int, user: User, words: str, now: datetime | None = None
) -> JournalEntry:
    """In place, under what was said; whoever refused is told. Raises `NotAllowed`, `NotSubmitted`, `WordsMissing`."""
    require(user=user, action="submit_issue")
    if not words.strip():
        raise WordsMissing()
    refusal = JournalEntry.objects.filter(issue=issue, act=Act.REFUSED, pk=entry).select_related("submission").first()
    if refusal is None:
        raise NotSubmitted()
    with transaction.atomic():
        return note(
            act=Act.ANSWERED,
            issue=issue,
            submission=refusal.submission,
            by=user,
            words=words,
            answers=refusal,
            now=now or clock.now(),
        )


def _withdraw(*, submission: Submission, user: User | None, now: datetime) -> None:
    submission.withdrawn_at, submission.withdrawn_by = now, user
    submission.save(update_fields=["withdrawn_at", "withdrawn_by"])


def approve_issue(
    *, issue: IssuePage, user: User, now: datetime | None = None, seen_hash: str | None = None
) -> Approval:
    """A second person agrees to what is frozen. `seen_hash`: of the message she read, where she read one.

    Raises `NotAllowed`, `NotSubmitted`, `ChangedSince`, `OwnWork` (superusers too), `AlreadySent`.
    """
    require(user=user, action="approve_issue")
    with transaction.atomic():
        locked = lock(issue=issue)
        submission = current_submission(issue=locked)
        if submission is None:
            raise NotSubmitted()
        refuse_if_sent(submission=submission)
        if seen_hash is not None and seen_hash != submission.message.hash:
            raise ChangedSince()
        if submission.send_id is not None or changed_since(submission=submission, issue=locked):
            raise ChangedSince()
        if user.pk in editors_of(submission=submission):
            raise OwnWork()
        approval, created = Approval.objects.get_or_create(
            submission=submission, by=user, defaults={"at": now or clock.now(), "message_hash": submission.message.hash}
        )
        if created:
            note(act=Act.APPROVED, issue=locked, submission=submission, by=user, now=approval.at)
    return approval
