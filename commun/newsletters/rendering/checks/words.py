"""How it is written: what filters dislike, what is left over, French typography, sentences too long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from commun.newsletters.rendering.checks.findings import Finding, Level, Spot, typed
from commun.newsletters.rendering.content import IssueContent, Theme

SENTENCE_MAX = 45
_SP = "[ \u00a0\u202f]"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


# code, level, what is looked for, what is said of it.
_PATTERNS: tuple[tuple[str, Level, re.Pattern[str], str], ...] = (
    (
        "unknown_variable",
        "blocking",
        re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|\w+\|\*|\[\[\w+\]\]|%%\w+%%"),
        "est une variable",
    ),
    (
        "placeholder",
        "blocking",
        _pattern(
            r"lorem ipsum|\b(?:à compléter|à venir plus tard|à rédiger|todo|xxx+|texte à remplacer)\b"
            r"|\[(?:titre|texte|date|lieu|nom|lien|image)[^\]]*\]"
        ),
        "est un texte d’attente",
    ),
    (
        "spam_words",
        "warning",
        _pattern(
            r"\b100\s?% gratuit\w*|\bgratuite?s?\s?!|\burgent\s?!|\bcliquez (?:vite|maintenant)"
            r"|\boffre (?:limitée|exceptionnelle)|\bgagnez\b.{0,20}€|\bfélicitations\s?!|\bprofitez[- ]en vite"
            r"|\bsans engagement\b|\bargent facile\b"
        ),
        "ressemble à une réclame",
    ),
    (
        "mail_leftover",
        "warning",
        _pattern(
            r"^bonjour(?: à)? (?:toute|tous|l['’]équipe|madame|monsieur)|\bje joins (?:une|la|le|un|des)\b"
            r"|\bci-joint\w*\b|\b(?:bien )?cordialement\b|\bvous trouverez en pièce[s]? jointe"
            r"|\benvoyé (?:de|depuis) mon\b|\bbonne réception\b"
        ),
        "est un reste de courrier",
    ),
    (
        "phone_private",
        "warning",
        re.compile(rf"(?<!\d)(?:\+33{_SP}?|0)[67](?:{_SP}|[.-])?(?:\d\d(?:{_SP}|[.-])?){{4}}(?!\d)"),
        "est un numéro de portable",
    ),
    (
        "capital_accent",
        "warning",
        re.compile(
            r"(?:(?<=[.!?] )|^)A (?=(?:la|l['’]|partir|vous|nous|chaque|quoi|qui|cette|ce|ces|vos|[A-Z][a-zé]+)\b)"
            r"|\b(?:Etats?|Eco(?:le|les|logie|nomie)|Eglise|Elus?|Elues?|Elections?|Education|Evénements?|Evaluation|Equipe"
            r"|Etudes?|Energie|Ecouter|Echanges?|Ca)\b"
        ),
        "a perdu son accent",
    ),
    (
        "quotes_straight",
        "warning",
        re.compile(r"\"[^\"]{1,80}\"|“[^”]{1,80}”"),
        "est entre des guillemets droits ou anglais",
    ),
    ("apostrophe_space", "warning", _pattern(rf"\b[ldjmtnsc]['’]{_SP}+\w+"), "a une espace après l’apostrophe"),
    (
        "space_before",
        "warning",
        re.compile(rf"[\w»)]+[?!;](?=\s|$)|\w+:(?=\s)|\w+{_SP}+,|\w+{_SP}+\.(?=\s|$)"),
        "a une espace de trop, ou de moins",
    ),
    ("double_space", "advice", re.compile(r"\S[  ]{2,}\S+"), "a deux espaces"),
    ("ordinal", "warning", re.compile(r"\b(?:1ère|1ere|\d+(?:ème|eme|ème)s?)\b", re.IGNORECASE), "s’abrège autrement"),
    ("dots", "advice", re.compile(r"etc\.{2,}|etc\.?…|\.{2}(?!\.)(?<!\.{3})|\.{4,}"), "a trop de points"),
    (
        "repeated_word",
        "warning",
        re.compile(r"\b(le|la|les|un|une|des|de|du|et|à|au|pour|dans|par|sur|avec|est|que|qui) \1\b", re.IGNORECASE),
        "est écrit deux fois",
    ),
)
_CALLS = _pattern(
    r"\bnous (?:re)?cherchons\b|\benvoyez[- ]nous\b|\bracontez[- ]nous\b"
    r"|\bappel à contributions?\b|\bproposez[- ]nous\b"
)
_SHOWN = 60
_URL = re.compile(r"https?://\S+|\S+@\S+\.\w+")


def launches_a_call(text: str) -> bool:
    """Whether a text asks for contributions."""
    return _CALLS.search(text) is not None


def check_words(content: IssueContent) -> Iterator[Finding]:
    """One finding a code and a place: ten straight quotes of one paragraph are one thing to mend."""
    for spot in typed(content):
        text = _URL.sub("…", spot.text)
        for code, level, pattern, said in _PATTERNS:
            found = pattern.search(text)
            if found is not None and (code not in _PROSE or _PROSE[code](spot)):
                yield spot.find(code, level, f"« {_brief(found[0])} » {said}.")
        yield from _capitals(spot, text)
        yield from _sentences(spot, text)
        if isinstance(spot.block, Theme) and spot.name == "intro" and (call := _CALLS.search(text)):
            yield spot.find("call_answered", "warning", f"« {call[0]} » : l’introduction lance encore l’appel.")


def _anywhere_but_alt(spot: Spot) -> bool:
    return spot.name not in {"alt", "credit"}


# Checks that some fields are spared.
_PROSE: dict[str, Callable[[Spot], bool]] = {
    "space_before": _anywhere_but_alt,
    "quotes_straight": _anywhere_but_alt,
    "double_space": _anywhere_but_alt,
}


def _capitals(spot: Spot, text: str) -> Iterator[Finding]:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    loud = [word for word in words if word.isupper() and len(word) > 3]
    if spot.name != "subject" and len(loud) >= 3 and len(loud) > len(words) * 0.6:
        yield spot.find("shouting", "warning", f"« {_brief(text)} » est en capitales.")


def _sentences(spot: Spot, text: str) -> Iterator[Finding]:
    if spot.name not in {"intro", "body", "summary", "lead", "welcome"}:
        return
    for sentence in re.split(r"(?<=[.!?…])\s+", text):
        length = len(sentence.split())
        if length > SENTENCE_MAX:
            yield spot.find("sentence_long", "advice", f"« {_brief(sentence)} » compte {length} mots.")
            return


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]}…"
