"""What an SMTP reply or a delivery status says of an address.

Operators' own codes first, then the most precise status (RFC 3463) together with the words: the subject code alone is
often a lie (5.1.1 on a full box, 5.1.0 on a sender they do not want). Two distinctions must never be missed: 5.7.x is
a fault of ours or a policy, and what passes is not dead. In doubt the address is spared.
"""

from __future__ import annotations

import enum
import re
import unicodedata

from commun.mailing.returns import operators


class Verdict(enum.StrEnum):
    HARD = "hard"  # this address does not exist, or will never accept mail
    SOFT = "soft"  # not now: full, busy, greylisted
    POLICY = "policy"  # refused for who we are or what we send: our fault, never the address's
    MESSAGE = "message"  # this message could not be carried (size, syntax, conversion)
    NONE = "none"  # says nothing of the address


# All are read in lower case, without accents, without addresses nor names of machines.
_FULL = re.compile(
    r"(mailbox|quota|storage|\bbox|inbox|space|disk|folder|stockage|boite|messagerie|espace|compte|bal)\b[^.]{0,60}"
    r"(\bfull|exceed|\bover\b|pleine?\b|satur|depass|insufficient|insuffisant|limit|almost full)"
    r"|over ?quota|(exceed|over)[a-z]* (the |its |his |their |allowed |storage |disk |mailbox |message )*(quota|storage|allocation)"
    r"|out of storage|insufficient (system |disk )?(storage|space)|quota[^.]{0,20}(depasse|atteint|exceeded|full)"
    r"|depassement de quota|not enough (storage |disk )?space|mailbox size limit|mailfolder is over",
)
_SENDER = re.compile(
    r"(sender|envelope from|mail from|return[- ]path|from address|expediteur|emetteur)\b[^.;]{0,50}?"
    r"\b(reject|refus|invalid|denied|not (allowed|accepted|permitted|authori[sz]ed|found|exist)|unknown|unresolv|blocked|verif"
    r"|does ?n.?t exist|does not (exist|resolve)|interdit|bloque|inconnu|non autoris)"
    r"|(invalid|bad|unknown|forged|bogus|unverified|refused?) (sender|from|envelope from|return path)\b|domain of sender"
    r"|sender('s)? (domain|verify|verification|callout|policy|id)|could not verify[^.]{0,20}sender|votre (serveur|adresse ip)"
    r"|client host|helo|reverse (dns|lookup)|\bptr\b|relay(ing)? (access )?(denied|not (allowed|permitted))|not permitted to relay"
    r"|unable to relay|relayage|we do not relay",
)
_POLICY = re.compile(
    r"\bspam|spamhaus|spamcop|black ?-?list|block ?-?list|deny ?-?list|blocklisted|reputation|\bdmarc\b|\bspf\b|\bdkim\b"
    r"|unauthenticated|authentication (required|failed|checks)|not authenticated|polic(y|ies)\b|politique|indesirable"
    r"|liste (noire|de blocage)|not authori[sz]ed|\brbl\b|dnsbl|bulk mail|will not accept (delivery|mail|message)|(is|are) not allowed to|non autorise|unsolicited|poor sender|banned|\bblocked\b|bloque[es]?\b"
    r"|content (rejected|filter|scan|denied)|message content|virus|phish|malware|suspicious|service refuse|refused by (the )?(administrator|recipient)"
    r"|(message|mail|courriel|contenu)[^.]{0,12}(refuse|rejete|rejected)\b|administrative(ly)? (prohibit|reject|den)|prohibited"
    r"|firewall|greeting|tls required|ssl required|must issue a starttls|prouve|challenge|whitelist|liste blanche",
)
_UNKNOWN = re.compile(
    r"(user|recipients?|mailbox|address|account|utilisateur|destinataire|adresse|boite|compte|alias|person|contact)\b[^.]{0,60}?"
    r"(unknown|not found|not exist|does ?n.?t exist|no longer|invalid|unavailable|inactive|disabled|rejected|suspended|closed"
    r"|deactivated|not (known|available|recognized|recognised|valid|listed|on file|here)|is(n.t| not) (valid|known|there)"
    r"|possibly incorrect|inconnu|introuvable|n.existe|inexist|invalide|desactiv|ferme|supprim|resili)"
    r"|(unknown|no such|invalid|bad|undeliverable|nonexistent|non-existent|unrecognized|no valid) (or \w+ )?(local |mail |e-?mail )?"
    r"(user|recipient|mailbox|address|account|destination|addressee|person)"
    r"|unknown local.?part|unable to find (the |this )?(mailbox|user|recipient)|not local\b"
    r"|no mailbox|no such|unrouteable|unroutable|not listed in|not our customer|does ?n.?t have an? \S* ?account|is not there"
    r"|account you tried to reach|no (user|account|one) (here )?(by|with) that name|no longer (accepts|works|in use|on server)|has (left|moved)"
    r"|n.est plus (en service|valide|utilis|active)|ne correspond a aucun|aucun (utilisateur|compte|destinataire)|does not like recipient"
    r"|recipient address rejected|unknown to (us|this)|not a (valid|known)|user_unknown|bad destination",
    re.DOTALL,
)
_NO_DOMAIN = re.compile(
    r"(domain|host|domaine)\b[^.]{0,50}?(not found|unknown|not exist|doesn.?t exist|n.existe|inconnu|nxdomain|no valid)"
    r"|nxdomain|null mx|does not accept mail|couldn.?t find any host|no (mx|dns|mail) (record|exchanger)|all relevant mx records point to"
    r"|(domain|domaine) (n.accepte|accepts no)|no route to domain|failed to find host",
)
_PASSES = re.compile(
    r"temporar|temporair|momentan|provisoire|for now|at this time|en ce moment|actuellement (indisponible|pleine)"
    r"|(at|receiv|sending)[a-z]*[^.]{0,20}\b(a |the )?rate\b|rate limit|too (many|much|fast|quickly)|trop de (messages|mails|connexions)"
    r"|throttl|slow down|unusual rate|daily limit|hourly limit",
)
_LATER = re.compile(
    r"try again|\blater\b|plus tard|gr[ea]y-?list|timed? ?out|timeout|reessayer|deferred|connection (refused|reset|lost)|\bbusy\b"
    r"|system (error|problem)|internal (server )?error|local error|retry|loop|hop count|cannot connect|could not connect|out of memory"
    r"|\brate\b",
)
_TOO_LARGE = re.compile(
    r"(message|mail|size|taille|file|body)[^.]{0,40}(too (large|big|long)|exceed|limit|maxim)|taille limite|trop (gros|volumineux|grand)"
)
_STATUS = re.compile(r"(?<![\w.])([245]\.[0-7]\.\d{1,3})(?![\d]|\.\d)")
_NAMES = re.compile(
    r"<[^<>\s]*>|\S+@\S+|\bhttps?://\S+|\[[\d.:a-f]+\]|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[\w-]+(?:\.[\w-]+){2,}\b"
)

_HARD_SUBJECTS = {"5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310"}
_MESSAGE_SUBJECTS = ("5.3.4", "5.2.3", "5.6.", "5.5.")
MOST_WORDS = 4000


def judge(*, code: int, enhanced: str, text: str) -> Verdict:
    """`code`: three digits of the SMTP reply, 0 if unknown. `enhanced`: RFC 3463 status or "". `text`: what the server
    said, and nothing else."""
    words = plain(text[:MOST_WORDS])
    said = Verdict(found) if (found := operators.meaning(words)) else None
    if enhanced.startswith("2.") or (not enhanced and 200 <= code < 400):
        return Verdict.NONE
    statuses = [status for status in (enhanced, *_STATUS.findall(words)) if status and not status.endswith(".0.0")]
    status = statuses[0] if statuses else ""
    kind = (status or enhanced)[:1] or str(code)[:1]
    # A vague 4.0.0 or 5.0.0 beside a precise status, or beside the code of the reply, says nothing.
    if not status and enhanced.endswith(".0.0") and 400 <= code < 600:
        kind = str(code)[:1]
    words = _NAMES.sub(" ", words)
    if kind == "4":
        return _passing(statuses, words, said)
    return _permanent(statuses, words, said)


def says_later(text: str) -> bool:
    """Whether the words are those of a refusal that may pass: full, busy, too fast."""
    words = _NAMES.sub(" ", plain(text[:MOST_WORDS]))
    return bool(_FULL.search(words) or _PASSES.search(words) or _LATER.search(words))


def spares(text: str) -> Verdict | None:
    """What human words say against a hard verdict: that the box is full, or that it is about us; None else."""
    words = plain(text[:MOST_WORDS])
    bare = _NAMES.sub(" ", words)
    if any(status.startswith("5.7.") for status in _STATUS.findall(words)):
        return Verdict.POLICY
    return Verdict.SOFT if _FULL.search(bare) and not _UNKNOWN.search(bare) else None


def plain(text: str) -> str:
    """Lower case, without accents, on one line."""
    folded = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return " ".join("".join(letter for letter in folded if not unicodedata.combining(letter)).split())


def _passing(statuses: list[str], words: str, said: Verdict | None) -> Verdict:
    if said is Verdict.POLICY:
        return Verdict.POLICY
    blamed = any(status.startswith("4.7.") for status in statuses) and _POLICY.search(words)
    return Verdict.POLICY if blamed and said is None and not _PASSES.search(words) else Verdict.SOFT


def _permanent(statuses: list[str], words: str, said: Verdict | None) -> Verdict:  # noqa: PLR0911 (from the surest sign to the vaguest)
    if any(status.startswith("5.7.") for status in statuses) and said is not Verdict.HARD:
        return Verdict.POLICY
    if said is not None:
        return said
    status = statuses[0] if statuses else ""
    unknown = _UNKNOWN.search(words) or _NO_DOMAIN.search(words)
    if status == "5.2.2" or _FULL.search(words):
        return Verdict.MESSAGE if status in {"5.3.4", "5.2.3"} else Verdict.SOFT
    if status in {"5.1.7", "5.1.8"} or _SENDER.search(words):
        return Verdict.POLICY
    if _PASSES.search(words):
        return Verdict.SOFT
    if _POLICY.search(words):
        return Verdict.POLICY
    if unknown:
        return Verdict.HARD
    if status.startswith(_MESSAGE_SUBJECTS) or _TOO_LARGE.search(words):
        return Verdict.MESSAGE
    if _LATER.search(words):
        return Verdict.SOFT
    return Verdict.HARD if status in _HARD_SUBJECTS else Verdict.SOFT
