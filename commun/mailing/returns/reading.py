"""Tell what a message that came back is, from its bytes alone.

Sources: RFC 3464 and 6533 (delivery status), RFC 5965 and 6650 (complaints), RFC 3834 (automatic replies);
`flufl.bounce` for bounces that follow no standard. Hostile input is expected: sizes are bounded, and
anything unreadable is `Kind.OTHER`, never an exception.
"""

from __future__ import annotations

import email
import email.errors
from email.message import Message
from functools import partial

from commun.inbound.parsing.robots import is_automatic, is_challenge
from commun.mailing.returns import freeform, notices, parts, statuses
from commun.mailing.returns.parts import address, decoded, header
from commun.mailing.returns.report import NO_COMPLAINTS, Failure, Kind, Report
from commun.mailing.returns.verdicts import Verdict

_TRACE = ("message-id", "feedback-id", "list-unsubscribe", "x-envoi")


def read_report(raw: bytes) -> Report:
    """Read one message; bounded in size, never raises on bad input."""
    try:
        return _read(parts.open_message(raw))
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        RecursionError,
        email.errors.MessageError,
    ):
        # The standard parser has known failures on hostile headers; such a message tells us nothing.
        return Report(Kind.OTHER)


def _read(message: Message) -> Report:
    found = list(parts.walk(message))
    trace = _trace(found)
    feedback = parts.first(found, "message/feedback-report")
    if feedback is not None:
        return _complaint(feedback, trace)
    text = parts.human_text(found)
    words = freeform.servers_words(text)
    status = parts.first(found, "message/delivery-status")
    report = statuses.read(parts.groups(status), words=words, trace=trace) if status is not None else None
    if report is None and message.get_content_type() == "multipart/report":
        # The machine's part lost its name, or its boundary: its lines are still in the text.
        report = statuses.read(parts.read_groups(text), words=words, trace=trace)
    return report or notices.read(text) or _read_words(message, text, words, trace)


def _read_words(message: Message, text: str, words: str, trace: dict[str, str]) -> Report:
    """A message without a standard report: its senders, marks and words say what it is."""
    of, subject = partial(header, message), decoded(header(message, "Subject"))
    if is_challenge(header=of, subject=subject, text=text, expected=True):
        return Report(Kind.CHALLENGE, trace=trace)
    if freeform.looks_like_bounce(message, words):
        if freeform.says_delay(words, subject):
            return Report(Kind.DELAY, trace=trace)
        failures = freeform.failures(message, words)
        if failures:
            return Report(Kind.FAILURE, failures, trace)
    if freeform.asks_to_leave(subject, words):
        return Report(Kind.OTHER, trace=trace)
    if is_automatic(header=of, subject=subject, text=words, expected=True):
        return Report(Kind.AUTO_REPLY, trace=trace)
    return Report(Kind.OTHER, trace=trace)


def _trace(found: list[Message]) -> dict[str, str]:
    """Headers of the original message, wherever the report keeps them."""
    trace: dict[str, str] = {}
    quoted = False
    for part in found[1:]:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            part = email.message_from_string(parts.payload_text(part))  # noqa: PLW2901
            quoted = True
        quoted = quoted or kind == "message/rfc822"
        if quoted:
            for name in _TRACE:
                if name not in trace and part.get(name):
                    trace[name] = header(part, name)
    return trace


def _complaint(feedback: Message, trace: dict[str, str]) -> Report:
    fields = next(iter(parts.groups(feedback)), Message())
    kind = header(fields, "Feedback-Type").lower()
    if kind in NO_COMPLAINTS:
        return Report(Kind.OTHER, trace=trace)
    who = address(header(fields, "Original-Rcpt-To")) or address(header(fields, "Removal-Recipient"))
    return Report(Kind.COMPLAINT, (Failure(who, Verdict.NONE, 0, "", kind),), trace)
