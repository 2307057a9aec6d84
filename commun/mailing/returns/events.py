"""What a mail provider tells by its webhook, made into the same report as a message that comes back.

Pure. The words are those of django-anymail, which has one vocabulary for all providers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from commun.mailing.returns.report import NO_COMPLAINTS, Failure, Kind, Report
from commun.mailing.returns.verdicts import Verdict, judge, says_later

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([245]\d\d)\b")
MAX_TEXT = 1000

# What the provider concludes, where the receiving server's own words are not given.
_REASONS = {
    "invalid": Verdict.HARD,
    "bounced": Verdict.HARD,
    "timed_out": Verdict.SOFT,
    "blocked": Verdict.POLICY,
    "spam": Verdict.POLICY,
}
_KINDS = {
    "bounced": Kind.FAILURE,
    "rejected": Kind.FAILURE,
    "failed": Kind.FAILURE,
    "complained": Kind.COMPLAINT,
    "deferred": Kind.DELAY,
    "autoresponded": Kind.AUTO_REPLY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderEvent:
    """`kind` and `reason`: django-anymail's words. `hard`: the provider itself calls it a permanent failure.
    `event_id`: names this event among all of the provider's, "" where it gives none."""

    provider: str
    kind: str
    reason: str = ""
    text: str = ""
    recipient: str = ""
    message_id: str = ""
    event_id: str = ""
    hard: bool = False


def report_of(event: ProviderEvent) -> Report | None:
    """None for what says nothing of the address: opened, clicked, delivered…"""
    kind = _KINDS.get(event.kind)
    if kind is None:
        return None
    trace = {"message-id": f"<{event.message_id.strip('<> ')}>"} if event.message_id else {}
    if kind is Kind.COMPLAINT and event.text.strip().lower() in NO_COMPLAINTS:
        return Report(Kind.OTHER, (), trace)
    if kind is not Kind.FAILURE:
        return Report(kind, (), trace)
    if event.kind == "rejected" and event.reason in {"unsubscribed", "spam"}:
        return Report(Kind.OTHER, (), trace)  # the provider remembers that she left: it did not even try
    return Report(kind, (_failure(event),), trace)


def _failure(event: ProviderEvent) -> Failure:
    text = event.text[:MAX_TEXT]
    status, code = _STATUS.search(text), _CODE.search(text)
    enhanced, number = status[1] if status else "", int(code[1]) if code else 0
    return Failure(event.recipient, _verdict(event, text, number, enhanced), number, enhanced, text)


def _verdict(event: ProviderEvent, text: str, code: int, enhanced: str) -> Verdict:
    """The words of the receiving server first; the provider's conclusion where they say nothing."""
    if event.reason == "invalid":
        return Verdict.HARD
    if not text:
        return (
            Verdict.SOFT if event.reason == "bounced" and not event.hard else _REASONS.get(event.reason, Verdict.SOFT)
        )
    verdict = judge(code=code, enhanced=enhanced, text=text)
    if verdict is Verdict.SOFT and event.hard and not enhanced and not says_later(text):
        return Verdict.HARD
    return verdict
