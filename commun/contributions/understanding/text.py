"""Folding that keeps positions: what is found in the folded text is where it was in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SPACES = dict.fromkeys(map(ord, "\xa0\u202f\u2007\u2009\t"), " ")
_QUOTES = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'"}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


LONGEST_WORD = 60
LONGEST_GAP = 60
_TOO_LONG = re.compile(rf"[^\W_]{{{LONGEST_WORD + 1},}}|\s{{{LONGEST_GAP + 1},}}")


def readable(text: str) -> str:
    """What expressions are given: no word is longer than sixty letters, no gap than sixty spaces.

    A word that goes on is the name of nothing, and every expression that looks for a name would begin again at each of
    its letters. The rest of it is underlined, so that nothing moves.
    """
    return _TOO_LONG.sub(lambda found: found[0][:LONGEST_WORD] + "_" * (len(found[0]) - LONGEST_WORD), text)


def fold(text: str) -> str:
    """Lower case without accents, plain apostrophes, spaces and dashes: one character for each, none moved."""
    return "".join(map(_fold_one, text.translate({**_SPACES, **_QUOTES, **_DASHES})))


def _fold_one(letter: str) -> str:
    if letter < "\x80":
        return letter.lower()
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


@dataclass(frozen=True, slots=True)
class Word:
    """`plain` is the comparable spelling; `text` as it was written."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def words_of(text: str) -> list[Word]:
    return [Word(m[0], plain_word(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def plain_word(word: str) -> str:
    """Without accents nor ligatures, abbreviated saints written out."""
    lower = word.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return _SAINTS.get(bare, bare)


def plain_words(text: str) -> tuple[str, ...]:
    return tuple(plain_word(m[0]) for m in _WORD.finditer(text))


def stem(word: str) -> str:
    """Singular and plural, masculine and feminine of a French word as one; crude, and enough to compare two."""
    for ending, root in (("aux", "al"), ("elles", "el"), ("euses", "eur"), ("ees", "e"), ("es", ""), ("ee", "e")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + root
    return word[:-1] if len(word) > 3 and word[-1] in "sxe" else word
