"""What mail programs write above what they quote or forward, in French and in English.

A line is a heading by its moment (an hour) or its address, never by « a écrit » alone: people write that too.
"""

from __future__ import annotations

import re
from itertools import pairwise

_DAY = r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-zé]*\.?,?"
_MONTH = r"(?:jan|f[ée]v|feb|mar|avr|apr|mai|may|jui|jun|jul|ao[uû]|aug|sep|oct|nov|d[ée]c)[a-zéû]*\.?"
_DATE = rf"(?:\d{{1,2}}(?:er)? {_MONTH}|{_MONTH} \d{{1,2}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}[/.-]\d{{2}}[/.-]\d{{2}})"
_BEGINS = rf"(?:(?:le|on|am|el) )?(?:{_DAY} )?(?:le )?{_DATE}"
_WROTE = r"(?:a écrit|a répondu|écrivait|a écrit le|wrote|writes|schrieb|escribió)"
_MOMENT = r"(?:\d{1,2} ?[:h] ?\d{2}|<[^<>\s]+@[^<>\s]+>|\S+@\S+\.\w+)"
_LEAD = r"[-*_\s>]{0,6}"

_ATTRIBUTION = re.compile(
    rf"^{_LEAD}(?={_BEGINS})(?=.*(?:{_MOMENT}|,\s*\*?[^,]{{2,80}} {_WROTE})).{{8,300}}?{_WROTE}\s*[:-]?[\s*_-]*$"
    rf"|^{_LEAD}{_BEGINS}.{{0,60}}?{_MOMENT}.{{0,150}}<[^<>\s]+@[^<>\s]+>\s*:\s*$"
    rf"|^{_LEAD}.{{2,150}}<[^<>\s]+@[^<>\s]+>.{{0,60}}{_WROTE}.{{0,40}}:?\s*$"
    rf"|^-{{2,}}\s*(?:(?:on|le) .{{3,150}} )?\S.{{1,120}} {_WROTE}(?: .{{0,60}})?\s*:?\s*-{{2,}}\s*$"
    rf"|^{_LEAD}(?:message|mail|courriel) du\s*:?\s*{_DATE}.{{0,40}}$",
    re.IGNORECASE,
)
_BEGINNING = re.compile(rf"^{_LEAD}{_BEGINS}", re.IGNORECASE)
# « Oui, la voici. Le lun. 16 nov. 2026 à 10:12, Équipe <a@b> a écrit : »
_ON_THE_LINE = re.compile(
    rf"^(?P<own>\S.*?[.!?…)»:;,]?)\s+(?P<heading>(?:le|on) (?:{_DAY} )?{_DATE}.{{0,60}}?\d{{1,2}}\s?[:h]\s?\d{{2}}.{{0,200}}?{_WROTE}\s*:)\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^\*?[-_ >]{2,}\s*((message|mail|courriel|e-mail) (d.origine|original|initial|d’origine)|original (message|e-?mail|appointment)"
    r"|reply message|rendez-vous d.origine|réponse)\s*:?\s*[-_ ]*\*?$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\*?[-_= ]{2,}\s*((message|mail|courriel|courrier|e-mail) (transféré|suivi|réexpédié|transmis)|forwarded (message|mail|e-mail)"
    r"|(transféré|réexpédié|transmis|forwarded) (par|by) .{2,120})\s*[-_= ]*:?\*?\s*$"
    r"|^\*?(début du (message|courriel) (transféré|réexpédié)|begin forwarded message)\s*:\*?\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\*?(?:_{5,}|-{5,}|={5,})\*?$")
_FIELD = re.compile(
    r"^[*_]{0,2}(?P<name>de|from|expéditeur|envoyé(?: le| par)?|sent(?: by)?|date|à|a|to|pour|destinataires?|cc|cci|bcc|copie à"
    r"|objet|subject|sujet|répondre à|reply-to|importance|pièces? jointes?|attachments?)[*_]{0,2}[\s\xa0]*:[*_]{0,2}[\s\xa0]*(?P<value>.*)$",
    re.IGNORECASE,
)
_KINDS = {
    "from": {"de", "from", "expéditeur", "envoyé par", "sent by"},
    "date": {"envoyé", "envoyé le", "sent", "date"},
    "to": {"à", "a", "to", "pour", "destinataire", "destinataires"},
    "subject": {"objet", "subject", "sujet"},
}
_MOST_LINES = 16
_LONGEST = 1000  # no program writes such a heading, and an expression would go through all of it
_NOBODY = re.compile(r"^(?:\d|\*?$|(?:la|le|les|l'|chez|notre|votre)\b)", re.IGNORECASE)


def field(line: str) -> tuple[str, str] | None:
    """(kind, value) of « De : … », "other" for those that are of no use here."""
    found = _FIELD.match(line[:_LONGEST].strip())
    if found is None:
        return None
    kind = next((kind for kind, names in _KINDS.items() if found["name"].lower() in names), "other")
    return kind, found["value"].strip().strip("*").strip()


def is_forward_mark(line: str) -> bool:
    return _FORWARD.match(line[:_LONGEST].strip()) is not None


def is_original_mark(line: str) -> bool:
    return _ORIGINAL.match(line[:_LONGEST].strip()) is not None


def is_block(lines: list[str], at: int) -> bool:
    """« De : … Envoyé : … Objet : … », in any order, as programs write above what they quote without any mark."""
    first = field(lines[at])
    if first is None or first[0] == "other":
        return False
    kinds: dict[str, str] = {}
    idle = 0
    for line in lines[at : at + _MOST_LINES]:
        found = field(line)
        if found is not None:
            kinds.setdefault(*found)
        idle = 0 if found is not None else idle + 1
        if idle > 1:  # a wrapped value, or the empty line that HTML puts between two fields
            break
    sender = kinds.get("from")
    if sender is None or _NOBODY.match(sender):
        return False
    known = set(kinds) - {"other", "from"}
    if "@" in sender or first[0] == "from":
        return "subject" in known or len(known) >= 2
    return len(known) >= 3


def length(lines: list[str], at: int) -> int:
    """How many lines the heading of a quote takes here; 0 where there is none."""
    line = lines[at].strip()
    if not line or len(line) > _LONGEST:
        return 0
    if is_original_mark(line) or is_block(lines, at):
        return 1
    below = range(at + 1, min(at + 3, len(lines)))
    if RULE.match(line) and any(is_block(lines, n) or is_original_mark(lines[n]) for n in below):
        return 1
    return _attribution(lines, at)


def _attribution(lines: list[str], at: int) -> int:
    """Programs wrap it: « Le mardi 3 mars 2026 à 10:12, Camille Exemple\n<camille@example.org> a écrit : »."""
    if _ATTRIBUTION.match(lines[at].strip()):
        return 1
    for size in (2, 3, 4) if _BEGINNING.match(lines[at].strip()) else ():
        joined = _joined(lines, at, size)
        if not joined or len(joined) > 400:
            break
        if _ATTRIBUTION.match(joined):
            return size
    return 0


def on_the_line(lines: list[str], at: int) -> tuple[str, int]:
    """(her words, how many lines) where a heading begins behind them on their own line; ("", 0) where none does."""
    for size in (1, 2, 3):
        joined = _joined(lines, at, size)
        if not joined or len(joined) > 800:
            break
        found = _ON_THE_LINE.match(joined)
        if (
            found is not None
            and re.search(r"\w{2}", found["own"])
            and (size == 1 or _starts_in(lines[at], found["heading"]))
        ):
            return found["own"].strip(), size
    return "", 0


def _starts_in(line: str, heading: str) -> bool:
    """Whether the heading begins on this very line: else the lines above it are whole lines of hers."""
    return any(
        first.lower() in {"le", "on"} and f"{first} {second}" in heading[:40]
        for first, second in pairwise(line.split())
    )


def _joined(lines: list[str], at: int, size: int) -> str:
    """These lines as one; "" where one of them is empty or missing."""
    taken = [line.strip().removeprefix(">").strip() for line in lines[at : at + size]]
    return " ".join(taken) if len(taken) == size and all(taken) else ""
