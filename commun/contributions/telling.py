"""What somebody wrote, as a page tells it: without what was said to the team alone, and nothing twice. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORT = 300
_TELLING = 40  # shorter lines are courtesy, a heading, a name, an address
# A signature: so many paragraphs and lines at most, none longer than an address.
_MOST_SIGNED = 3
_MOST_LINES = 9
_LONGEST_LINE = 90
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n")
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|hello|madame|monsieur|mesdames|messieurs|ch(?:ers?|[eè]res?))\b[^.:;?\n]{0,60}",
    re.IGNORECASE,
)
_GREETING_BEFORE = re.compile(r"(?:bonjour|bonsoir)\b[^.,:;?!\n]{0,40}[,!] +(?=\S)", re.IGNORECASE)
_FAREWELL = re.compile(
    r"(?:(?:bien|tr[eè]s) )?(?:cordialement|sinc[eè]rement|amicalement|respectueusement|chaleureusement)(?: vôtre)?"
    r"|bien à (?:vous|toi)|[aà] (?:tr[eè]s )?(?:bient[oô]t|vite)"
    r"|(?:bonne|belle|excellente) (?:journ[eé]e|soir[eé]e|semaine|r[eé]ception)"
    r"|(?:un grand |grand )?merci(?: (?:d['’]avance|par avance|à (?:vous|tous|toutes)|pour)[^.\n]{0,60})?"
    r"|(?:cordiales |sinc[eè]res )?salutations[^.\n]{0,40}",
    re.IGNORECASE,
)
_FILE = (
    r"\b(?:photos?|photographies?|images?|pi[eè]ces?|documents?|fichiers?|pdf|affiches?|plaquettes?|d[eé]pliants?"
    r"|guides?|fiches?|textes?|règlements?|comptes?[- ]rendus?)\b"
)
_JOINED = r"(?:ci[- ]joint(?:e?s)?|ci[- ]jointe|en pi[eè]ces? jointes?)\b"
_ATTACHING = re.compile(
    r"(?:je|nous) (?:vous )?(?:joins|joignons|transmets|transmettons|envoie|envoyons|adresse|adressons|mets|mettons)"
    rf" [^.!?\n]{{0,60}}{_FILE}[^.!?\n]{{0,40}}"
    rf"|(?:vous trouverez |veuillez trouver |voici )?{_JOINED}[^.!?\n]{{0,60}}"
    r"|vous pouvez (?:la |le |les |l['’])(?:publier|utiliser|reprendre|diffuser)[^.!?\n]{0,80}"
    rf"|(?:la|les|une?|des|le) {_FILE}[^.!?\n]{{0,20}} {_JOINED}[^.!?\n]{{0,20}}",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…])[^\S\n]+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    summary: str
    body: str


def tell(text: str, *, summary: str = "", with_files: bool = False) -> Told:
    """What the page says in short, and what it goes on with.

    Without a `summary`, it is the first whole sentences of the first paragraph that says something. The body begins
    where the summary stops, when it is those very words. `with_files`: files came with it, and go to their place.
    """
    paragraphs = _for_readers(_EMPTY_LINES.split(text.strip()), with_files=with_files)
    summary = " ".join(summary.split()) or _opening(paragraphs)
    return Told(summary=summary, body="\n\n".join(_without(summary, paragraphs)))


def _for_readers(paragraphs: list[str], *, with_files: bool) -> list[str]:
    kept = ["\n".join(line.strip() for line in one.split("\n")).strip() for one in paragraphs]
    if kept:
        first, _, rest = kept[0].partition("\n")
        kept[0] = rest if _GREETING.fullmatch(first.rstrip(" ,!")) else _opened(kept[0])
    if with_files:
        kept = [_unattached(one) for one in kept]
    return _until_farewell([one.strip() for one in kept if one.strip()])


def _until_farewell(paragraphs: list[str]) -> list[str]:
    """Without the leave she takes, nor the name, the telephone… that she signs with: nobody is named by a draft."""
    for at in range(max(0, len(paragraphs) - _MOST_SIGNED), len(paragraphs)):
        lines = "\n".join(paragraphs[at:]).split("\n")
        is_short = len(lines) <= _MOST_LINES and max(map(len, lines)) <= _LONGEST_LINE
        if is_short and _FAREWELL.fullmatch(lines[0].rstrip(" ,!.")):
            return paragraphs[:at]
    return paragraphs


def _opened(paragraph: str) -> str:
    bare = _GREETING_BEFORE.sub("", paragraph, count=1) if _GREETING_BEFORE.match(paragraph) else paragraph
    return bare[:1].upper() + bare[1:] if bare != paragraph else paragraph


def _unattached(paragraph: str) -> str:
    lines = (
        " ".join(one for one in _SENTENCES.split(line) if not _ATTACHING.fullmatch(one.rstrip(" .!")))
        for line in paragraph.split("\n")
    )
    return "\n".join(lines)


def _opening(paragraphs: list[str]) -> str:
    telling = (one for one in paragraphs if max(map(len, one.split("\n"))) > _TELLING)
    first = next(telling, paragraphs[0] if paragraphs else "")
    line = " ".join(first.split())
    if len(line) <= SHORT:
        return line
    opening = ""
    for sentence in _SENTENCES.split(line):
        if len(opening) + len(sentence) + 1 > SHORT:
            break
        opening = f"{opening} {sentence}".strip()
    return opening or line[: SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _without(summary: str, paragraphs: list[str]) -> list[str]:
    """What was said in short is not said again; a summary of her own words leaves the text as it is."""
    for at, one in enumerate(paragraphs):
        line = " ".join(one.split())
        rest = line[len(summary) :]
        if summary and line.startswith(summary) and (not rest or _SENTENCES.match(line, len(summary))):
            return [*paragraphs[:at], *filter(None, [rest.strip()]), *paragraphs[at + 1 :]]
    return paragraphs
