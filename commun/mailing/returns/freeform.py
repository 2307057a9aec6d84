"""Bounces that follow no standard: how they are recognised, and where what servers said ends.

`flufl.bounce` finds the addresses that many systems write; the marks and words here are those it does not know.
"""

from __future__ import annotations

import re
from email.message import Message

from flufl.bounce import all_failures

from commun.mailing.returns.parts import ADDRESS, address, decoded, header
from commun.mailing.returns.report import Failure
from commun.mailing.returns.statuses import MAX_RECIPIENTS, read_reply
from commun.mailing.returns.verdicts import judge, plain

_SENDER = re.compile(
    r"mailer-?daemon|postmaster|mail ?delivery|maildelivery|mdaemon|bounce|mail (system|router|subsystem)|mmdf|internet mail",
    re.IGNORECASE,
)
# Of subjects and first lines, in lower case without accents.
_SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|failed|has failed|notification|error|problem|report)|returned (mail|to sender)|failure (notice|delivery)"
    r"|mail (system error|delivery|failure|error)|(message|mail|courriel|e-mail)s? (non|not|could not be|cannot be|n.a pas ete) (remis|distribu|delivr|livr|deliver)"
    r"|^(fw: )?not delivered|non[- ]?(remis|distribu|delivr|livr|deliver)|echec (de|d.)|(rejected|failed|bounced) (mail|message|delivery)"
    r"|(message|courriel|mail) (rejete|refuse|bloque|rejected|refused)|retour (de|a l).{0,20}(courriel|message|mail|expediteur)|impossible de remettre"
    r"|avis de non|could not be delivered|unable to deliver|delayed|en attente de (remise|distribution)|retarde|failed: |delivery temporarily",
)
_WORDS = re.compile(
    r"created automatically by mail delivery|could not be delivered|(was|were|is|am)(n.t| not) (able to )?(be )?deliver|wasn.t able to deliver"
    r"|qmail-send program|dragonfly mail agent|error delivering your mail|delivery (has )?failed|failed to deliver|unable to deliver|undeliverable"
    r"|not (yet )?been delivered|permanent (fatal )?error|following address(es)?( \S+){0,3} (failed|had)|returned (to sender|message)|delivery to the following"
    r"|n.a (pas )?(pu|ete) (etre )?(remis|delivre|distribue|transmis)|impossible de (remettre|distribuer|delivrer)|echec (definitif|de la remise|de remise)"
    r"|non remis|retourne a (son|l).{0,3}expediteur|poursuit ses tentatives|address not found|message blocked|mail system at",
)
_STILL_TRYING = re.compile(
    r"still (trying|being retried)|will (be retried|retry|keep trying|continue)|not yet been delivered|has been delayed|delivery (is )?delayed"
    r"|no action (is )?required|nouvelles? tentatives?|tentatives? (se poursuiv|continu|pendant)|poursuit ses tentatives|retarde|pas encore (ete )?(remis|distribu|delivr)"
    r"|warning: message|you do not need to (resend|do anything)",
)
_GAVE_UP = re.compile(r"giv(en|ing) up|abandon|permanent|could not be delivered|delivery (has )?failed|definitif")
# Below such a line, or such headers, stands our own letter: what it says, no server said.
_QUOTE = re.compile(
    r"^\W{0,12}(below this line is a copy|this is a copy of (the|your) message|(the )?header of the original|message headers? follow"
    r"|original message( (headers?|follows?|below|text))?\b|returned message|message d.origine|message (original|initial)|copie (de|du) (votre )?message"
    r"|en-tetes? (du|de)|the original message (is|was|follows)|headers? of (the|your)|begin (returned|original)|start of (returned|original)"
    r"|unsent message|text of your (mail|message)|transcript of the original|your message (reads|follows))"
    r"|^\s{0,8}(return-path|received|dkim-signature|mime-version|message-id|x-[a-z-]{2,40}|content-type|list-[a-z]+|authentication-results)\s?: ",
)
_NOT_QUOTE = re.compile(r"was received at|original message was received|the original message was (?!included)")
_LEAVING = re.compile(r"^\s*(re ?: ?)?(unsubscribe\b|desabonne|desinscri|se desabonner|remove me\b|leave\b)")


def servers_words(text: str) -> str:
    """Of the human part, what stands above the quoted original. A quote on top leaves nothing, not everything."""
    kept = []
    for line in text.split("\n"):
        bare = plain(line)
        if _QUOTE.match(bare) and not _NOT_QUOTE.search(bare):
            break
        kept.append(line)
    return "\n".join(kept)


def looks_like_bounce(message: Message, text: str) -> bool:
    """One sign of a machine (who writes, an empty return path, a mark) and one of a failure (the subject, the words)."""
    sender, subject = decoded(header(message, "From")), plain(decoded(header(message, "Subject")))
    failed = message.get("X-Failed-Recipients") is not None
    system = bool(_SENDER.search(sender)) or failed
    machine = system or header(message, "Return-Path") in {"<>", "< >"} or _is_submitted(message)
    spoken = bool(_SUBJECT.search(subject)) or failed or bool(_WORDS.search(plain(text[:3000])))
    if not (machine and spoken):
        return False
    # A person's absence may say that a message "was not delivered": without a server's reply it is hers.
    return system or bool(_SUBJECT.search(subject)) or any(read_reply(text))


def _is_submitted(message: Message) -> bool:
    value = header(message, "Auto-Submitted").lower()
    return bool(value) and not value.startswith("no")


def says_delay(text: str, subject: str) -> bool:
    words = plain(f"{subject}\n{text}")
    return bool(_STILL_TRYING.search(words)) and not _GAVE_UP.search(words)


def asks_to_leave(subject: str, text: str) -> bool:
    """What a mailbox writes when its "unsubscribe" is pressed is marked as automatic, and is a person's wish."""
    return bool(_LEAVING.match(plain(subject)) or (not subject.strip() and _LEAVING.match(plain(text[:200]))))


def failures(message: Message, text: str) -> tuple[Failure, ...]:
    temporary, permanent = all_failures(message)
    found = {_known(one) for one in permanent | temporary}
    found |= {address(part) for part in header(message, "X-Failed-Recipients").split(",")}
    found.discard("")
    code, enhanced = read_reply(text)
    if not found:
        near = ADDRESS.search(text)
        if near is None and not (enhanced or code):
            return ()
        found = {near[0].lower() if near else ""}
    if not enhanced and not code:
        code = 450 if temporary and not permanent else 550
    verdict = judge(code=code, enhanced=enhanced, text=text)
    excerpt = re.sub(r"\s+", " ", text).strip()[:500]
    return tuple(Failure(who, verdict, code, enhanced, excerpt) for who in sorted(found)[:MAX_RECIPIENTS])


def _known(value: bytes | str) -> str:
    return address(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
