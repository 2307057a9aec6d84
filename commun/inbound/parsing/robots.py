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
# What programs alone write.
_AUTO_SUBJECT = re.compile(
    r"^(re ?: ?)?(out of (the )?office|r[ée]ponse (automatique|d.absence)|automatic reply|auto(matic)?[ -]?(reply|response)"
    r"|autoreply|automatische antwort|message d.absence|(message|notification|avis) automatique|ooo\b|\[?auto[ -]?reply\]?)",
    re.IGNORECASE,
)
# What people write too: « Congés scolaires : notre guide », « Fermeture des guichets : comment nous avons fait ».
_AUTO_WORDS = re.compile(
    r"^(re ?: ?)?(absen|vacation|cong[ée]s|en cong[ée]|indisponib|accus[ée] (de )?r[ée]ception|je suis absent|fermeture"
    r"|bien re[çc]u)",
    re.IGNORECASE,
)
_FIRST_LINE = re.compile(
    r"\A\W*(?:(?:bonjour|bonsoir|hello|hi|madame|monsieur|mesdames|messieurs|cher|chère)[^\n.!]{0,40}[\n.!,]\W*)?"
    r"(?:(?:merci (?:de|pour) votre (?:message|mail|courriel)[^\n.]{0,40}[.,]?\s*)?"
    r"(?:actuellement |étant )?je (?:suis|serai) (?:actuellement |momentanément )?(?:absente?|en congés?|en vacances|indisponible|hors du bureau|en déplacement)"
    r"|(?:actuellement )?(?:absente?|en congés?)(?: du bureau)? (?:du|jusqu.au|pour|depuis)|absente? du bureau"
    r"|(?:ceci est|il s.agit d.)une? (?:message|réponse|courriel|mail) automatique|this is an auto(?:mated|matic)"
    r"|i am (?:currently )?(?:out of (?:the )?office|on (?:leave|vacation|holiday)|away)|i.m out of (?:the )?office"
    r"|(?:votre|vos) (?:message|demande|courriel|mail)s? (?:a|ont) bien été (?:reçue?s?|prise?s? en compte|enregistrée?s?|transmise?s?)"
    r"|nous (?:avons bien reçu|accusons (?:bonne )?réception|vous confirmons (?:la bonne )?réception)"
    r"|(?:la |notre )?(?:mairie|secrétariat|bureau|accueil|service)s? (?:est|sera|sont|seront) (?:exceptionnellement )?fermée?s?\b)",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 900
_PRECEDENCES = {"auto_reply", "auto-reply"}
_MARKS = ("X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-AutoReply-From", "X-Mail-Autoreply", "Auto-Response")


def is_challenge(*, header: Header, subject: str, text: str) -> bool:
    """A filter (MailInBlack and others) asks the sender to prove she is human."""
    if "mailinblack" in header("From").lower() or header("X-Mailinblack") or header("X-Challenge"):
        return True
    asks = bool(_CHALLENGE.search(f"{subject}\n{text}"))
    return asks and (is_automatic(header=header, subject=subject) or bool(re.search(r"https?://", text)))


def is_automatic(*, header: Header, subject: str, text: str = "", expected: bool = False) -> bool:
    """The marks of RFC 3834 § 5, and those of programs older than it; then words, with a mark beside those that people
    write too. `text`: what was written, where its first line may tell. `expected`: it came where only programs write.

    `X-Auto-Response-Suppress` asks others not to answer: Outlook puts it on what people write, it is half a sign.
    """
    submitted = header("Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if header("Precedence").lower() in _PRECEDENCES or any(header(mark) for mark in _MARKS):
        return True
    if _AUTO_SUBJECT.search(subject):
        return True
    if _AUTO_WORDS.search(subject) and (expected or _answers(header) or _is_notice(text)):
        return True
    return _is_notice(text) and _answers(header)


def _answers(header: Header) -> bool:
    """Half a sign: it answers something, or its program asks for no answer."""
    marks = ("In-Reply-To", "References", "X-Auto-Response-Suppress")
    return (
        any(header(mark) for mark in marks) or header("Return-Path") == "<>" or header("Subject")[:3].lower() == "re:"
    )


def _is_notice(text: str) -> bool:
    """Brief, opened by an absence or a receipt, asking nothing and giving nothing."""
    return 0 < len(text) < _LONGEST_NOTICE and _FIRST_LINE.match(text) is not None and not re.search(r"\?|://", text)


def is_bulk(*, header: Header) -> bool:
    return bool(header("List-Id") or header("List-Unsubscribe")) or header("Precedence").lower() in {
        "bulk",
        "list",
        "junk",
    }
