"""Standard reports (RFC 3464 and 6533) and the replies they quote: the code, the most precise status, the words."""

from __future__ import annotations

import re
from email.message import Message

from commun.mailing.returns.parts import address, header
from commun.mailing.returns.report import Failure, Kind, Report
from commun.mailing.returns.verdicts import Verdict, judge, spares

MAX_RECIPIENTS = 50
STATUS = re.compile(r"(?<![\w.])([245]\.[0-7]\.\d{1,3})(?!\d|\.\d)")
_REPLY = re.compile(r"(?<![\d.:])([245]\d\d)[ \-]#?(?:([245]\.[0-7]\.\d{1,3})(?!\d|\.\d))?")
_NOT_REFUSED = {"delayed", "relayed", "delivered", "expanded"}


def read_reply(said: str) -> tuple[int, str]:
    """(code, enhanced) of what a server said, the reply with the most precise status first; 0 and "" where none is."""
    replies = [(int(one[1]), one[2] or "") for one in _REPLY.finditer(f"{said} ") if one[1][0] in "45"]
    for code, enhanced in replies:
        if enhanced and not enhanced.endswith(".0.0"):
            return code, enhanced
    statuses = [one for one in STATUS.findall(said) if one[0] in "45"]
    enhanced = next((one for one in statuses if not one.endswith(".0.0")), statuses[0] if statuses else "")
    return (replies[0][0] if replies else 0), enhanced


def read(groups: list[Message], *, words: str, trace: dict[str, str]) -> Report | None:
    """`groups`: of the machine's part. `words`: what servers said in the human part. None where no recipient is."""
    about = [group for group in groups if group.get("Action") or group.get("Status") or group.get("Final-Recipient")]
    about = [
        group
        for group in about
        if group.get("Final-Recipient") or group.get("Original-Recipient") or group.get("Status")
    ]
    if not about:
        return None
    failures = []
    for group in about[:MAX_RECIPIENTS]:
        action = header(group, "Action").lower().split(" ")[0]
        if action not in _NOT_REFUSED:
            failures.append(_failure(group, words))
    if not failures:
        return Report(Kind.DELAY, trace=trace)
    return Report(Kind.FAILURE, tuple(failures), trace)


def _failure(group: Message, words: str) -> Failure:
    said = header(group, "Diagnostic-Code").partition(";")[2].strip() or header(group, "Diagnostic-Code")
    found = STATUS.search(header(group, "Status"))
    status = found[1] if found else ""
    code, precise = read_reply(said)
    if precise and not precise.endswith(".0.0"):
        enhanced = precise if not status or status.endswith(".0.0") or status[0] != precise[0] else status
    else:
        enhanced = status or precise
    if not code and enhanced.startswith("5.0.0"):
        code = 550
    text = said or words[:2000]
    verdict = judge(code=code, enhanced=enhanced, text=text)
    if verdict is Verdict.HARD and said:
        # A human part that contradicts the status leaves a doubt, and the address is spared.
        verdict = spares(words) or verdict
    who = address(header(group, "Original-Recipient")) or address(header(group, "Final-Recipient"))
    return Failure(who, verdict, code, enhanced, text[:500])
