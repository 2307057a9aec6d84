"""Messages that nobody in particular wrote: the marks programs leave (RFC 3834 § 5) and, where they leave none, words.

Shared by whoever reads mail. `header(name)` gives the first header of that name on one line, "" where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Header = Callable[[str], str]

_CHALLENGE = re.compile(
    r"mail ?in ?black|captcha|cliquez[^.]{0,80}(valider|confirmer|authentifier|d[ée]livrer|remis)"
    r"|(confirm|verify|authenticate)[^.]{0,60}(you are (a )?(human|person|real)|your (message|email|address|identity))"
    r"|message[^.]{0,60}(en attente|held|waiting)[^.]{0,80}(validation|confirm|authenti|verif)"
    r"|authentifi[^.]{0,60}(exp[ée]diteur|votre (message|adresse|envoi))|challenge[- /]?response"
    r"|prouve[rz][^.]{0,40}humain",
    re.IGNORECASE,
)
_AUTO_SUBJECT = re.compile(
    r"^(re ?: ?)?(out of (the )?office|absen|r[ée]ponse automatique|automatic reply|auto(matic)?[ -]?(reply|response)"
    r"|autoreply"
    r"|vacation|cong[ée]s|indisponib|accus[ée] (de )?r[ée]ception|message d.absence|je suis absent|ooo\b|fermeture)",
    re.IGNORECASE,
)
_MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Autoresponse", "Auto-Response")


def is_challenge(*, header: Header, subject: str, text: str) -> bool:
    """A filter (MailInBlack and others) asks the sender to prove she is human."""
    if "mailinblack" in header("From").lower() or header("X-Mailinblack") or header("X-Challenge"):
        return True
    asks = bool(_CHALLENGE.search(f"{subject}\n{text}"))
    return asks and (is_automatic(header=header, subject=subject) or bool(re.search(r"https?://", text)))


def is_automatic(*, header: Header, subject: str) -> bool:
    """The marks of RFC 3834 § 5, and those of programs older than it."""
    submitted = header("Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if header("Precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return any(header(mark) for mark in _MARKS) or bool(_AUTO_SUBJECT.search(subject))


def is_bulk(*, header: Header) -> bool:
    return bool(header("List-Id") or header("List-Unsubscribe")) or header("Precedence").lower() in {
        "bulk",
        "list",
        "junk",
    }
