"""Who writes: the organisation of the sender's domain, or the one that the signature names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.contributions.understanding.result import (
    Directory,
    Field,
    KnownOrganisation,
    Reason,
    Span,
    Suggestion,
    Where,
    Writing,
)
from commun.contributions.understanding.text import fold, plain_words

# Mailboxes anybody may open: they say nothing of who writes.
FREE_MAILBOXES = frozenset(
    """gmail.com googlemail.com orange.fr wanadoo.fr free.fr sfr.fr laposte.net hotmail.com hotmail.fr outlook.com
    outlook.fr live.fr live.com msn.com yahoo.fr yahoo.com bbox.fr neuf.fr numericable.fr icloud.com me.com mac.com
    proton.me protonmail.com gmx.fr gmx.com aol.com club-internet.fr aliceadsl.fr cegetel.net nordnet.fr
    mailo.com zaclys.net""".split()
)
_MOST_LINES = 30
_BODY = re.compile(
    r"\b(?:mairie|ville|commune|communaute (?:de communes|d'agglomeration|urbaine)|metropole|departement|conseil"
    r" (?:departemental|regional|municipal)|region|association|collectif|syndicat|agence|petr|parc naturel|ccas|cias"
    r"|centre social|mjc|universite|prefecture|sous-prefecture|fondation|federation|reseau|cooperative|scop|scic|petr"
    r"|etablissement public|office|institut|laboratoire|pole|tiers-lieu|cpie|caue|adcf|agglomeration|agglo)\b"
)


def read(writing: Writing, *, directory: Directory) -> tuple[list[Suggestion], KnownOrganisation | None]:
    """Suggestions, and the known organisation that is surest."""
    domain = sender_domain(writing.sender_address)
    lines = list(_lines(writing))
    known = directory(domain=domain, names=[line for line, _ in lines]) if domain or lines else ()
    found: list[Suggestion] = []
    surest: KnownOrganisation | None = None
    for one in known:
        if domain and one.domain == domain:
            found.append(_known(one, 0.9, Reason.DOMAIN, Span(Where.SENDER)))
            surest = surest or one
    for line, span in lines:
        for one in known:
            if plain_words(one.name) == plain_words(line):
                found.append(_known(one, 0.8, Reason.SIGNATURE, span))
                surest = surest or one
    if not found:
        found += [*_by_name(writing, lines)] or [*_by_author(writing)]
    once = {one.value or one.label: one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: -one.confidence), surest


def sender_domain(address: str) -> str:
    """Domain that belongs to somebody, without its "www."; "" for the mailboxes anybody may open."""
    domain = address.rpartition("@")[2].lower().removeprefix("www.")
    return "" if domain in FREE_MAILBOXES else domain


def _lines(writing: Writing) -> Iterator[tuple[str, Span]]:
    """Short lines of the signature, or the last ones of the body where nothing marks one."""
    where, text, offset = Where.SIGNATURE, writing.signature, 0
    if not text.strip():
        where, text = Where.BODY, writing.body
        offset = max(0, len(text) - 400)
        offset = text.find("\n", offset) + 1 if "\n" in text[offset:] else len(text)
    given = 0
    position = offset
    for line in text[offset:].split("\n"):
        for piece in re.finditer(r"[^|•·]+", line):
            bare = piece[0].strip(" \t,-–—*")
            if 3 < len(bare) <= 90 and given < _MOST_LINES:
                given += 1
                start = position + piece.start() + piece[0].find(bare)
                yield bare, Span(where, start, start + len(bare))
        position += len(line) + 1
    name = writing.sender_name.strip()
    if 3 < len(name) <= 90:
        yield name, Span(Where.SENDER)


def _by_name(writing: Writing, lines: list[tuple[str, Span]]) -> Iterator[Suggestion]:
    for line, span in lines:
        body = _BODY.search(fold(line))
        if body is None or "@" in line or "://" in line:
            continue
        name = re.split(r"\s[-–—]\s|,\s", line[body.start() :] if _has_role(line, body.start()) else line)[0].strip()
        yield Suggestion(
            field=Field.ORGANISATION,
            value="",
            label=name[:1].upper() + name[1:],
            confidence=0.6,
            reason=Reason.SIGNATURE,
            evidence=(span,),
        )
        return


def _by_author(writing: Writing) -> Iterator[Suggestion]:
    """Whoever wrote what somebody else forwards is credited: a body or a person, an editor knows."""
    name = " ".join(writing.sender_name.split())
    if writing.is_forwarded and 3 < len(name) <= 90 and "@" not in name:
        yield Suggestion(
            field=Field.ORGANISATION,
            value="",
            label=name,
            confidence=0.5,
            reason=Reason.FORWARDED,
            evidence=(Span(Where.SENDER),),
        )


def _has_role(line: str, at: int) -> bool:
    """« Secrétaire de mairie, … » and « Maire de la commune de … » begin with a role."""
    before = fold(line[:at]).strip()
    return bool(re.search(r"(?:,|-|a la|de la|du|au|pour la|,? a l'|de l')$", before))


def _known(one: KnownOrganisation, confidence: float, reason: Reason, span: Span) -> Suggestion:
    return Suggestion(
        field=Field.ORGANISATION,
        value=one.key,
        label=one.name,
        confidence=confidence,
        reason=reason,
        evidence=(span,),
    )
