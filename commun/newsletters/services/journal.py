"""Writing the journal of an issue, and telling whoever is concerned. One place: nothing happens that nobody is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from commun.accounts.models import User
from commun.common import french, mails
from commun.newsletters.models import IssuePage, JournalEntry, Submission
from commun.newsletters.selectors.issues import editors_of
from commun.newsletters.types import Act

_SUBJECTS = {
    Act.SUBMITTED: "Numéro {number} : à relire et à approuver",
    Act.REFUSED: "Numéro {number} : refusé, des points à reprendre",
    Act.ANSWERED: "Numéro {number} : réponse à votre refus",
    Act.WITHDRAWN: "Numéro {number} : repris en brouillon",
    Act.APPROVED: "Numéro {number} : approuvé, prêt à partir",
    Act.PLANNED: "Numéro {number} : envoi programmé",
    Act.MOVED: "Numéro {number} : envoi déplacé",
    Act.STOPPED: "Numéro {number} : envoi arrêté",
    Act.BEGUN: "Numéro {number} : l’envoi commence",
    Act.ENDED: "Numéro {number} : l’envoi est terminé",
    Act.ERRATUM_WRITTEN: "Numéro {number} : un rectificatif à relire et à approuver",
    Act.ERRATUM_APPROVED: "Numéro {number} : le rectificatif est approuvé, prêt à partir",
    Act.ERRATUM_WITHDRAWN: "Numéro {number} : le rectificatif est retiré",
    Act.ERRATUM_BEGUN: "Numéro {number} : le rectificatif part",
    Act.ERRATUM_STOPPED: "Numéro {number} : le rectificatif est arrêté",
    Act.ERRATUM_ENDED: "Numéro {number} : le rectificatif est envoyé",
}


def note(
    *,
    act: Act,
    issue: IssuePage,
    submission: Submission | None,
    by: User | None,
    now: datetime,
    words: str = "",
    answers: JournalEntry | None = None,
    also: Iterable[int] = (),
) -> JournalEntry:
    """In the transaction of the act itself; mails leave as rows of the same transaction. `also`: accounts it concerns
    beyond those of the letter."""
    entry = JournalEntry.objects.create(
        issue=issue, submission=submission, act=act, words=words.strip(), answers=answers, by=by, at=now
    )
    if act in _SUBJECTS:
        for person in _concerned(entry, also=also):
            _write(entry=entry, to=person)
    return entry


def _concerned(entry: JournalEntry, *, also: Iterable[int]) -> list[User]:
    """Whoever has something to do next, or answers for what was done; never whoever did it."""
    submission = entry.submission
    wanted: set[int] = set()
    if submission is not None:
        editors = editors_of(submission=submission)
        approvers = {pk for pk in submission.approvals.values_list("by_id", flat=True) if pk}
        match entry.act:
            case Act.SUBMITTED:
                wanted = _holders("approve_issue") - editors
            case Act.ERRATUM_WRITTEN:
                wanted = _holders("approve_issue")
            case Act.ERRATUM_APPROVED:
                wanted = editors | _holders("send_issue")
            case Act.REFUSED:
                wanted = editors | approvers
            case Act.ANSWERED:
                wanted = {entry.answers.by_id} if entry.answers and entry.answers.by_id else set()
            case Act.APPROVED:
                wanted = editors | _holders("send_issue")
            case _:
                wanted = editors | approvers
        if submission.submitted_by_id and entry.act not in {Act.SUBMITTED, Act.ANSWERED}:
            wanted.add(submission.submitted_by_id)
    people = User.objects.filter(pk__in=wanted.union(also) - {entry.by_id}, is_active=True).exclude(email="")
    return list(people.order_by("pk"))


def _holders(codename: str) -> set[int]:
    """Accounts of the groups that hold this right."""
    held: Iterable[Any] = User.objects.filter(
        Q(groups__permissions__codename=codename, groups__permissions__content_type__app_label="newsletters"),
        is_active=True,
    ).values_list("pk", flat=True)
    return set(held)


def _write(*, entry: JournalEntry, to: User) -> None:
    issue = entry.issue
    mails.post(
        to=to.email,
        template=f"newsletters/mail/{entry.act}.txt",
        subject=_SUBJECTS[Act(entry.act)].format(number=issue.number),
        entry=entry,
        issue=issue,
        title=f"« {french.name(issue.title)} »",
        url=settings.SITE_URL + reverse("newsletters:issue", args=[issue.pk]),
        erratum_url=settings.SITE_URL + reverse("newsletters:erratum", args=[issue.pk]),
    )
