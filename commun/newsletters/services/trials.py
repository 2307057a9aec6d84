"""Trials of a letter: to whom, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from commun.accounts.models import User
from commun.cms.api import get_network
from commun.common import clock
from commun.inbound.types import Incoming
from commun.mailing.api import seal_message, send_test
from commun.newsletters import trial_address
from commun.newsletters.models import IssuePage, TrialAnswer, TrialList
from commun.newsletters.selectors.issues import current_submission
from commun.newsletters.services.approval import changed_since, require
from commun.newsletters.services.freeze import freeze, latest, reply_address

KEPT = timedelta(days=365)
_MOST = 200  # answers to one issue: more are a flood
_LONGEST = 8000


def send_issue_test(
    *, issue: IssuePage, addresses: Sequence[str], user: User | None, now: datetime | None = None
) -> Any:
    """A copy to each, marked as a trial: of what is frozen where it still stands, else of the draft as it would be.

    Answers come back under the issue where mail comes in, else to the network. Raises `NotAllowed`.
    """
    now = now or clock.now()
    require(user=user, action="submit_issue")
    answers = trial_address.answers_to(issue_id=issue.pk) or reply_address(get_network())
    submission = current_submission(issue=issue)
    if submission is not None and not changed_since(submission=submission):
        frozen = submission.message
        subject, html, text, preheader = frozen.subject, frozen.html, frozen.text, frozen.preheader
    else:
        made = freeze(issue=latest(issue=issue))
        subject, html, text = made.content.subject, made.documents.email, made.documents.text
        preheader = made.content.preheader
    message = seal_message(
        subject=f"[Essai] {subject}", html=html, text=text, now=now, preheader=preheader, reply_to=answers
    )
    return send_test(message=message, addresses=list(dict.fromkeys(addresses)), created_by=user)


def save_list(*, known: TrialList | None, name: str, addresses: Sequence[str], user: User) -> TrialList:
    """Raises `NotAllowed`."""
    require(user=user, action="submit_issue")
    kept = known or TrialList()
    kept.name, kept.addresses = " ".join(name.split()), "\n".join(addresses)
    kept.save()
    return kept


def forget_list(*, known: TrialList, user: User) -> None:
    """Raises `NotAllowed`."""
    require(user=user, action="submit_issue")
    known.delete()


def take_answer(*, incoming: Incoming, now: datetime) -> str:
    """`inbound` handler of what answers a trial."""
    message = incoming.message
    if message.is_surely_of_a_robot:
        return f"set_aside:{message.robot.value}"
    issue = IssuePage.objects.filter(pk=trial_address.read(incoming.recipient)).first()
    if issue is None:
        return "issue_gone"
    if TrialAnswer.objects.filter(issue=issue).count() >= _MOST:
        return "too_many"
    words = (message.reply or message.text).strip()[:_LONGEST]
    TrialAnswer.objects.create(issue=issue, address=message.sender.address[:254], words=words, at=now)
    return "trial_answer"


def forget_answers(*, now: datetime) -> int:
    """Sweep: the letter they helped to mend has long left."""
    deleted, _ = TrialAnswer.objects.filter(at__lt=now - KEPT).delete()
    return deleted
