"""Which issues there are, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q
from wagtail.models import Page, PageQuerySet, Revision

from commun.mailing.api import send_progress
from commun.mailing.types import SendProgress, SendState
from commun.newsletters.exceptions import UnknownIssue
from commun.newsletters.models import Approval, Correction, Erratum, IssuePage, Submission
from commun.newsletters.types import IssueState

_OF_SEND = {
    SendState.SCHEDULED: IssueState.SCHEDULED,
    SendState.FREEZING: IssueState.SENDING,
    SendState.SENDING: IssueState.SENDING,
    SendState.PAUSED: IssueState.PAUSED,
    SendState.HELD: IssueState.HELD,
    SendState.CANCELLED: IssueState.STOPPED,
    SendState.FINISHED: IssueState.SENT,
}


def published_issues() -> PageQuerySet[IssuePage]:
    """Issues that were sent, the latest first, as a query set; with what a card shows already fetched.

    `live` alone is Wagtail's word; what readers are shown is what a submission says is out.
    """
    sent = Submission.objects.filter(issue=OuterRef("pk"), published_at__isnull=False)
    return IssuePage.objects.live().filter(Exists(sent)).select_related("theme__cover_image").order_by("-number")


def written_now(*, most: int = 10) -> list[IssuePage]:
    """Issues that nobody has sent, as they are written now, the latest touched first."""
    gone = Submission.objects.filter(issue=OuterRef("pk"), published_at__isnull=False)
    found = IssuePage.objects.filter(~Exists(gone), live=False, latest_revision__isnull=False)
    rows = found.order_by("-latest_revision_created_at")[:most]
    return [row.get_latest_revision_as_object() for row in rows]


def latest_issue() -> IssuePage | None:
    return published_issues().first()


def get_issue(*, slug: str) -> IssuePage:
    """By slug or by number. Raises `UnknownIssue`."""
    wanted = Q(slug=slug)
    if slug.isdecimal():
        wanted |= Q(number=int(slug[:9]))
    issue = IssuePage.objects.filter(wanted).first()
    if issue is None:
        raise UnknownIssue(slug)
    return issue


def current_submission(*, issue: IssuePage) -> Submission | None:
    """The one that was not withdrawn, with its message, its send and its approvals at hand."""
    found = Submission.objects.filter(issue=issue, withdrawn_at__isnull=True)
    return found.select_related("message", "send", "submitted_by", "revision").first()


def is_taken_off(*, issue: IssuePage) -> bool:
    """Its web edition was on line, and somebody took it off."""
    return not issue.live and published_submission(issue=issue) is not None


def published_submission(*, issue: IssuePage) -> Submission | None:
    """What readers got: the frozen content behind the web edition; `corrected` says whether it was put right since."""
    found = Submission.objects.filter(issue=issue, published_at__isnull=False).order_by("-published_at", "-pk")
    return found.annotate(corrected=Exists(Correction.objects.filter(issue=OuterRef("issue")))).first()


def editors_of(*, submission: Submission) -> set[int]:
    """Accounts that wrote what was submitted: whoever made the issue, or any version up to that one."""
    versions = Revision.objects.for_instance(submission.issue).filter(pk__lte=submission.revision_id)
    found = set(versions.values_list("user_id", flat=True)) | {submission.issue.owner_id}
    return {pk for pk in found if pk is not None}


def valid_approvals(*, submission: Submission) -> list[Approval]:
    """Sealed to this very message, by people who did not write it."""
    editors = editors_of(submission=submission)
    found = submission.approvals.filter(message_hash=submission.message.hash).select_related("by")
    return [approval for approval in found if approval.by_id not in editors]


@dataclass(frozen=True, kw_only=True)
class IssueStatus:
    """Where an issue stands. `changed`: edited since it was submitted, which voids approvals."""

    state: IssueState
    submission: Submission | None = None
    approvals: tuple[Approval, ...] = ()
    needed: int = 1
    changed: bool = False
    progress: SendProgress | None = None

    @property
    def frozen(self) -> bool:
        """Its send is planned or begun: nothing is withdrawn any more."""
        return self.progress is not None


def issue_status(*, issue: IssuePage, changed: bool = False) -> IssueStatus:
    """`changed` comes from `services.approval.changed_since`, which reads the latest version."""
    submission = current_submission(issue=issue)
    if submission is None:
        return IssueStatus(state=IssueState.DRAFT, needed=settings.APPROVALS_REQUIRED)
    approvals = tuple(valid_approvals(submission=submission))
    progress = send_progress(send_id=submission.send_id) if submission.send_id else None
    if progress is not None and progress.state == SendState.CANCELLED and progress.started_at is None:
        state, progress = IssueState.DRAFT, None
    elif progress is not None:
        state = _OF_SEND[progress.state]
    elif changed:
        state = IssueState.DRAFT
    else:
        state = IssueState.APPROVED if len(approvals) >= settings.APPROVALS_REQUIRED else IssueState.SUBMITTED
    return IssueStatus(
        state=state,
        submission=submission,
        approvals=approvals,
        needed=settings.APPROVALS_REQUIRED,
        changed=changed,
        progress=progress,
    )


def corrections_of(*, issue: IssuePage) -> list[Correction]:
    return list(Correction.objects.filter(issue=issue))


def issues_overview() -> list[tuple[IssuePage, IssueState]]:
    """Every issue with its state, the latest number first; four queries, however many issues."""
    standing = {
        submission.issue_id: submission
        for submission in Submission.objects.filter(withdrawn_at__isnull=True)
        .select_related("send")
        .defer("content", "send__message")
        .annotate(agreed=Count("approvals"))
    }
    issues = IssuePage.objects.select_related("theme", "latest_revision").order_by("-number").defer("body")
    return [(issue, _state_at_a_glance(issue=issue, submission=standing.get(issue.pk))) for issue in issues]


def departures() -> dict[int, datetime]:
    """When each issue that is planned leaves, by its key."""
    planned = Submission.objects.filter(withdrawn_at__isnull=True, send__state=SendState.SCHEDULED)
    return dict(planned.values_list("issue_id", "send__scheduled_at"))


def _state_at_a_glance(*, issue: IssuePage, submission: Any) -> IssueState:
    """As `issue_status`, from what one query knows: a version written over is seen on the issue's own screen."""
    if submission is None:
        return IssueState.DRAFT
    send = submission.send
    if send is not None and not (send.state == SendState.CANCELLED and send.started_at is None):
        return _OF_SEND[SendState(send.state)]
    if send is not None or submission.revision_id != issue.latest_revision_id:
        return IssueState.DRAFT
    return IssueState.APPROVED if submission.agreed >= settings.APPROVALS_REQUIRED else IssueState.SUBMITTED


def messages_to_approve() -> tuple[int, datetime | None]:
    """Issues and messages of correction that are frozen and wait for a second person: how many, since when."""
    frozen = (
        Submission.objects.filter(withdrawn_at__isnull=True, send__isnull=True, revision=F("issue__latest_revision"))
        .annotate(agreed=Count("approvals"))
        .filter(agreed__lt=settings.APPROVALS_REQUIRED)
    )
    errata = Erratum.objects.filter(withdrawn_at__isnull=True, approved_at__isnull=True)
    since = [
        at
        for (at,) in frozen.order_by()
        .values_list("submitted_at")
        .union(errata.order_by().values_list("written_at"), all=True)
    ]
    return len(since), min(since, default=None)


def protected_by(*, page: Page) -> list[IssuePage]:
    """Issues that the deletion of this page would take away, or leave without their theme."""
    frozen = IssuePage.objects.descendant_of(page, inclusive=True).filter(submissions__isnull=False)
    themed = IssuePage.objects.filter(theme__path__startswith=page.path)
    return list((frozen | themed).distinct().order_by("number")[:5])
