"""What an SMTP reply or a delivery status says of an address.

The enhanced status (RFC 3463) decides; where it is missing, vague (5.0.0) or known to lie, the words
of the diagnostic do. The one distinction that must never be missed: 5.7.x is a fault of ours or a
policy, not a dead address.
"""

from __future__ import annotations

import enum
import re


class Verdict(enum.StrEnum):
    HARD = "hard"  # this address does not exist, or will never accept mail
    SOFT = "soft"  # not now: full, busy, greylisted
    POLICY = "policy"  # refused for who we are or what we send: our fault, never the address's
    MESSAGE = "message"  # this message could not be carried (size, syntax, conversion)
    NONE = "none"  # says nothing of the address


_FULL = re.compile(
    r"(mailbox|quota|storage|box|inbox|space|stockage|bo[iî]te|messagerie|espace)[^.]{0,60}"
    r"(full|exceed|over|pleine?|satur|d[ée]pass|insufficient|insuffisant)"
    r"|over ?quota|out of storage|d[ée]passement de quota|quota d[ée]pass|not enough space",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\bspam\b|spamhaus|black ?list|block ?list|blocklisted|reputation|dmarc|\bspf\b|\bdkim\b|unauthenticated"
    r"|policy (reasons|violation)|ofr00(?!4)\d|r[ée]putation|ind[ée]sirable|liste noire|not authori[sz]ed to send"
    r"|\brbl\b|dnsbl|bulk mail|unsolicited|poor sender|banned",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(user|recipient|mailbox|address|account|utilisateur|destinataire|adresse|bo[iî]te|compte|alias)[^.]{0,60}"
    r"(unknown|not found|does ?n.?t exist|does not exist|no longer|invalid|unavailable|inactive|disabled|rejected"
    r"|suspended|closed|deactivated"
    r"|inconnue?|introuvable|n.existe (pas|plus)|invalide|d[ée]sactiv|ferm[ée]|supprim|r[ée]sili)"
    r"|(unknown|no such|invalid|bad|undeliverable) (local )?(user|recipient|mailbox|address|account|destination)"
    r"|no mailbox here|unrouteable address|not listed in|no such person"
    r"|access denied.{0,20}as\(\d+\)|n.est plus (en service|valide|utilis)",
    re.IGNORECASE | re.DOTALL,
)
_NO_DOMAIN = re.compile(
    r"(domain|host|domaine)[^.]{0,50}(not found|unknown|does not exist|doesn.?t exist|n.existe|inconnu|nxdomain)"
    r"|nxdomain|null mx|does not accept mail",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"try again|later|temporar|greylist|grey-list|graylist|timed? ?out|timeout|too many|rate|r[ée]essayer|provisoire"
    r"|temporairement|deferred|connection (refused|reset)",
    re.IGNORECASE,
)

_HARD_SUBJECTS = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310"}
_MESSAGE_SUBJECTS = ("5.3.4", "5.2.3", "5.6.", "5.5.")


def judge(*, code: int, enhanced: str, text: str) -> Verdict:
    """`code`: three digits of the SMTP reply, 0 if unknown. `enhanced`: RFC 3463 status or ""."""
    if enhanced.startswith("2.") or (not enhanced and 200 <= code < 400):
        return Verdict.NONE
    if enhanced.startswith("4.") or (not enhanced and 400 <= code < 500):
        return Verdict.POLICY if enhanced.startswith("4.7.") and _POLICY.search(text) else Verdict.SOFT
    return _permanent(enhanced, text)


def says_later(text: str) -> bool:
    """Whether the words are those of a refusal that may pass: full, busy, too fast."""
    return bool(_FULL.search(text) or _LATER.search(text))


def _permanent(enhanced: str, text: str) -> Verdict:  # noqa: PLR0911 (a table read from the surest sign to the vaguest)
    if enhanced.startswith("5.7."):
        return Verdict.POLICY
    if enhanced == "5.2.2" or (not enhanced.startswith("5.1.") and _FULL.search(text)):
        return Verdict.SOFT
    if enhanced in {"5.1.7", "5.1.8"}:  # the *sender's* address was refused
        return Verdict.POLICY
    if _POLICY.search(text) and not enhanced.startswith(("5.1.1", "5.1.10")):
        return Verdict.POLICY
    if enhanced in _HARD_SUBJECTS:
        return Verdict.HARD
    if _UNKNOWN.search(text) or _NO_DOMAIN.search(text):
        return Verdict.HARD
    if enhanced.startswith(_MESSAGE_SUBJECTS):
        return Verdict.MESSAGE
    if _LATER.search(text) or enhanced.startswith(("5.3.", "5.4.")):
        return Verdict.SOFT
    return Verdict.HARD if enhanced == "5.0.0" and not text else Verdict.SOFT
