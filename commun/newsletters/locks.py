"""The lock of an issue: it says who holds it and why, and has the button that takes it back to draft."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.locks import BaseLock

from commun.common import french
from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.selectors.issues import IssueStatus, current_submission, issue_status
from commun.newsletters.services.approval import changed_since
from commun.newsletters.types import IssueState

_GONE = {IssueState.SENDING, IssueState.PAUSED, IssueState.HELD, IssueState.SENT, IssueState.STOPPED}


class IssueLock(BaseLock):
    """For everybody: what somebody approved, or is reading to approve, does not change under her eyes."""

    def __init__(self, issue: IssuePage, status: IssueStatus) -> None:
        super().__init__(issue)
        self.status = status

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> SafeString:
        url = reverse("newsletters:issue", args=[self.object.pk])
        if self.status.state in _GONE:
            return format_html(
                '{} Ce qui est parti ne change plus ; l’édition web se corrige depuis <a href="{}">la page de '
                "l’envoi</a>.",
                self.why,
                url,
            )
        if self.status.state == IssueState.SCHEDULED:
            return format_html(
                '{} Pour le modifier, <a href="{}">arrêtez ou déplacez d’abord l’envoi</a>.', self.why, url
            )
        take_back = reverse("newsletters:withdraw", args=[self.object.pk])
        return format_html(
            '{} Rien de ce que vous taperiez ne serait gardé. <a class="button button-small" href="{}">Reprendre en '
            'brouillon…</a> <a href="{}">Vérifier et envoyer</a>',
            self.why,
            take_back,
            url,
        )

    @property
    def why(self) -> str:
        submission, state = self.status.submission, self.status.state
        if state in _GONE:
            return "Ce numéro est parti, ou en train de partir."
        if state == IssueState.SCHEDULED and self.status.progress and self.status.progress.scheduled_at:
            at = timezone.localtime(self.status.progress.scheduled_at)
            return f"Ce numéro part le {french.weekday_moment(at)}."
        if self.status.approvals:
            names = " et ".join(str(agreed.by) for agreed in self.status.approvals)
            return f"Ce numéro est approuvé par {names} : le message est figé."
        return f"Ce numéro est soumis à l’approbation par {_who(submission)} : le message est figé."

    def get_locked_by(self, user: Any) -> str:
        return f"Figé par {_who(self.status.submission)}"

    def get_description(self, user: Any) -> str:
        return self.why


def find_lock(issue: Any) -> IssueLock | None:
    submission = current_submission(issue=issue)
    if submission is None:
        return None
    status = issue_status(issue=issue, changed=changed_since(submission=submission))
    return None if status.state == IssueState.DRAFT else IssueLock(issue, status)


def _who(submission: Submission | None) -> str:
    return str(submission.submitted_by or "une commande") if submission is not None else ""
