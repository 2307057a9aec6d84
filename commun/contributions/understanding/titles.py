"""The subject without what mail programs wrote before it; where it says nothing, the first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where, Writing
from commun.contributions.understanding.text import fold

_PREFIX = re.compile(
    r"\s*(?:(?:re|ref|rep|tr|fwd?|fw|transf(?:ert)?|aw|wg|sv|enc)\s*(?:\[\d{1,3}\])?\s*:"
    r"|\[[^\]\n]{1,40}\]|\(fwd\)|\*{2,}\s*spam\s*\*{2,}|i{0,1}nternet\s*:)\s*",
)
_EMPTY = re.compile(
    r"(?:sans (?:objet|titre)|\(?(?:no|pas d')\s*(?:subject|objet)\)?|contributions?|ressources?|une? (?:ressource|contribution"
    r"|evenement|actualite|info(?:rmation)?|question|besoin)|infos?|informations?|lettre|newsletter|pour la lettre|agenda"
    r"|evenements?|pour (?:info|information|publication|diffusion|l'agenda|votre lettre)|bonjour|demande|question|message"
    r"|document|piece jointe|test|a publier|proposition|coucou|suite)[\s.!?]*"
)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|madame|monsieur|mesdames|chers?|cheres?|hello|coucou|salut|a l'attention)\b[^.!?\n]{0,60}"
)
_SENTENCE_END = re.compile(r"(?<=[^\s.]{3})[.!?](?=\s|$)|\n")
LONGEST = 120


def read(writing: Writing) -> Iterator[Suggestion]:
    start, title = clean_subject(writing.subject)
    if title and not _EMPTY.fullmatch(fold(title)):
        end = start + len(title)
        yield Suggestion(
            field=Field.TITLE,
            value=" ".join(title.split()),
            label=" ".join(title.split()),
            confidence=0.95,
            reason=Reason.SUBJECT,
            evidence=(Span(Where.SUBJECT, start, end),),
        )
        return
    yield from _first_sentence(writing.body)


def clean_subject(subject: str) -> tuple[int, str]:
    """Where the title begins in the subject, and the title."""
    folded, start = fold(subject), 0
    while start < len(subject) and (found := _PREFIX.match(folded, start)):
        start = found.end()
    title = subject[start:].strip()
    return subject.find(title, start) if title else start, title


def _first_sentence(body: str) -> Iterator[Suggestion]:
    head = body[:2000]
    folded, start = fold(head), 0
    while start < len(head):
        end = next((m.start() for m in _SENTENCE_END.finditer(folded, start)), len(head))
        sentence = head[start:end].strip(" \t\n,;:!.-–—*•>")
        if len(sentence) > 12 and not _GREETING.fullmatch(fold(sentence).rstrip(" ,!")) and "://" not in sentence:
            at = head.find(sentence, start)
            text = sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0] + "…"
            yield Suggestion(
                field=Field.TITLE,
                value=text,
                label=text,
                confidence=0.5,
                reason=Reason.FIRST_LINE,
                evidence=(Span(Where.BODY, at, at + len(sentence)),),
            )
            return
        start = end + 1
