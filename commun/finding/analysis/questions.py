"""What somebody typed, read once: words, and phrases in quotes. Never a query language: operators are words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commun.finding.analysis.words import fold, folded_words, root_of, words_in

LONGEST = 200
_MOST_TERMS = 12
_MOST_PHRASES = 3
_QUOTED = re.compile(r'"([^"]{2,})"|«([^«»]{2,})»|“([^“”]{2,})”')
# What hides, breaks a line or turns the direction of writing has no place in a search field.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word looked for: folded, its root, and as it was typed."""

    word: str
    root: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`text`: as to be shown again. `phrases`: folded words, single spaces; their words are among the terms."""

    text: str
    terms: tuple[Term, ...]
    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)


def read_question(typed: str, *, typing: bool = False) -> Question:
    """Whatever was typed, within bounds. `typing`: the last word may not be over, so that one of grammar ("chantier
    par") is kept, without a root."""
    text = " ".join(_UNSEEN.sub(" ", typed[: LONGEST * 2]).split())[:LONGEST].strip()
    words = folded_words(text)
    typed_as = {found.root: found.word for found in words_in(text)}
    terms = [Term(word, root, typed_as.get(root, word)) for word in words if (root := root_of(word))]
    unique = {term.root: term for term in reversed(terms)}
    kept = [term for term in terms if unique.get(term.root) is term][:_MOST_TERMS]
    if typing and kept and words[-1] and not root_of(words[-1]) and fold(typed).endswith(words[-1]):
        kept.append(Term(words[-1], "", words[-1]))
    quoted = (" ".join(folded_words("".join(filter(None, found)))) for found in _QUOTED.findall(text))
    phrases = tuple(dict.fromkeys(phrase for phrase in quoted if " " in phrase))[:_MOST_PHRASES]
    return Question(text=text, terms=tuple(kept), phrases=phrases)
