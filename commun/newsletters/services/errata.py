"""What puts a letter right by mail: written, sealed, approved by another person, sent to those who received it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from commun.accounts.models import User
from commun.cms.api import get_network
from commun.common import clock, richtext
from commun.mailing.api import cancel, create_send, seal_message, send_progress
from commun.mailing.types import OVER
from commun.newsletters.exceptions import (
    ChangedSince,
    NoErratum,
    NotApproved,
    NothingCorrected,
    NotReady,
    NotSentYet,
    OwnWork,
    StillLeaving,
    WordsMissing,
)
from commun.newsletters.models import Correction, Erratum, IssuePage, Submission
from commun.newsletters.rendering import from_json
from commun.newsletters.rendering.content import IssueContent, Text
from commun.newsletters.rendering.values import Link, Rich
from commun.newsletters.selectors.errata import begun_submission, sent_submission, standing_erratum
from commun.newsletters.services.approval import lock, require
from commun.newsletters.services.erratum_checks import check_erratum
from commun.newsletters.services.freeze import render, reply_address
from commun.newsletters.services.journal import note
from commun.newsletters.services.resolve import page_url
from commun.newsletters.types import ERRATUM_KIND, Act
from commun.newsletters.wording import say_progress, say_stopped
from commun.subscribers.api import words_for_correction
from commun.subscribers.types import AUDIENCE


def write_erratum(
    *, issue: IssuePage, user: User, reason: str, words: str, with_uncertain: bool = False, now: datetime | None = None
) -> Erratum:
    """Seal it, the letter having left or being paused; one that stands and has not left is replaced.

    Raises `NotAllowed`, `WordsMissing`, `NotSentYet`, `NothingCorrected`, `NotReady` (its findings name the fields),
    and `mailing`'s refusals of a message.
    """
    now = now or clock.now()
    require(user=user, action="submit_issue")
    if not reason.strip() or not words.strip():
        raise WordsMissing()
    with transaction.atomic():
        locked = lock(issue=issue)
        sent = sent_submission(issue=locked)
        if sent is None:
            raise NotSentYet()
        if not Correction.objects.filter(issue=locked).exists():
            raise NothingCorrected()
        findings = check_erratum(sent=sent, reason=reason, words=words, day=timezone.localdate(now))
        if any(one.level == "blocking" for one in findings):
            raise NotReady(findings)
        replaced = standing_erratum(issue=locked)
        if replaced is not None:
            _withdraw(replaced, by=user, now=now)
        corrected: Any = sent.send
        content = _content(issue=locked, sent=sent, reason=reason, words=words)
        documents = render(content=content)
        message = seal_message(
            subject=content.subject,
            html=documents.email,
            text=documents.text,
            now=now,
            preheader=content.preheader,
            archive_url=content.sender.archive.url,
            reply_to=reply_address(get_network()),
        )
        erratum = Erratum.objects.create(
            issue=locked,
            corrects=corrected,
            reason=reason.strip(),
            words=words.strip(),
            with_uncertain=with_uncertain,
            message=message,
            written_by=user,
            written_at=now,
        )
        _note(Act.ERRATUM_WRITTEN, erratum, by=user, now=now, words=erratum.reason, replaced=replaced)
    return erratum


def _content(*, issue: IssuePage, sent: Submission, reason: str, words: str) -> IssueContent:
    frozen = from_json(sent.content)
    return IssueContent(
        number=frozen.number,
        title=f"Rectificatif : {frozen.title}",
        subject=f"Rectificatif : {frozen.subject}"[:150],
        date_label=frozen.date_label,
        preheader=reason.strip(),
        web_url=Link("Lire la lettre corrigée dans votre navigateur", page_url(issue)),
        sender=frozen.sender,
        blocks=(Text(title="Ce qu’il faut lire", body=Rich(richtext.from_text(words))),),
        welcome=reason.strip(),
    )


def approve_erratum(*, erratum: Erratum, user: User, seen_hash: str, now: datetime | None = None) -> Erratum:
    """One person is enough, whatever `APPROVALS_REQUIRED` asks of a letter: each hour, more people act on the error.

    Raises `NotAllowed`, `OwnWork`, `NoErratum`, `ChangedSince`.
    """
    now = now or clock.now()
    require(user=user, action="approve_issue")
    with transaction.atomic():
        found = _locked(erratum)
        if found.message.hash != seen_hash:
            raise ChangedSince()
        if found.written_by_id == user.pk:
            raise OwnWork()
        if found.approved_at is None:
            found.approved_by, found.approved_at = user, now
            found.save(update_fields=["approved_by", "approved_at"])
            _note(Act.ERRATUM_APPROVED, found, by=user, now=now)
    return found


def withdraw_erratum(*, erratum: Erratum, user: User, reason: str, now: datetime | None = None) -> Erratum:
    """By whoever writes or approves. Raises `NotAllowed`, `WordsMissing`, `NoErratum`."""
    now = now or clock.now()
    require(user=user, action="approve_issue" if user.has_perm("newsletters.approve_issue") else "submit_issue")
    if not reason.strip():
        raise WordsMissing()
    with transaction.atomic():
        found = _locked(erratum)
        _withdraw(found, by=user, now=now)
        _note(Act.ERRATUM_WITHDRAWN, found, by=user, now=now, words=reason)
    return found


def send_erratum(
    *, erratum: Erratum, user: User, seen_hash: str, at: datetime | None = None, now: datetime | None = None
) -> Any:
    """Its `Send`; asked twice, the first is returned. It leaves once the letter has ended, or was stopped.

    Raises `NotAllowed`, `NotApproved`, `NoErratum`, `ChangedSince`, `StillLeaving`.
    """
    now = now or clock.now()
    require(user=user, action="send_issue")
    with transaction.atomic():
        lock(issue=erratum.issue)
        found = Erratum.objects.select_related("message", "send", "corrects").get(pk=erratum.pk)
        if found.send is not None:
            return found.send
        if found.withdrawn_at is not None:
            raise NoErratum()
        if found.message.hash != seen_hash:
            raise ChangedSince()
        if found.approved_at is None:
            raise NotApproved(have=0, need=1)
        if found.corrects.state not in OVER:
            raise StillLeaving()
        found.send = create_send(
            message=found.message,
            kind=ERRATUM_KIND,
            idempotency_key=f"erratum-{found.pk}",
            audience=AUDIENCE,
            words=words_for_correction(send_id=found.corrects_id, with_uncertain=found.with_uncertain),
            scheduled_at=at,
            slug=found.issue.slug,
            created_by=user,
            now=now,
        )
        found.save(update_fields=["send"])
        _note(Act.ERRATUM_BEGUN, found, by=user, now=now)
    return found.send


def stop_erratum(*, erratum: Erratum, user: User, now: datetime | None = None) -> Any:
    """Nobody else receives it. Before it begins, whoever may submit may stop it. Raises `NotAllowed`, `NoErratum`,
    `WrongState`."""
    now = now or clock.now()
    with transaction.atomic():
        lock(issue=erratum.issue)
        found = Erratum.objects.select_related("send").get(pk=erratum.pk)
        if found.send is None:
            raise NoErratum()
        require(user=user, action="send_issue" if found.send.started_at else "submit_issue")
        send = cancel(send_id=found.send.pk, by=user, now=now)
        words = say_stopped(begun=send.started_at is not None)
        _note(Act.ERRATUM_STOPPED, found, by=user, words=words, now=now)
    return send


def on_finished(*, send_id: int, now: datetime) -> None:
    """Its last recipient has an answer."""
    erratum = Erratum.objects.select_related("issue").filter(send=send_id).first()
    if erratum is not None:
        words = say_progress(send_progress(send_id=send_id))
        _note(Act.ERRATUM_ENDED, erratum, by=None, now=now, words=words)


def _locked(erratum: Erratum) -> Erratum:
    """As it stands now, held with its issue. Raises `NoErratum`."""
    lock(issue=erratum.issue)
    standing = standing_erratum(issue=erratum.issue)
    if standing is None or standing.pk != erratum.pk:
        raise NoErratum()
    return standing


def _withdraw(erratum: Erratum, *, by: User, now: datetime) -> None:
    erratum.withdrawn_by, erratum.withdrawn_at = by, now
    erratum.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _note(
    act: Act,
    erratum: Erratum,
    *,
    by: User | None,
    now: datetime,
    words: str = "",
    replaced: Erratum | None = None,
) -> None:
    sent = begun_submission(issue=erratum.issue)
    theirs = {pk for one in (erratum, replaced) if one for pk in (one.written_by_id, one.approved_by_id) if pk}
    note(act=act, issue=erratum.issue, submission=sent, by=by, words=words, also=theirs, now=now)
