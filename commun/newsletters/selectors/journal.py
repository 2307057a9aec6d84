"""Reading the journal of an issue."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from commun.accounts.models import User
from commun.newsletters.models import IssuePage, JournalEntry, Submission
from commun.newsletters.types import Act


def journal_of(*, issue: IssuePage) -> list[JournalEntry]:
    """The latest first, answers beside what they answer."""
    found = JournalEntry.objects.filter(issue=issue, answers__isnull=True).select_related("by")
    return list(found.prefetch_related("replies__by"))


def unanswered_refusals(*, issue: IssuePage) -> list[JournalEntry]:
    """What an approver said that nobody answered yet."""
    return list(_unanswered(issue=issue).select_related("by"))


def is_refused_as_it_is(*, issue: IssuePage, content_hash: str) -> bool:
    """Whether that very content was refused, and nobody answered."""
    return _unanswered(issue=issue).filter(submission__content_hash=content_hash).exists()


def _unanswered(*, issue: IssuePage) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(issue=issue, act=Act.REFUSED, replies__isnull=True)


def last_decision(*, submission: Submission, user: User) -> JournalEntry | None:
    """What this person last approved or refused of an earlier submission: she has read that one to its end."""
    earlier = Q(submission__issue=submission.issue_id, submission__lt=submission.pk)
    hers = JournalEntry.objects.filter(earlier, by=user, act__in=(Act.APPROVED, Act.REFUSED))
    return hers.select_related("submission__message").order_by("-submission_id", "-pk").first()


def previous_submission(*, submission: Submission) -> Submission | None:
    """What was frozen before it: to say what changed since, to whoever has decided on none."""
    earlier = Submission.objects.filter(issue=submission.issue_id, pk__lt=submission.pk).select_related("message")
    return earlier.order_by("-pk").first()


def last_refusal(*, issue: IssuePage) -> JournalEntry | None:
    refused = JournalEntry.objects.filter(issue=issue, act=Act.REFUSED).select_related("by")
    return refused.prefetch_related("replies__by").first()
