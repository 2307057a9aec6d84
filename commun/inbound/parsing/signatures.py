"""What stands under a person's words: her signature, her telephone's line, the footer of a list."""

from __future__ import annotations

import re

_MACHINES = (
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|nokia|blackberry|windows|outlook|yahoo|gmail|orange|free|sfr|bbox"
    r"|proton|smartphone|tablette|webmail|mac\b|phone|tutanota|infomaniak"
)
# People send by these too (« Envoyé par courrier à tous »): it must be said from which.
_MEANS = r"courrier|mail|messagerie|la ?poste|mobile|téléphone|telephone|portable|appareil"
_BY = r"(?:de|depuis|à partir de|avec|via|par|from|with|using|by)"
_OWN = r"(?:depuis|(?:à partir )?d.une?|à partir de|from|using|(?:de|avec|via|par|with|by) (?:mon|ma|my|l.appli(?:cation)?|the))"
# « … aux habitants le 3 mars »: what was sent, and to whom
_TO_SOMEBODY = r"(?!.*(?:\b(?:aux|le \d)|\bà (?:tous|toutes|nos|vos|chaque|chacun|l.ensemble|l.attention)\b))"
_DEVICE = re.compile(
    rf"^[*_]?{_TO_SOMEBODY}(?:envoyé|expédié|sent|written) (?:{_BY}\b[^.!?]{{0,70}}?\b(?:{_MACHINES})|{_OWN}\b[^.!?]{{0,70}}?\b(?:{_MEANS}))\b.{{0,80}}$"
    rf"|^[*_]?(?:get|obtenir|téléchargez|télécharger|download) outlook\b.{{0,120}}$|^provenance\s*:.{{0,60}}\b(?:{_MACHINES})\b.{{0,40}}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(bien |très |sincères? |meilleures? )?(cordialement|à vous|amicalement|respectueusement|sincèrement|salutations"
    r"|cdlt|cdt|kind regards|best regards|regards|best|sincerely)\b.{0,30}$"
    r"|^bien (à vous|cordialement)\b.{0,30}$|^(belle|bonne) (journée|soirée)\b.{0,40}$",
    re.IGNORECASE,
)
_LIST_RULE = re.compile(r"^(?:_{20,}|-{20,}|={20,}|-~-.*|~{10,})$")
_LIST_WORDS = re.compile(
    r"liste|list(?:info)?\b|mailman|sympa|abonn|unsubscribe|google groups|groupe google|@listes?\.|@lists?\.|you (?:have )?received this",
    re.IGNORECASE,
)
# What none but a list says of itself: how one leaves it, or what carries it.
TELLS_LIST = re.compile(
    r"abonné|d[ée]sabonn|d[ée]sinscri|unsubscri|subscribed|inscrite?s? (?:à|sur|dans) (?:la|cette|notre) liste|ne plus recevoir|mailman|listinfo|\bsympa\b|google ?group|groupes? google"
    r"|@(?:listes?|lists?|groupes?|framalistes|googlegroups)\.|-(?:request|leave|unsubscribe)@",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:you received this message because|vous (?:recevez|avez reçu) ce (?:message|courriel|mail),? (?:car|parce que)|pour (?:vous désabonner|se désinscrire) (?:de|du)"
    r"|to unsubscribe from this)",
    re.IGNORECASE,
)
_MOST_LINES = 15
_MOST_FOOTER = 12


def cut(lines: list[str]) -> tuple[list[str], list[str]]:
    """(her words, what is under them)."""
    lines, footer = _cut_footer(lines)
    # The line of a telephone stands alone: text after it is hers, phones put it above what she goes on to write.
    devices = [line for line in lines if _DEVICE.match(line.strip())]
    lines = [line for line in lines if not _DEVICE.match(line.strip())] if devices else lines
    for at, line in enumerate(lines):
        if line in {"-- ", "--"}:
            above, closing = _cut_closing(lines[:at])
            return above, [*closing, *lines[at:], *devices, *footer]
    above, closing = _cut_closing(lines)
    return above, [*closing, *devices, *footer]


def _cut_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """What a mailing list writes below every message, under a rule or in its own words."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 2 * _MOST_FOOTER), -1):
        line = lines[at].strip()
        below = [other for other in lines[at + 1 :] if other.strip()]
        ruled = bool(_LIST_RULE.match(line)) and 0 < len(below) <= _MOST_FOOTER and any(map(_LIST_WORDS.search, below))
        told = bool(_GROUP.match(line)) and any(map(TELLS_LIST.search, (line, *below)))
        if (ruled or told) and any(other.strip() for other in lines[:at]):
            start = at - 1 if at and not ruled and re.fullmatch(r"-- ?|[-_]{2,}", lines[at - 1].strip() or "x") else at
            return lines[:start], lines[start:]
    return lines, []


def _cut_closing(lines: list[str]) -> tuple[list[str], list[str]]:
    """« Cordialement » and the few lines below, unless they hold a postscript or nothing stands above."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 2 * _MOST_LINES), -1):
        if not _CLOSING.match(lines[at].strip(" ,.!")):
            continue
        below = [line for line in lines[at:] if line.strip()]
        postscript = any(re.match(r"p\.? ?s\.?\b|post-scriptum", line.strip(), re.IGNORECASE) for line in below)
        if not postscript and len(below) <= _MOST_LINES and any(line.strip() for line in lines[:at]):
            return lines[:at], lines[at:]
        break
    return lines, []
