"""Messages that nobody in particular wrote: the marks programs leave (RFC 3834 § 5) and, where they leave none, words.

Shared by whoever reads mail. `header(name)` gives the first header of that name on one line, "" where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Header = Callable[[str], str]

_LETTER = r"(?:message|mail|courriel|e-?mail|envoi)s?"
# Asked of whoever sent a message, for it to arrive: « Cliquez ici pour confirmer votre présence » is an invitation.
_ASKS_PROOF = re.compile(
    rf"cliquez[^.]{{0,80}}(?:valider|confirmer|authentifier)[^.]{{0,40}}(?:votre|vos|cet?) {_LETTER}"
    rf"|cliquez[^.]{{0,80}}(?:{_LETTER}[^.]{{0,40}}(?:d[ée]livr|remis\b)|d[ée]livr[^.]{{0,40}}{_LETTER})"
    r"|(?:confirm|verify|authenticate)[^.]{0,60}(?:you are (?:a )?(?:human|person|real)|your (?:message|email|address|identity))"
    rf"|(?:(?:votre|vos|your) {_LETTER}|message[^.]{{0,20}} vous avez)[^.]{{0,60}}(?:en attente|held|waiting)[^.]{{0,80}}(?:validation|confirm|authenti|verif)"
    rf"|authentifi[^.]{{0,60}}(?:votre|vos) {_LETTER}|prouve[rz][^.]{{0,20}}(?:vous [êe]tes|[êe]tre)[^.]{{0,20}}humain",
    re.IGNORECASE,
)
# What people speak of too: « Nous avons ajouté un captcha au vote en ligne ». It is a filter's where something is asked.
_NAMES_FILTER = re.compile(
    r"mail ?in ?black|captcha|challenge[- /]?response|authentifi[^.]{0,60}exp[ée]diteur"
    r"|cliquez[^.]{0,80}(?:valider|confirmer|authentifier)[^.]{0,40}(?:votre|vos|cette) adresse",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:cliquez|cliquer|remplissez|saisissez|r[ée]solvez|compl[ée]tez|recopiez|entrez|validez|confirmez|authentifiez|v[ée]rifiez|prouvez|veuillez"
    r"|(?:merci|il (?:vous )?suffit) (?:de|d.)\b|click|solve|complete|fill|enter|type|please|confirm|verify)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:no-?reply|do-?not-?reply|ne-?pas-?repondre|anti-?spam)[^@\s]{0,40}@", re.IGNORECASE)
_LONGEST_CHALLENGE = 1200
_LINK = re.compile(r"https?://")
# What programs alone write.
_AUTO_SUBJECT = re.compile(
    r"^(re ?: ?)?(out of (the )?office|r[ée]ponse (automatique|d.absence)|automatic reply|auto(matic)?[ -]?(reply|response)"
    r"|autoreply|automatische antwort|message d.absence|(message|notification|avis) automatique|ooo\b|\[?auto[ -]?reply\]?)",
    re.IGNORECASE,
)
# What people write too: « Congés scolaires : notre guide », « Fermeture des guichets : comment nous avons fait ». After
# « Re: » it is the subject of what is answered, ours perhaps (« Bien reçu : … »), and says nothing.
_AUTO_WORDS = re.compile(
    r"^(absen|vacation|cong[ée]s|en cong[ée]|indisponib|accus[ée] (de )?r[ée]ception|je suis absent|fermeture)",
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
_ASKS_OR_GIVES = re.compile(r"\?|://")
_PRECEDENCES = {"auto_reply", "auto-reply"}
_MARKS = ("X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-AutoReply-From", "X-Mail-Autoreply", "Auto-Response")


def is_challenge(*, header: Header, subject: str, text: str, expected: bool = False) -> bool:
    """A filter (MailInBlack and others) asks the sender to prove she is human, and gives the address where she does.

    Its words alone are no sign, since people write of such filters. Beside them, a mark of programs; or, in few words,
    something asked that filters alone ask, or asked of whoever wrote before. `expected`: it came where only programs write.
    """
    if is_marked_challenge(header=header):
        return True
    said = f"{subject}\n{text}"
    asks_proof = bool(_ASKS_PROOF.search(said))
    if not asks_proof and not _NAMES_FILTER.search(said):
        return False
    if is_automatic(header=header, subject=subject):
        return True
    if not _LINK.search(text):
        return False
    asks_writer = _ASKS.search(said) and (_answers(header) or _NOBODY.search(header("From")))
    return expected or (len(text) <= _LONGEST_CHALLENGE and bool(asks_proof or asks_writer))


def is_marked_challenge(*, header: Header) -> bool:
    """Its own program says so: no person writes that."""
    return bool("mailinblack" in header("From").lower() or header("X-Mailinblack") or header("X-Challenge"))


def is_automatic(
    *, header: Header, subject: str, text: str = "", has_files: bool = False, expected: bool = False
) -> bool:
    """The marks of programs; then words, with a mark beside those that people write too. `text`: what was written, where
    its first line may tell. `has_files`: a notice brings none. `expected`: it came where only programs write.

    `X-Auto-Response-Suppress` asks others not to answer, and Outlook puts it on what people write: half a sign at most.
    """
    if is_marked_automatic(header=header, subject=subject):
        return True
    notice = not has_files and _is_notice(text)
    if _AUTO_WORDS.search(subject):
        return expected or notice or (not has_files and (_answers(header) or _suppresses(header, text)))
    return notice and (_answers(header) or bool(header("X-Auto-Response-Suppress")))


def is_marked_automatic(*, header: Header, subject: str) -> bool:
    """The marks of RFC 3834 § 5, those of programs older than it, and subjects that programs alone write."""
    submitted = header("Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if header("Precedence").lower() in _PRECEDENCES or any(header(mark) for mark in _MARKS):
        return True
    return bool(_AUTO_SUBJECT.search(subject))


def _answers(header: Header) -> bool:
    """Half a sign: it answers something."""
    marks = ("In-Reply-To", "References")
    return (
        any(header(mark) for mark in marks) or header("Return-Path") == "<>" or header("Subject")[:3].lower() == "re:"
    )


def _suppresses(header: Header, text: str) -> bool:
    """Exchange asks for no answer at all under its own answers; under what people write, for none of some kinds."""
    return header("X-Auto-Response-Suppress").strip().lower() == "all" and not _ASKS_OR_GIVES.search(text)


def _is_notice(text: str) -> bool:
    """Brief, opened by an absence or a receipt, asking nothing and giving nothing."""
    return 0 < len(text) < _LONGEST_NOTICE and _FIRST_LINE.match(text) is not None and not _ASKS_OR_GIVES.search(text)


def is_bulk(*, header: Header) -> bool:
    return bool(header("List-Id") or header("List-Unsubscribe")) or header("Precedence").lower() in {
        "bulk",
        "list",
        "junk",
    }
