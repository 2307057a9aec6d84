"""The door of this room.

`compose_issue` makes a draft from a theme; `submit_issue` freezes it; `approve_issue` is a second person's;
`send_issue` sends what was approved and puts the web edition online.
"""

from commun.newsletters.calls import register_call_page
from commun.newsletters.exceptions import (
    AlreadySent,
    ArchiveMissing,
    ChangedSince,
    NewslettersError,
    NotAllowed,
    NotApproved,
    NotReady,
    NotSubmitted,
    OwnWork,
    SendCancelled,
    UnknownIssue,
)
from commun.newsletters.models import IssueIndexPage, IssuePage
from commun.newsletters.selectors.afterwards import Glance, glance_at
from commun.newsletters.selectors.issues import (
    departures,
    get_issue,
    issues_overview,
    latest_issue,
    messages_to_approve,
    published_issues,
)
from commun.newsletters.services.approval import approve_issue, submit_issue, withdraw_submission
from commun.newsletters.services.compose import compose_issue
from commun.newsletters.services.gaps import Gaps, gaps_of
from commun.newsletters.services.sections import ensure_sections
from commun.newsletters.services.sending import send_issue
from commun.newsletters.services.topics import ensure_theme_topic, keep_topics
from commun.newsletters.services.trials import send_issue_test
from commun.newsletters.types import CallKind, IssueState

__all__ = [
    "AlreadySent",
    "ArchiveMissing",
    "CallKind",
    "ChangedSince",
    "Gaps",
    "Glance",
    "IssueIndexPage",
    "IssuePage",
    "IssueState",
    "NewslettersError",
    "NotAllowed",
    "NotApproved",
    "NotReady",
    "NotSubmitted",
    "OwnWork",
    "SendCancelled",
    "UnknownIssue",
    "approve_issue",
    "compose_issue",
    "departures",
    "ensure_sections",
    "ensure_theme_topic",
    "gaps_of",
    "get_issue",
    "glance_at",
    "issues_overview",
    "keep_topics",
    "latest_issue",
    "messages_to_approve",
    "published_issues",
    "register_call_page",
    "send_issue",
    "send_issue_test",
    "submit_issue",
    "withdraw_submission",
]
