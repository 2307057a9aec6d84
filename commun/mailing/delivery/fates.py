"""From what a relay answered to what becomes of the row. Pure but for the clock it is given.

The rule that protects readers: a 5.7.x is a fault of ours or a policy. It is never written down as a dead address, and
the operator that says it is left alone until somebody has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commun.mailing.delivery.ledger import Settlement
from commun.mailing.returns.verdicts import Verdict, judge
from commun.mailing.types import DeliveryState
from commun.mailing.wire.session import Fate, Outcome, Stage

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=2)
POLICY_WAIT = timedelta(hours=1)

REASONS = {
    Verdict.HARD: "dead_address",
    Verdict.SOFT: "mailbox_refuses",
    Verdict.MESSAGE: "message_refused",
    Verdict.NONE: "refused",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What is known of a row beside the outcome."""

    attempts: int
    first_attempt_at: datetime | None
    relay: str
    claim: int = 0


def back_off(*, attempts: int) -> timedelta:
    """5, 10, 20, 40, 80 minutes, then every two hours."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 10))


def verdict_of(outcome: Outcome) -> Verdict:
    return judge(code=outcome.code, enhanced=outcome.enhanced, text=outcome.text)


def is_policy(outcome: Outcome) -> bool:
    return outcome.fate in {Fate.REFUSED, Fate.DEFERRED} and verdict_of(outcome) is Verdict.POLICY


def settlement(*, outcome: Outcome, tried: Tried, now: datetime, give_up_after: timedelta) -> Settlement:
    """The row's new state. `Fate.UNTOUCHED` has none: the row never left and goes back."""
    fate = partial(
        Settlement,
        outcome.key,
        code=outcome.code,
        enhanced=outcome.enhanced[:12],
        diagnostic=outcome.text[:500],
        relay=tried.relay[:100],
        claim=tried.claim,
    )
    if outcome.fate is Fate.ACCEPTED:
        return fate(DeliveryState.ACCEPTED.value)
    if outcome.fate is Fate.UNCERTAIN:
        return fate(DeliveryState.UNCERTAIN.value, "connection_lost")
    policy = is_policy(outcome)
    if outcome.fate is Fate.REFUSED and not policy:
        return fate(DeliveryState.REFUSED.value, REASONS[verdict_of(outcome)])
    if tried.first_attempt_at is not None and now - tried.first_attempt_at >= give_up_after:
        return fate(DeliveryState.REFUSED.value, "policy" if policy else "expired")
    wait = POLICY_WAIT if policy else back_off(attempts=tried.attempts)
    if outcome.stage is Stage.CONNECTION:
        wait = min(wait, timedelta(minutes=1))  # said of the connection, not of this person
    return fate(DeliveryState.DEFERRED.value, "policy" if policy else "later", not_before=now + wait)
