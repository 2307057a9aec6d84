"""Reading the journal of an issue."""

from __future__ import annotations

from commun.newsletters.models import IssuePage, JournalEntry, Submission
from commun.newsletters.types import Act


def journal_of(*, issue: IssuePage) -> list[JournalEntry]:
    """The latest first, answers beside what they answer."""
    found = JournalEntry.objects.filter(issue=issue, answers__isnull=True).select_related("by")
    return list(found.prefetch_related("replies__by"))


def unanswered_refusals(*, issue: IssuePage) -> list[JournalEntry]:
    """What an approver said that nobody answered yet."""
    refused = JournalEntry.objects.filter(issue=issue, act=Act.REFUSED, replies__isnull=True)
    return list(refused.select_related("by", "submission"))


def previous_submission(*, submission: Submission) -> Submission | None:
    """What was frozen before it: to say what changed since."""
    earlier = Submission.objects.filter(issue=submission.issue_id, pk__lt=submission.pk).select_related("message")
    return earlier.order_by("-pk").first()


def last_refusal(*, issue: IssuePage) -> JournalEntry | None:
    refused = JournalEntry.objects.filter(issue=issue, act=Act.REFUSED).select_related("by")
    return refused.prefetch_related("replies__by").first()
