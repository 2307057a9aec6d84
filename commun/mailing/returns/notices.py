"""Notices of Amazon SES, which come to a mailbox as JSON, sometimes wrapped in another notice (SNS)."""

from __future__ import annotations

import json
from typing import Any

from commun.mailing.returns.report import NO_COMPLAINTS, Failure, Kind, Report
from commun.mailing.returns.statuses import read_reply
from commun.mailing.returns.verdicts import Verdict, judge

MOST_DEPTH = 3
MOST_RECIPIENTS = 50
_MESSAGE = {"ContentRejected", "AttachmentRejected", "MessageTooLarge"}


def read(text: str) -> Report | None:
    """None where the text is no such notice."""
    notice = _notice(text, MOST_DEPTH)
    if notice is None:
        return None
    kind = str(notice.get("notificationType") or notice.get("eventType") or "")
    trace = _trace(notice)
    if kind == "Bounce":
        bounce = _dict(notice.get("bounce"))
        failures = tuple(_failure(one, bounce) for one in _list(bounce.get("bouncedRecipients")))
        return Report(Kind.FAILURE, failures, trace) if failures else Report(Kind.OTHER, trace=trace)
    if kind == "Complaint":
        return _complaint(_dict(notice.get("complaint")), trace)
    return Report(Kind.DELAY if kind == "DeliveryDelay" else Kind.OTHER, trace=trace)


def _notice(text: str, depth: int) -> dict[str, Any] | None:
    start = text.find("{")
    if start < 0 or text[:start].strip() or not depth:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    if isinstance(found.get("Message"), str):
        return _notice(found["Message"], depth - 1)
    return found if "notificationType" in found or "eventType" in found else None


def _failure(one: dict[str, Any], bounce: dict[str, Any]) -> Failure:
    said = str(one.get("diagnosticCode", "")).partition(";")[2].strip() or str(one.get("diagnosticCode", ""))
    code, enhanced = read_reply(said)
    enhanced = enhanced or str(one.get("status", ""))[:12]
    kind, sub = str(bounce.get("bounceType", "")), str(bounce.get("bounceSubType", ""))
    if said:
        verdict = judge(code=code, enhanced=enhanced, text=said)
    elif kind == "Permanent":
        verdict = Verdict.MESSAGE if sub in _MESSAGE else Verdict.HARD
    else:
        verdict = Verdict.MESSAGE if sub in _MESSAGE else Verdict.SOFT
    if kind == "Transient" and verdict is Verdict.HARD:
        verdict = Verdict.SOFT
    return Failure(str(one.get("emailAddress", "")).lower(), verdict, code, enhanced, said[:500] or f"{kind} {sub}")


def _complaint(complaint: dict[str, Any], trace: dict[str, str]) -> Report:
    kind = str(complaint.get("complaintFeedbackType") or "abuse").strip().lower()
    if kind in NO_COMPLAINTS:
        return Report(Kind.OTHER, trace=trace)
    people = [str(one.get("emailAddress", "")).lower() for one in _list(complaint.get("complainedRecipients"))]
    return Report(Kind.COMPLAINT, tuple(Failure(one, Verdict.NONE, 0, "", kind[:40]) for one in people), trace)


def _trace(notice: dict[str, Any]) -> dict[str, str]:
    names = {"message-id", "feedback-id", "list-unsubscribe"}
    found: dict[str, str] = {}
    for one in _list(_dict(notice.get("mail")).get("headers")):
        name = str(one.get("name", "")).lower()
        if name in names:
            found.setdefault(name, str(one.get("value", ""))[:2000])
    return found


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value[:MOST_RECIPIENTS] if isinstance(one, dict)] if isinstance(value, list) else []
