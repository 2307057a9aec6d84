"""Proofs that a person of the moderation looks at: a check to make, a signed letter. Each decision can be undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import filetype
from django.db import IntegrityError, transaction

from commun.accounts.models import User
from commun.territories.exceptions import (
    ApprovalRefused,
    DocumentRefused,
    EvidenceMissing,
    NotWaiting,
    RequestPending,
    UndoTooLate,
)
from commun.territories.models import MandateDocument, MandateEvent, MandateRequest, Membership
from commun.territories.registry import tell_ended
from commun.territories.services.mandates import mails
from commun.territories.services.mandates.codes import own_membership
from commun.territories.services.mandates.journal import note_event
from commun.territories.services.mandates.proving import is_moderator, lock_organisation, prove_membership
from commun.territories.types import MandateEnded, MandateEventKind, MandateLevel, MandateMethod, RequestKind

MAX_BYTES = 5 * 1024 * 1024
MIMES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
PIECES_KEPT = timedelta(days=30)
_METHODS = {RequestKind.CHECK: MandateMethod.CHECK, RequestKind.LETTER: MandateMethod.LETTER}
_SNAPSHOT = ("state", "level", "method", "is_referent", "verified_by_id")
_DATES = ("verified_at", "expires_at", "approval_asked_at", "reminded_at", "suspended_at")


@dataclass(frozen=True, kw_only=True)
class Upload:
    name: str
    content: bytes


def ask_check(
    *, membership_id: int, user: User, kind: RequestKind, message: str, upload: Upload | None = None, now: datetime
) -> MandateRequest:
    """Put a request before the moderation. Raises `NotMember`, `RequestPending`, `DocumentRefused`."""
    mime = _mime_of(upload) if upload is not None else ""
    if kind == RequestKind.LETTER and upload is None:
        raise DocumentRefused(reason="empty")
    try:
        with transaction.atomic():
            membership = own_membership(membership_id, user=user)
            request = MandateRequest.objects.create(
                membership=membership, kind=kind, message=message.strip(), asked_at=now
            )
            if upload is not None:
                MandateDocument.objects.create(
                    request=request,
                    name=f"piece-{request.pk}.{MIMES[mime]}",
                    mime=mime,
                    content=upload.content,
                    sha256=hashlib.sha256(upload.content).hexdigest(),
                )
            note_event(membership, MandateEventKind.ASKED, now=now, by=user)
    except IntegrityError:
        raise RequestPending from None
    return request


def _mime_of(upload: Upload) -> str:
    """What the bytes say, whatever the name."""
    if not upload.content:
        raise DocumentRefused(reason="empty")
    if len(upload.content) > MAX_BYTES:
        raise DocumentRefused(reason="size")
    mime = filetype.guess_mime(upload.content[:8192]) or ""
    if mime not in MIMES:
        raise DocumentRefused(reason="type")
    return mime


def decide_request(*, request_id: int, accepted: bool, evidence: str, by: User, now: datetime) -> Membership:
    """The moderation's answer, with what was checked (or what is missing, which is mailed to the person).

    Raises `ApprovalRefused` (not of the moderation, or her own), `NotWaiting`, `EvidenceMissing`.
    """
    with transaction.atomic():
        request = _locked(request_id)
        _may_decide(request, by=by)
        if request.decided_at is not None or request.membership.ended_at is not None:
            raise NotWaiting
        if not evidence.strip():
            raise EvidenceMissing
        membership = request.membership
        request.before = _snapshot(membership)
        request.decided_at, request.decided_by, request.accepted = now, by, accepted
        request.evidence = evidence.strip()[:500]
        request.save()
        if accepted:
            held = prove_membership(
                membership=membership,
                level=request.level,
                method=_METHODS[RequestKind(request.kind)],
                by=by,
                note=request.evidence,
                now=now,
            )
            mails.tell_proof_accepted(membership=held)
            return held
        note_event(membership, MandateEventKind.REFUSED_PROOF, now=now, by=by, note=request.evidence)
        mails.tell_proof_refused(membership=membership, reason=request.evidence)
    return membership


def record_check(*, membership_id: int, kind: RequestKind, evidence: str, by: User, now: datetime) -> Membership:
    """A check that the team made without being asked (a call back, a letter that came by post), accepted at once.

    Raises as `decide_request`; `RequestPending` where a request waits: that one is to be answered.
    """
    try:
        with transaction.atomic():
            request = MandateRequest.objects.create(membership_id=membership_id, kind=kind, asked_at=now)
            return decide_request(request_id=request.pk, accepted=True, evidence=evidence, by=by, now=now)
    except IntegrityError:
        raise RequestPending from None


def undo_decision(*, request_id: int, by: User, now: datetime) -> MandateRequest:
    """The request waits again, and the mandate is what it was. Raises `ApprovalRefused`, `NotWaiting`, and
    `UndoTooLate` when something happened to the mandate since (an approval, a renewal, a departure)."""
    with transaction.atomic():
        request = _locked(request_id)
        _may_decide(request, by=by)
        if request.decided_at is None or request.before is None:
            raise NotWaiting
        membership = request.membership
        last = MandateEvent.objects.filter(membership=membership).order_by("-pk").first()
        if last is None or last.at != request.decided_at or membership.ended_at is not None:
            raise UndoTooLate
        if MandateRequest.objects.filter(membership=membership, decided_at=None).exists():
            raise UndoTooLate
        held = membership.held_level(at=now)
        _restore(membership, request.before)
        membership.save()
        note_event(membership, MandateEventKind.UNDONE, now=now, by=by)
        if membership.held_level(at=now) < held and membership.held_level(at=now) == MandateLevel.M0:
            tell_ended(
                MandateEnded(
                    user_id=membership.user_id,
                    organisation_id=membership.organisation_id,
                    kind=MandateEventKind.UNDONE,
                    at=now,
                )
            )
        request.decided_at = request.decided_by = request.accepted = request.before = None
        request.evidence = ""
        request.save()
    return request


def forget_pieces(*, now: datetime) -> int:
    """Thirty days after the decision, words and file of a request go (periodic)."""
    old = MandateRequest.objects.filter(decided_at__lt=now - PIECES_KEPT, forgotten_at=None)
    gone = list(old.values_list("pk", flat=True)[:5000])
    with transaction.atomic():
        MandateDocument.objects.filter(request__in=gone).delete()
        MandateRequest.objects.filter(pk__in=gone).update(message="", evidence="", before=None, forgotten_at=now)
    return len(gone)


def _locked(request_id: int) -> MandateRequest:
    found = MandateRequest.objects.filter(pk=request_id).select_related("membership__organisation").first()
    if found is None:
        raise NotWaiting
    lock_organisation(found.membership.organisation)
    rows = MandateRequest.objects.select_for_update(of=("self",)).select_related(
        "membership__organisation__territory", "membership__user"
    )
    return rows.get(pk=request_id)


def _may_decide(request: MandateRequest, *, by: User) -> None:
    if not is_moderator(by) or by.pk == request.membership.user_id:
        raise ApprovalRefused


def _snapshot(row: Membership) -> dict[str, Any]:
    dates = {name: getattr(row, name) for name in _DATES}
    return {name: getattr(row, name) for name in _SNAPSHOT} | {
        name: value.isoformat() if value else None for name, value in dates.items()
    }


def _restore(row: Membership, before: dict[str, Any]) -> None:
    for name in _SNAPSHOT:
        setattr(row, name, before[name])
    for name in _DATES:
        setattr(row, name, datetime.fromisoformat(before[name]) if before[name] else None)
