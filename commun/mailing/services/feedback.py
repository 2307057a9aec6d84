"""What comes back by mail after a send: non-delivery notices and complaints, written down with their consequence.

The delivery's own state does not change: the relay did accept it. What its return says is shown beside it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common.errors import ForgedLink
from commun.mailing import tokens, wording
from commun.mailing.exceptions import UnprovenComplaint
from commun.mailing.models import BounceEvent, Delivery, ServiceMail, Subscriber
from commun.mailing.returns.events import ProviderEvent, report_of
from commun.mailing.returns.reading import Failure, Kind, Report, read_report
from commun.mailing.returns.verdicts import Verdict
from commun.mailing.services.returns import alarm
from commun.mailing.services.scoring import add_soft_bounce
from commun.mailing.services.subscriptions import unsubscribe
from commun.mailing.services.suppression import suppress
from commun.mailing.types import DeliveryState, SuppressionReason
from commun.territories.api import note_hard_bounce

PROVIDER_MEMORY = timedelta(days=30)  # providers tell of a message for a few days
_LEFT = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN)
EVIDENCE_KEPT = timedelta(days=3 * 365)
_TOKEN_IN_MESSAGE_ID = re.compile(r"<([a-z2-7]{24})@", re.IGNORECASE)
_TOKEN_IN_LINK = re.compile(r"/desabonnement/([A-Za-z0-9_-]{32})/")


@dataclass(frozen=True, slots=True)
class _Target:
    """Whom a message was for. `address_hash` and `address` are "" once she was erased."""

    address_hash: str
    recipient_key: str = ""
    delivery: Delivery | None = None
    address: str = ""


def note_return(*, space: int, pk: int, raw: bytes, source: str, now: datetime) -> str:
    """Act on what came to the return path of one row of the ledger; says what it was."""
    target = _target_of_row(space=space, pk=pk)
    if target is None or not target.address_hash:
        return "nobody"
    return _apply(report=read_report(raw), target=target, source=source, now=now)


def note_complaint(*, raw: bytes, source: str, now: datetime) -> str:
    """Act on a feedback report (RFC 5965). Raises `UnprovenComplaint` where none of our own tokens is in it: an address
    alone is not believed, or anybody could have others unsubscribed."""
    report = read_report(raw)
    target = _target_of_trace(report.trace)
    if report.kind is not Kind.COMPLAINT or target is None:
        raise UnprovenComplaint()
    if not target.address_hash:
        return "nobody"
    return _apply(report=report, target=target, source=source, now=now)


def note_provider_event(*, event: ProviderEvent, now: datetime) -> str:
    """Act on what a mail provider tells of one message, as on a message that comes back; says what it was. The provider
    has shown its secret: the address it names is believed, where it does not give our own token back."""
    report = report_of(event)
    if report is None and event.kind != "unsubscribed":
        return "nothing"
    trace = report.trace if report else {}
    target = _target_of_trace(trace) or _target_of_address(event.recipient, now=now)
    if target is None or not target.address_hash:
        return "nobody"
    if report is None:
        left = bool(target.recipient_key) and unsubscribe(
            recipient_key=target.recipient_key, method=wording.PROVIDER, now=now
        )
        return "unsubscribed" if left else "nobody"
    mark = event.event_id or f"{event.kind}:{event.reason}:{event.message_id}:{event.recipient}:{event.text}"
    # The mark may name a person: what is kept of it is a hash, in `fingerprint` too.
    digest = hashlib.sha256(mark.encode()).hexdigest()[:32]
    return _apply(report=report, target=target, source=f"{event.provider[:20]}:{digest}", now=now)


def forget_old(*, now: datetime) -> int:
    """Evidence is kept three years (periodic); what it led to stands on its own."""
    return BounceEvent.objects.filter(at__lt=now - EVIDENCE_KEPT).delete()[0]


def _apply(*, report: Report, target: _Target, source: str, now: datetime) -> str:
    verdict = report.verdict
    failure = next((one for one in report.failures if one.verdict is verdict), None)
    soft_already = verdict is Verdict.SOFT and _said_before(target, verdict)
    _record(report=report, failure=failure, target=target, source=source, now=now)
    if report.kind is Kind.COMPLAINT:
        _complain(target=target, now=now)
        return Kind.COMPLAINT.value
    if report.kind is not Kind.FAILURE or failure is None:
        return report.kind.value  # a delay, a vacation, a challenge: says nothing against the address
    if verdict is Verdict.HARD:
        suppress(
            reason=SuppressionReason.HARD_BOUNCE,
            address_hash=target.address_hash,
            evidence=_evidence(failure, now=now),
            now=now,
        )
        if target.address:
            note_hard_bounce(email=target.address, now=now)
    elif verdict is Verdict.SOFT and target.delivery is not None and not soft_already:
        add_soft_bounce(delivery=target.delivery, evidence=_evidence(failure, now=now), now=now)
    elif verdict is Verdict.POLICY and target.delivery is not None:
        alarm(operator_id=target.delivery.operator_id, send_id=target.delivery.send_id, text=failure.text, now=now)
    return f"{report.kind.value}:{verdict.value}"


def _evidence(failure: Failure, *, now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M} avis de non-remise : {failure.code or ''} {failure.enhanced} {failure.text}"


def _said_before(target: _Target, verdict: Verdict) -> bool:
    """One delivery counts once against its address, however many notices it brings."""
    return BounceEvent.objects.filter(delivery=target.delivery, verdict=verdict.value).exists()


def _complain(*, target: _Target, now: datetime) -> None:
    suppress(
        reason=SuppressionReason.COMPLAINT,
        address_hash=target.address_hash,
        evidence=f"{now:%Y-%m-%d %H:%M} plainte transmise par la messagerie",
        now=now,
    )
    if target.recipient_key:
        unsubscribe(recipient_key=target.recipient_key, method=wording.COMPLAINT, kind="complained", now=now)


def _record(*, report: Report, failure: Failure | None, target: _Target, source: str, now: datetime) -> None:
    BounceEvent.objects.get_or_create(
        fingerprint=hashlib.sha256(source.encode()).hexdigest(),
        defaults={
            "delivery": target.delivery,
            "address_hash": target.address_hash,
            "kind": report.kind.value,
            "verdict": report.verdict.value if report.kind is Kind.FAILURE else "",
            "code": failure.code if failure else 0,
            "enhanced": failure.enhanced[:12] if failure else "",
            "diagnostic": failure.text[:500] if failure else "",
            "source": source[:64],
            "at": now,
        },
    )


# --- whom it was for ----------------------------------------------------------------------------------


def _target_of_row(*, space: int, pk: int) -> _Target | None:
    if space == tokens.SERVICE:
        address = ServiceMail.objects.filter(pk=pk).values_list("address", flat=True).first()
        return None if address is None else _Target(_hash(address), address=address)
    delivery = Delivery.objects.filter(pk=pk).first()
    return (
        None
        if delivery is None
        else _Target(_hash(delivery.address), delivery.recipient_key, delivery, delivery.address)
    )


def _target_of_trace(trace: dict[str, str]) -> _Target | None:
    """By our own marks in the message complained of: operators blank the address, and anybody can write one."""
    try:
        if found := _TOKEN_IN_MESSAGE_ID.search(trace.get("message-id", "")):
            space, pk = tokens.read_ledger_token(found[1])
            return _target_of_row(space=space, pk=pk)
        if found := _TOKEN_IN_LINK.search(trace.get("list-unsubscribe", "")):
            key = tokens.read_recipient_token(purpose=tokens.UNSUBSCRIBE, token=found[1])
            digest = Subscriber.objects.filter(key=key).values_list("address_hash", flat=True).first()
            return _Target(digest or "", key)
    except ForgedLink:
        return None
    return None


def _target_of_address(address: str, *, now: datetime) -> _Target | None:
    """By the last thing we sent there lately."""
    try:
        normal = normalise_email(address)
    except InvalidAddress:
        return None
    lately = now - PROVIDER_MEMORY
    sent = Delivery.objects.filter(address=normal, state__in=_LEFT, settled_at__gte=lately)
    if delivery := sent.order_by("-settled_at").first():
        return _Target(_hash(normal), delivery.recipient_key, delivery, normal)
    if ServiceMail.objects.filter(address=normal, created_at__gte=lately).exists():
        return _Target(_hash(normal), address=normal)
    return None


def _hash(address: str) -> str:
    return tokens.address_hash(address) if address else ""
