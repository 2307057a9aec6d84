"""Tell what a message that came back is, from its bytes alone.

Sources: RFC 3464 (delivery status), RFC 5965 and 6650 (complaints), RFC 3834 (automatic replies);
`flufl.bounce` for bounces that follow no standard. Hostile input is expected: sizes are bounded, and
anything unreadable is `Kind.OTHER`, never an exception.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr
from functools import partial

from flufl.bounce import all_failures

from commun.inbound.parsing.robots import is_automatic, is_challenge
from commun.mailing.returns.verdicts import Verdict, judge

MAX_READ = 256 * 1024  # a report that quotes a whole mailbox says all it has to say before this
MAX_PARTS = 50
MAX_RECIPIENTS = 50
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([245]\d\d)[ \-]")
_TRACE = ("message-id", "feedback-id", "list-unsubscribe", "x-envoi")


class Kind(enum.StrEnum):
    FAILURE = "failure"  # at least one recipient was refused for good or for now
    DELAY = "delay"  # still trying, or delivered: nothing to do
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto_reply"  # vacation, acknowledgement
    CHALLENGE = "challenge"  # a filter asks the sender to prove she is human
    OTHER = "other"  # a person, or nothing we know


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a report. `address` may be empty where the report hides it."""

    address: str
    verdict: Verdict
    code: int
    enhanced: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    kind: Kind
    failures: tuple[Failure, ...] = ()
    # Headers of the message complained of or bounced, by lower-cased name: to find whom it was for.
    trace: dict[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict, for reports of one recipient (ours always are: VERP)."""
        order = [Verdict.HARD, Verdict.POLICY, Verdict.MESSAGE, Verdict.SOFT, Verdict.NONE]
        return min((f.verdict for f in self.failures), key=order.index, default=Verdict.NONE)


def read_report(raw: bytes) -> Report:
    """Read one message; bounded in size, never raises on bad input."""
    try:
        message = email.message_from_bytes(_bounded(raw), policy=email.policy.compat32)
        return _read(message)
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


def _bounded(raw: bytes) -> bytes:
    """Beginning and end of a message too large to be read whole; NULs are no use to anyone."""
    if len(raw) > MAX_READ:
        raw = raw[:MAX_READ]
    return raw.replace(b"\x00", b"")


def _read(message: Message) -> Report:
    parts = list(_walk(message))
    trace = _trace(parts)
    feedback = _first(parts, "message/feedback-report")
    if feedback is not None:
        return _complaint(feedback, trace)
    status = _first(parts, "message/delivery-status")
    if status is not None:
        report = _delivery_status(message, status, parts, trace)
        if report is not None:
            return report
    return _read_words(message, _text(parts), trace)


def _read_words(message: Message, text: str, trace: dict[str, str]) -> Report:
    """A message without a standard report: its senders, marks and words say what it is."""
    header, subject = partial(_header, message), _decoded(_header(message, "Subject"))
    if is_challenge(header=header, subject=subject, text=text):
        return Report(Kind.CHALLENGE, trace=trace)
    if _looks_like_bounce(message, text):
        failures = _free_form(message, text)
        if failures:
            return Report(Kind.FAILURE, failures, trace)
        if _STILL_TRYING.search(text):
            return Report(Kind.DELAY, trace=trace)
    if is_automatic(header=header, subject=subject):
        return Report(Kind.AUTO_REPLY, trace=trace)
    return Report(Kind.OTHER, trace=trace)


# --- structure --------------------------------------------------------------------------------------


def _walk(message: Message) -> Iterator[Message]:
    """Parts in order, not recursive (a thousand nested parts are somebody's joke) and bounded."""
    stack, count = [message], 0
    while stack and count < MAX_PARTS:
        part = stack.pop()
        count += 1
        yield part
        payload = part.get_payload()
        if isinstance(payload, list):
            stack.extend(reversed([child for child in payload if isinstance(child, Message)]))


def _first(parts: list[Message], content_type: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == content_type), None)


def _groups(part: Message) -> list[Message]:
    """The header groups of a delivery status; the standard parser makes a list of them, or a string."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [group for group in payload if isinstance(group, Message)]
    return [email.message_from_string(chunk) for chunk in re.split(r"\r?\n\r?\n", str(payload)) if chunk.strip()]


def _header(part: Message, name: str) -> str:
    """First header of that name on one line. Raw 8-bit words, which gateways write, are read as UTF-8."""
    value = next((raw for key, raw in part.raw_items() if key.lower() == name.lower()), "")
    text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"\s+", " ", text).strip()[:2000]


def _address(value: str) -> str:
    """`rfc822; <a@example.org>` → `a@example.org`."""
    bare = value.rsplit(";", 1)[-1].strip()
    if bare.startswith(("utf-8", "UTF-8")):
        bare = bare.split(";")[-1]
    found = parseaddr(bare)[1] or bare.strip("<> ")
    return found.lower() if "@" in found else ""


def _payload_text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset, "replace")
    except (LookupError, ValueError):
        return raw.decode("latin-1")


def _text(parts: list[Message]) -> str:
    """Human words of the report: first text parts, before the message that is quoted."""
    found = []
    for part in parts:
        kind = part.get_content_type()
        if kind.startswith("message/") or kind == "text/rfc822-headers":
            break
        if kind == "text/plain":
            found.append(_payload_text(part))
        elif kind == "text/html" and not found:
            found.append(re.sub(r"<[^>]{0,2000}>", " ", _payload_text(part)))
    return "\n".join(found)[:20_000]


def _trace(parts: list[Message]) -> dict[str, str]:
    """Headers of the original message, wherever the report keeps them."""
    trace: dict[str, str] = {}
    quoted = False
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            part = email.message_from_string(_payload_text(part))  # noqa: PLW2901
            quoted = True
        quoted = quoted or kind == "message/rfc822"
        if quoted:
            for name in _TRACE:
                if name not in trace and part.get(name):
                    trace[name] = _header(part, name)
    return trace


# --- standard reports -------------------------------------------------------------------------------


def _delivery_status(message: Message, status: Message, parts: list[Message], trace: dict[str, str]) -> Report | None:
    groups = [group for group in _groups(status) if group.get("Action") or group.get("Status")]
    if not groups:
        return None
    failures = []
    for group in groups[:MAX_RECIPIENTS]:
        action = _header(group, "Action").lower().split(" ")[0]
        if action in {"delayed", "relayed", "delivered", "expanded"}:
            continue
        failures.append(_failure(group, _text(parts)))
    if not failures:
        return Report(Kind.DELAY, trace=trace)
    return Report(Kind.FAILURE, tuple(failures), trace)


def _failure(group: Message, words: str) -> Failure:
    diagnostic = _header(group, "Diagnostic-Code").partition(";")[2].strip() or _header(group, "Diagnostic-Code")
    status = _STATUS.search(_header(group, "Status"))
    enhanced = status[1] if status else ""
    precise = _STATUS.search(diagnostic)
    if precise and (not enhanced or enhanced.endswith(".0.0")):
        enhanced = precise[1]  # gateways answer 5.0.0 and quote the true status after it
    code = _CODE.search(diagnostic + " ")
    address = _address(_header(group, "Original-Recipient")) or _address(_header(group, "Final-Recipient"))
    number = int(code[1]) if code else 0
    text = diagnostic or words[:2000]
    if enhanced.endswith(".0.0") and enhanced.startswith("5") and not precise:
        enhanced = "" if text else enhanced
        number = number or 550
    return Failure(address, judge(code=number, enhanced=enhanced, text=text), number, enhanced, text[:500])


def _complaint(feedback: Message, trace: dict[str, str]) -> Report:
    fields = next(iter(_groups(feedback)), Message())
    kind = _header(fields, "Feedback-Type").lower()
    if kind in {"auth-failure", "not-spam", "dmarc"}:
        return Report(Kind.OTHER, trace=trace)
    address = _address(_header(fields, "Original-Rcpt-To")) or _address(_header(fields, "Removal-Recipient"))
    return Report(Kind.COMPLAINT, (Failure(address, Verdict.NONE, 0, "", kind),), trace)


# --- bounces without structure ----------------------------------------------------------------------

_BOUNCE_SENDER = re.compile(r"mailer-daemon|postmaster|mail delivery|maildelivery|mdaemon|bounce", re.IGNORECASE)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|has failed|notification)|returned mail|failure notice|mail system error"
    r"|non remis|non distribu|[ée]chec (de|d.)|retour (de|à l).{0,20}(courriel|message|exp[ée]diteur)"
    r"|impossible de remettre"
    r"|message non d[ée]livr|could not be delivered|nondeliverable|non livr",
    re.IGNORECASE,
)
_STILL_TRYING = re.compile(
    r"still (trying|being retried)|will (be retried|retry|keep trying)|not yet been delivered|delayed"
    r"|no action (is )?required|nouvelle tentative|tentatives? (se poursuiv|continu)|retard[ée]",
    re.IGNORECASE,
)
_ADDRESS_IN_TEXT = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,190}\.\w{2,24}")


def _looks_like_bounce(message: Message, text: str) -> bool:
    empty_path = _header(message, "Return-Path") in {"<>", "< >"}
    sender = _header(message, "From")
    subject = _decoded(_header(message, "Subject"))
    signs = [
        bool(_BOUNCE_SENDER.search(sender)),
        bool(_BOUNCE_SUBJECT.search(subject)),
        empty_path,
        message.get("X-Failed-Recipients") is not None,
    ]
    return sum(signs) >= 2


def _decoded(value: str) -> str:
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, UnicodeError):
        return value


def _free_form(message: Message, text: str) -> tuple[Failure, ...]:
    if _STILL_TRYING.search(text) and not re.search(r"giv(en|ing) up|abandon|permanent", text, re.IGNORECASE):
        return ()
    temporary, permanent = all_failures(message)
    addresses = {_decoded_address(found) for found in permanent | temporary}
    addresses |= {_address(part) for part in _header(message, "X-Failed-Recipients").split(",")}
    addresses.discard("")
    status, code = _STATUS.search(text), _CODE.search(text + " ")
    enhanced, number = (status[1] if status else ""), (int(code[1]) if code else 0)
    if not addresses:
        found = _ADDRESS_IN_TEXT.search(text)
        if found is None and not (enhanced or number):
            return ()
        addresses = {found[0].lower() if found else ""}
    if not enhanced and not number:
        number = 450 if temporary and not permanent else 550
    verdict = judge(code=number, enhanced=enhanced, text=text)
    excerpt = re.sub(r"\s+", " ", text).strip()[:500]
    return tuple(Failure(address, verdict, number, enhanced, excerpt) for address in sorted(addresses)[:MAX_RECIPIENTS])


def _decoded_address(value: bytes | str) -> str:
    return _address(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
