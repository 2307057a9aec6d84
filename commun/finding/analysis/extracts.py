"""The part of a text that answers, with its words marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from commun.finding.analysis.words import Written, normalised, words_in

_WIDE = 240
_EDGE = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `hit`: one of the words looked for."""

    text: str
    hit: bool


def marked(text: str, *, roots: Collection[str]) -> tuple[Piece, ...]:
    """The whole text, its words of these roots marked. Pieces put end to end give `normalised(text)`."""
    plain = normalised(text)
    return tuple(_pieces(plain, _hits(text, roots), 0, len(plain)))


def best_extract(text: str, *, roots: Collection[str], wide: int = _WIDE) -> tuple[Piece, ...]:
    """At most `wide` characters around the most different words looked for; nothing where there is none."""
    plain, hits = normalised(text), _hits(text, roots)
    if not hits:
        return ()
    best, most = hits[0], 0
    for number, first in enumerate(hits):
        seen = {one.root for one in hits[number:] if one.end <= first.start + wide - 2 * _EDGE}
        if len(seen) > most:
            best, most = first, len(seen)
    start = _word_start(plain, max(0, best.start - _EDGE))
    end = _word_end(plain, min(len(plain), start + wide))
    before, after = "… " if start else "", " …" if end < len(plain) else ""
    pieces = [Piece(before, hit=False), *_pieces(plain, hits, start, end), Piece(after, hit=False)]
    return tuple(piece for piece in pieces if piece.text)


def _hits(text: str, roots: Collection[str]) -> list[Written]:
    return [one for one in words_in(text) if one.root in roots]


def _pieces(plain: str, hits: list[Written], start: int, end: int) -> Iterator[Piece]:
    at = start
    for hit in hits:
        if at <= hit.start and hit.end <= end:
            if at < hit.start:
                yield Piece(plain[at : hit.start], hit=False)
            yield Piece(plain[hit.start : hit.end], hit=True)
            at = hit.end
    if at < end:
        yield Piece(plain[at:end], hit=False)


def _word_start(plain: str, at: int) -> int:
    """The beginning of the next word, unless the text starts there."""
    space = plain.find(" ", at, at + _EDGE) if at else -1
    return space + 1 if space >= 0 else at


def _word_end(plain: str, at: int) -> int:
    space = plain.rfind(" ", max(0, at - _EDGE), at) if at < len(plain) else -1
    return space if space >= 0 else at
