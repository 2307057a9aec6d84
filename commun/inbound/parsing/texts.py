"""Which parts of a message are what she wrote: chosen within each `multipart/alternative`, footers told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commun.inbound.parsing import bodies, limits
from commun.inbound.parsing.structure import Part

_TEXTS = {"text/plain", "text/html"}
_ENOUGH = 400  # characters of a plain text that is surely more than "see the other part"
LONGEST_FOOTER = 3000
# A part of its own that a list, a company or a scanner put under the message.
_FOOTER = re.compile(
    r"\A\W*(?:(?:_{5,}|-{5,}|\*{5,}|={5,})|ce (?:message|courriel|mail)[^.]{0,80}(?:confidentiel|destin|strictement|virus)"
    r"|(?:ce message|le contenu)[^.]{0,120}(?:confidentiel|responsabilité)|this (?:e-?mail|message)[^.]{0,120}(?:confidential|intended|virus|privileged)"
    r"|avant d.imprimer|pensez à l.environnement|l.absence de virus|cet? e?-?mail a été (?:vérifié|analysé)|virus-free|sans virus|garanti sans virus"
    r"|(?:liste|mailing list|groupe)[ :]|(?:vous recevez|you (?:are )?receiv)|pour (?:vous désabonner|se désinscrire)|to unsubscribe|confidentialit|disclaimer)",
    re.IGNORECASE,
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
    return len(text) < LONGEST_FOOTER and _FOOTER.match(text.strip()) is not None


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
