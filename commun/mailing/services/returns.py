"""What comes back, written down: refusals at SMTP time, and what they say of addresses, of operators, of us."""

from __future__ import annotations

import hashlib
import logging
import re
from datetime import datetime, timedelta

from django.db import transaction

from commun.common.redaction import redact
from commun.mailing import tokens
from commun.mailing.delivery.ledger import Row, pk_of
from commun.mailing.models import BounceEvent, Operator, Send
from commun.mailing.registry import Return, Returned, Way, tell_return
from commun.mailing.returns.verdicts import Verdict, judge
from commun.mailing.services.suppression import suppress
from commun.mailing.types import SendState, SuppressionReason
from commun.mailing.wire.session import Fate, Outcome, Stage
from commun.territories.api import note_hard_bounce

logger = logging.getLogger("commun.mailing")

POLICY_PAUSE = timedelta(hours=1)
SLOW_PAUSE = timedelta(minutes=5)
_TOO_FAST = re.compile(
    r"too (many|fast)|rate.?limit|throttl|slow down|ofr004|trop (de|vite|rapide)|unusual rate|exceeded.{0,20}rate",
    re.IGNORECASE,
)
_OF_PEOPLE = {Verdict.HARD: Returned.HARD, Verdict.SOFT: Returned.SOFT}
POLICY_TOLERATED = 5  # of operators we do not know, before the whole send stops


@transaction.atomic
def note_smtp_reply(*, row: Row, outcome: Outcome, relay: str, now: datetime) -> None:
    """Evidence of one refusal or deferral of a delivery, and its consequence."""
    verdict = judge(code=outcome.code, enhanced=outcome.enhanced, text=outcome.text)
    if outcome.fate is Fate.REFUSED or verdict is Verdict.POLICY:
        _record(row=row, outcome=outcome, verdict=verdict, relay=relay, now=now)
    if verdict is Verdict.POLICY:
        alarm(operator_id=row.operator_id, send_id=row.send_id, text=outcome.text, now=now)
    elif outcome.fate is Fate.REFUSED and verdict in _OF_PEOPLE:
        evidence = f"{now:%Y-%m-%d %H:%M} {relay} : {outcome.code} {outcome.enhanced} {outcome.text}"
        if verdict is Verdict.HARD:
            suppress(reason=SuppressionReason.HARD_BOUNCE, address=row.address, evidence=evidence, now=now)
            note_hard_bounce(email=row.address, now=now)
        said = Return(
            kind=_OF_PEOPLE[verdict],
            address=row.address,
            address_hash=tokens.address_hash(row.address),
            recipient_key=row.recipient_key,
            way=Way.SMTP,
            evidence=evidence,
            delivery_id=pk_of(row.key),
        )
        tell_return(returned=said, now=now)
    elif outcome.fate is Fate.DEFERRED and _says_too_fast(outcome):
        _slow_down(row=row, now=now)


def _record(*, row: Row, outcome: Outcome, verdict: Verdict, relay: str, now: datetime) -> None:
    pk = pk_of(row.key)
    fingerprint = hashlib.sha256(f"smtp:{pk}:{row.attempts}:{outcome.code}".encode()).hexdigest()
    BounceEvent.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "delivery_id": pk,
            "address_hash": tokens.address_hash(row.address),
            "kind": "smtp",
            "verdict": verdict.value,
            "code": outcome.code,
            "enhanced": outcome.enhanced[:12],
            "diagnostic": outcome.text[:500],
            "source": relay[:64],
            "at": now,
        },
    )


def alarm(*, operator_id: int | None, send_id: int, text: str, now: datetime) -> None:
    """5.7.x is said of us. The operator that says it is left alone for an hour; where none is known, a few suffice to
    stop the send."""
    if operator_id is not None:
        Operator.objects.filter(pk=operator_id).update(
            paused_until=now + POLICY_PAUSE, pause_reason="policy", alarm=redact(text)[:300], alarm_at=now
        )
        return
    said = BounceEvent.objects.filter(delivery__send_id=send_id, verdict=Verdict.POLICY.value).count()
    if said >= POLICY_TOLERATED:
        _stop(send_id=send_id, reason="policy")


def _says_too_fast(outcome: Outcome) -> bool:
    """« Slow down », said of us by whoever receives; not a server that merely closes (421 without a reason)."""
    return bool(
        (outcome.stage is not Stage.CONNECTION and outcome.enhanced in {"4.7.0", "4.7.1", "4.3.2"})
        or _TOO_FAST.search(outcome.text)
    )


def _slow_down(*, row: Row, now: datetime) -> None:
    """An operator that answers « too fast » gets five minutes; each new one starts them again."""
    if row.operator_id is None:
        return
    Operator.objects.filter(pk=row.operator_id).exclude(paused_until__gt=now + SLOW_PAUSE).update(
        paused_until=now + SLOW_PAUSE, pause_reason="slow"
    )


def stop_refused_sender(*, send_id: int, text: str, now: datetime) -> None:
    """The relay refuses our own sender address: nobody else would receive anything either."""
    logger.error("sender refused by the relay send=%s", send_id)
    if send_id:
        _stop(send_id=send_id, reason="sender_refused")


def _stop(*, send_id: int, reason: str) -> None:
    with transaction.atomic():
        Send.objects.filter(pk=send_id, state=SendState.SENDING).update(state=SendState.PAUSED, state_reason=reason)
