"""Why a text answers: the part of it that does, with its words marked; else what else found it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from commun.finding.analysis.words import Written, normalised, words_in

_WIDE = 240
_EDGE = 40
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `root`: of the word looked for that it is, if it is one."""

    text: str
    root: str = ""

    @property
    def hit(self) -> bool:
        return bool(self.root)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is shown of an answer. `extract`: what its title and summary do not say; `named`: what none of these says,
    by the name of the field it stands in."""

    title: Sequence[Piece]
    summary: Sequence[Piece]
    extract: Sequence[Piece]
    named: Sequence[tuple[str, Sequence[Piece]]]


def tell(
    *, title: str, summary: str, body: str, named: Iterable[Sequence[str]], sought: Collection[Collection[str]]
) -> Told:
    """`sought`: for each word that was asked, the roots that answer it. `named`: pairs of a field's name and its words.

    A word that the answer has is marked at least once, `_MOST_NAMED` fields being named at most.
    """
    roots = frozenset(root for group in sought for root in group)
    head, lead = marked(title, roots=roots), marked(summary, roots=roots)
    missing = _unsaid(sought, (*head, *lead))
    extract = best_extract(body, roots=roots, wanted=_all(missing)) if missing else ()
    missing = _unsaid(missing, extract)
    found: list[tuple[str, Sequence[Piece]]] = []
    for label, text in named:
        if not missing or len(found) == _MOST_NAMED:
            break
        if pieces := best_extract(text, roots=roots, wanted=_all(missing)):
            found.append((label, pieces))
            missing = _unsaid(missing, pieces)
    return Told(title=head, summary=lead, extract=extract, named=found)


def marked(text: str, *, roots: Collection[str]) -> tuple[Piece, ...]:
    """The whole text, its words of these roots marked. Pieces put end to end give `normalised(text)`."""
    plain = normalised(text)
    return tuple(_pieces(plain, _hits(text, roots), 0, len(plain)))


def best_extract(
    text: str, *, roots: Collection[str], wanted: Collection[str] | None = None, wide: int = _WIDE
) -> tuple[Piece, ...]:
    """At most `wide` characters around the most different `wanted` words (all of `roots` by default), with every word
    of `roots` marked; nothing where there is none."""
    plain, marks = normalised(text), _hits(text, roots)
    hits = marks if wanted is None else [one for one in marks if one.root in wanted]
    if not hits:
        return ()
    best, most = hits[0], 0
    for number, first in enumerate(hits):
        seen = {one.root for one in hits[number:] if one.end <= first.start + wide - 2 * _EDGE}
        if len(seen) > most:
            best, most = first, len(seen)
    start = _word_start(plain, max(0, best.start - _EDGE))
    end = max(best.end, _word_end(plain, min(len(plain), start + wide)))
    before, after = "… " if start else "", " …" if end < len(plain) else ""
    pieces = [Piece(before), *_pieces(plain, marks, start, end), Piece(after)]
    return tuple(piece for piece in pieces if piece.text)


def _all(groups: Iterable[Collection[str]]) -> frozenset[str]:
    return frozenset(root for group in groups for root in group)


def _unsaid(sought: Iterable[Collection[str]], pieces: Iterable[Piece]) -> list[Collection[str]]:
    said = {piece.root for piece in pieces if piece.root}
    return [group for group in sought if said.isdisjoint(group)]


def _hits(text: str, roots: Collection[str]) -> list[Written]:
    return [one for one in words_in(text) if one.root in roots]


def _pieces(plain: str, hits: list[Written], start: int, end: int) -> Iterator[Piece]:
    at = start
    for hit in hits:
        if at <= hit.start and hit.end <= end:
            if at < hit.start:
                yield Piece(plain[at : hit.start])
            yield Piece(plain[hit.start : hit.end], hit.root)
            at = hit.end
    if at < end:
        yield Piece(plain[at:end])


def _word_start(plain: str, at: int) -> int:
    """The beginning of the next word, unless the text starts there."""
    space = plain.find(" ", at, at + _EDGE) if at else -1
    return space + 1 if space >= 0 else at


def _word_end(plain: str, at: int) -> int:
    space = plain.rfind(" ", max(0, at - _EDGE), at) if at < len(plain) else -1
    return space if space >= 0 else at
