"""Which parts of a message are what she wrote: chosen within each `multipart/alternative`, footers told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commun.inbound.parsing import bodies, limits, signatures
from commun.inbound.parsing.structure import Part

_TEXTS = {"text/plain", "text/html"}
_ENOUGH = 400  # characters of a plain text that is surely more than "see the other part"
LONGEST_FOOTER = 3000
# How a part begins that a list, a company or a scanner put under the message. People begin so too (« Liste des ateliers :
# mardi 12 janvier… », and Apple Mail cuts their text in two around a picture): what follows must be of a footer as well.
_LAW = re.compile(
    r"confidenti|destinataire|exclusi|strictement|erreur|d[ée]trui|divulg|responsab|alt[ée]r|falsifi|int[ée]grit|virus"
    r"|privileged|intended|recipient|in error|delet|disclos|liab|unauthori",
    re.IGNORECASE,
)
_LEAST_LAW = 2
_SCANNED = re.compile(r"avast|avg\b|anti-?virus|logiciel|e-?mail|message|courriel|www\.", re.IGNORECASE)
_PRINTED = re.compile(
    r"imprim.*environnement|environnement.*imprim|imprim.*(?:e-?mail|message|courriel|plan[èe]te)", re.IGNORECASE
)
_RULE = re.compile(r"\A\s*(?:_{5,}|-{5,}|\*{5,}|={5,})[ \t]*(?:\n|\Z)")
_LEGAL = re.compile(
    r"\A\W*(?:ce (?:message|courriel|mail)|cet e-?mail|le contenu|this (?:e-?mail|message)|confidentialit|disclaimer)",
    re.IGNORECASE,
)
_SCANNER = re.compile(
    r"\A\W*(?:l.absence de virus|cet? e?-?mail a été (?:vérifié|analysé)|virus-free|(?:garanti )?sans virus)",
    re.IGNORECASE,
)
_PRINTING = re.compile(r"\A\W*(?:avant d.imprimer|pensez à l.environnement)", re.IGNORECASE)
_LEAVING = re.compile(r"\A\W*(?:pour (?:vous désabonner|se désinscrire)|to unsubscribe)", re.IGNORECASE)
_OF_LIST = re.compile(r"\A\W*(?:(?:liste|mailing list|groupe)[ :]|vous recevez|you (?:are )?receiv)", re.IGNORECASE)
_ITS_ADDRESS = re.compile(
    r"\A\W*(?:liste|mailing list|groupe)\W+([\w.-]{2,60})\b.{0,400}\b\1@", re.IGNORECASE | re.DOTALL
)


@dataclass(slots=True)
class Texts:
    """`text`: her words as they stand; `footer`: what others added below; `html`: sources of her parts, for links."""

    text: str = ""
    footer: str = ""
    html: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    text: str
    html: str = ""


def is_text(part: Part) -> bool:
    return part.content_type in _TEXTS and part.disposition != "attachment" and not part.file_name


def read(root: Part) -> Texts:
    pieces = [piece for piece in _pieces(root) if piece.text.strip() or piece.html]
    kept = _without_footers(pieces)
    footers = [piece.text.strip() for piece in pieces if not any(piece is one for one in kept)]
    text = "\n".join(filter(None, (piece.text.strip("\n") for piece in kept)))[: limits.MAX_TEXT]
    return Texts(text, "\n".join(footers), [piece.html for piece in kept if piece.html])


def _without_footers(pieces: list[_Piece]) -> list[_Piece]:
    """The first that says something is hers, whatever it looks like."""
    first = next((at for at, piece in enumerate(pieces) if piece.text.strip()), 0)
    return [piece for at, piece in enumerate(pieces) if at <= first or not _is_footer(piece.text)]


def _is_footer(text: str) -> bool:
    """By its first words, and by what follows them where people begin so too."""
    if len(text) >= LONGEST_FOOTER:
        return False
    if _RULE.match(text) or _LEAVING.match(text):
        return True
    if _OF_LIST.match(text):
        return bool(signatures.TELLS_LIST.search(text) or _ITS_ADDRESS.match(text))
    if _SCANNER.match(text) and _SCANNED.search(text):
        return True
    if _PRINTING.match(text):
        return bool(_PRINTED.search(text))
    return bool(_LEGAL.match(text)) and len({found.lower() for found in _LAW.findall(text)}) >= _LEAST_LAW


def _pieces(part: Part) -> list[_Piece]:
    if part.content_type == "multipart/alternative":
        return _alternative([_pieces(child) for child in part.children])
    if part.content_type.startswith("multipart/"):
        return [piece for child in part.children for piece in _pieces(child)]
    if not is_text(part):
        return []
    if part.content_type == "text/plain":
        return [_Piece(bodies.plain_text(part))]
    source = bodies.html_source(part)
    return [_Piece(bodies.read_html(source)[1], source)]


def _alternative(choices: list[list[_Piece]]) -> list[_Piece]:
    """The plain one, unless it is empty or merely says to look at the other."""
    choices = [choice for choice in choices if choice]
    plain = next((choice for choice in choices if not any(piece.html for piece in choice)), [])
    rich = next((choice for choice in reversed(choices) if any(piece.html for piece in choice)), [])
    if not plain or not rich:
        return plain or rich
    short, long = (sum(len(piece.text.strip()) for piece in choice) for choice in (plain, rich))
    if short * 5 >= long or short > _ENOUGH:
        return [_Piece(plain[0].text, "\n".join(piece.html for piece in rich)), *plain[1:]]
    return rich
