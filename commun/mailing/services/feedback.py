"""What comes back by mail after a send: non-delivery notices and complaints, written down with their consequence.

The delivery's own state does not change: the relay did accept it. What its return says is shown beside it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common.errors import ForgedLink
from commun.mailing import tokens
from commun.mailing.exceptions import UnprovenComplaint
from commun.mailing.models import BounceEvent, Delivery, Send, ServiceMail
from commun.mailing.registry import Return, Returned, Way, tell_return
from commun.mailing.returns.events import ProviderEvent, report_of
from commun.mailing.returns.reading import read_report
from commun.mailing.returns.report import Failure, Kind, Report
from commun.mailing.returns.verdicts import Verdict
from commun.mailing.services.returns import alarm
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
    """Whom a message was for. `address` is "" once she was erased."""

    address: str
    recipient_key: str = ""
    delivery: Delivery | None = None

    @property
    def address_hash(self) -> str:
        return tokens.address_hash(self.address) if self.address else ""

    def returned(self, kind: Returned, *, way: Way = Way.MAIL, evidence: str = "") -> Return:
        return Return(
            kind=kind,
            address=self.address,
            address_hash=self.address_hash,
            recipient_key=self.recipient_key,
            way=way,
            evidence=evidence,
            delivery_id=self.delivery.pk if self.delivery else None,
        )


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
        return note_unsubscription(recipient_key=target.recipient_key, way=Way.PROVIDER, now=now)
    mark = event.event_id or f"{event.kind}:{event.reason}:{event.message_id}:{event.recipient}:{event.text}"
    # The mark may name a person: what is kept of it is a hash, in `fingerprint` too.
    digest = hashlib.sha256(mark.encode()).hexdigest()[:32]
    return _apply(report=report, target=target, source=f"{event.provider[:20]}:{digest}", now=now)


def note_unsubscription(*, recipient_key: str, way: Way, now: datetime) -> str:
    """She asked to leave from her mailbox, or through the provider; says whether that concerned anybody."""
    asked = Return(kind=Returned.UNSUBSCRIBED, address_hash="", recipient_key=recipient_key, way=way)
    with transaction.atomic():
        return "unsubscribed" if recipient_key and tell_return(returned=asked, now=now) else "nobody"


def forget_old(*, now: datetime) -> int:
    """Evidence is kept three years (periodic); what it led to stands on its own."""
    return BounceEvent.objects.filter(at__lt=now - EVIDENCE_KEPT).delete()[0]


@transaction.atomic
def _apply(*, report: Report, target: _Target, source: str, now: datetime) -> str:
    # A report may speak of several recipients, of other sends even: the return path says whom this copy is about.
    failure = report.about(target.address)
    verdict = failure.verdict if failure is not None else Verdict.NONE
    soft_already = verdict is Verdict.SOFT and _said_before(target, verdict)
    _record(report=report, failure=failure, target=target, source=source, now=now)
    if report.kind is Kind.COMPLAINT:
        _complain(target=target, now=now)
        return Kind.COMPLAINT.value
    if report.kind is not Kind.FAILURE or failure is None:
        return report.kind.value  # a delay, a vacation, a challenge: says nothing against the address
    evidence = _evidence(failure, now=now)
    if verdict is Verdict.HARD:
        if target.address:
            suppress(reason=SuppressionReason.HARD_BOUNCE, address=target.address, evidence=evidence, now=now)
            note_hard_bounce(email=target.address, now=now)
        tell_return(returned=target.returned(Returned.HARD, evidence=evidence), now=now)
    elif verdict is Verdict.SOFT and target.delivery is not None and not soft_already:
        tell_return(returned=target.returned(Returned.SOFT, evidence=evidence), now=now)
    elif verdict is Verdict.POLICY and target.delivery is not None:
        alarm(
            operator_id=target.delivery.frontier.operator_id,
            send_id=target.delivery.send_id,
            text=failure.text,
            now=now,
        )
    return f"{report.kind.value}:{verdict.value}"


def _evidence(failure: Failure, *, now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M} avis de non-remise : {failure.code or ''} {failure.enhanced} {failure.text}"


def _said_before(target: _Target, verdict: Verdict) -> bool:
    """One delivery counts once against its address, however many notices it brings."""
    return BounceEvent.objects.filter(delivery=target.delivery, verdict=verdict.value).exists()


def _complain(*, target: _Target, now: datetime) -> None:
    if target.address:
        suppress(
            reason=SuppressionReason.COMPLAINT,
            address=target.address,
            evidence=f"{now:%Y-%m-%d %H:%M} plainte transmise par la messagerie",
            now=now,
        )
    tell_return(returned=target.returned(Returned.COMPLAINT, way=Way.FEEDBACK_LOOP), now=now)


def _record(*, report: Report, failure: Failure | None, target: _Target, source: str, now: datetime) -> None:
    BounceEvent.objects.get_or_create(
        fingerprint=hashlib.sha256(source.encode()).hexdigest(),
        defaults={
            "delivery": target.delivery,
            "address_hash": target.address_hash,
            "kind": report.kind.value,
            "verdict": failure.verdict.value if failure is not None and report.kind is Kind.FAILURE else "",
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
        return None if address is None else _Target(address)
    delivery = Delivery.objects.filter(pk=pk).first()
    return None if delivery is None else _Target(delivery.address, delivery.recipient_key, delivery)


def _target_of_trace(trace: dict[str, str]) -> _Target | None:
    """By our own marks in the message complained of: operators blank the address, and anybody can write one."""
    try:
        if found := _TOKEN_IN_MESSAGE_ID.search(trace.get("message-id", "")):
            space, pk = tokens.read_ledger_token(found[1])
            return _target_of_row(space=space, pk=pk)
        if found := _TOKEN_IN_LINK.search(trace.get("list-unsubscribe", "")):
            key = tokens.read_recipient_token(purpose=tokens.UNSUBSCRIBE, token=found[1])
            return _Target(_address_of_key(key), key)
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
        return _Target(normal, delivery.recipient_key, delivery)
    if ServiceMail.objects.filter(address=normal, created_at__gte=lately).exists():
        return _Target(normal)
    return None


def _address_of_key(key: str) -> str:
    """Where we last wrote to whoever has this key; "" once she was erased. Send by send, as the ledger is indexed."""
    for send in Send.objects.order_by("-pk").values_list("pk", flat=True).iterator():
        address = Delivery.objects.filter(send=send, recipient_key=key).values_list("address", flat=True).first()
        if address is not None:
            return address
    return ""
