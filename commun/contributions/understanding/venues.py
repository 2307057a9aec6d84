"""Where exactly: the room and the street that are written after « Lieu : », and whether it is on line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where, Writing
from commun.contributions.understanding.text import fold

MOST_READ = 20_000
_LABEL = re.compile(
    r"^[ \t*•-]*(?:lieu(?: de (?:la |l')?[a-z]+)?|ou|adresse|rendez-vous)[ *]*:[ *]*(?P<place>\S.{2,150})$",
    re.MULTILINE,
)
_AT = re.compile(
    r"(?:\b(?:a|dans|en) |(?:[\dh]|heures|midi|minuit),\s+)(?P<place>(?:la |l'|le )?(?:salle|hotel de ville|mairie|espace|maison|mediatheque|bibliotheque|centre"
    r"|theatre|cinema|gymnase|amphitheatre|auditorium|halle|tiers-lieu|foyer|ferme|ecole|musee|prefecture)\b[^.,;:!?()\n]{0,70}"
    r"(?:, *\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|place|boulevard|bd|chemin|route|allee|impasse|quai|cours|square|passage)\b[^.,;:!?()\n]{0,60})?)"
)
_ONLINE = re.compile(
    r"\b(?:en ligne|en visio(?:conference)?|a distance|en distanciel|webinaire|webinar|visioconference|par zoom|sur zoom"
    r"|sur teams|format hybride)\b"
)
_STOP = re.compile(r"\s+(?:le|du|de \d|les|a \d|pour|afin|ou|qui|et (?:nous|vous)|a partir|entre|des \d|aura|avec) .*$")


def read(writing: Writing) -> Iterator[Suggestion]:
    body = fold(writing.body[:MOST_READ])
    if (found := _LABEL.search(body)) is not None and not _ONLINE.match(found["place"]):
        yield _place(writing.body, found.start("place"), found.end("place"), 0.85)
    elif (found := _AT.search(body)) is not None:
        words = _STOP.sub("", found["place"])
        yield _place(writing.body, found.start("place"), found.start("place") + len(words), 0.6)
    for where, text in ((Where.SUBJECT, fold(writing.subject)), (Where.BODY, body)):
        if (found := _ONLINE.search(text)) is not None:
            yield Suggestion(
                field=Field.ONLINE,
                value=True,
                label="en ligne",
                confidence=0.8,
                reason=Reason.WORDS,
                evidence=(Span(where, found.start(), found.end()),),
            )
            return


def _place(body: str, start: int, end: int, confidence: float) -> Suggestion:
    words = body[start:end].strip(" *.,")
    return Suggestion(
        field=Field.PLACE,
        value=words,
        label=words,
        confidence=confidence,
        reason=Reason.WORDS,
        evidence=(Span(Where.BODY, start, start + len(words)),),
    )
