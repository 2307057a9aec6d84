"""French words made comparable: without case, accents, elisions, endings, nor the words that say nothing.

One reading for everything that compares texts: what is looked for on the site, what a need resembles, what was given twice.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from commun.finding.analysis.verbs import infinitives

# Nobody reads a text of fifty pages; a pasted one must not cost more than another.
MOST_READ = 200_000
_LONGEST = 40

_WORD = re.compile(r"[^\W_]{2,}")
# As `folded_words` reads: letters that become two (œ), and those with accents that have no character of their own.
_WRITTEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_WRITTEN_OR_THOUSANDS = re.compile(rf"\d+(?:[ \u00a0\u202f]\d{{3}})+(?!\d)|{_WRITTEN.pattern}")
# What is read alike and must be shown as it was written: spaces that do not break, m², three points.
_OF_WORDS = re.compile("[^\u00a0\u202f²³…]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("’", "'"), ("‘", "'"), ("ʼ", "'"))
# Thousands are written with spaces of all widths; 1 000 and 1000 are one number.
_THOUSANDS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
# Of grammar and of politeness: nobody looks for them.
_EMPTY = frozenset(
    """
    ai aie ait as au aucun aucune aujourd auquel aussi autre autres aux avaient avait avant avec avez avoir avons ayant
    beaucoup bien bonjour car ce ceci cela celle celles celui cent cependant ces cet cette ceux chacun chaque chez ci
    comme comment contre dans de deja depuis des deux devons devrait dire dix doit donc dont du eh elle elles en encore
    entre es est et etaient etait etant ete etes etre eu eux fait faire faisons fait faits font faut hui il ils
    jamais je jusqu la le les leur leurs lorsque lui ma mais me meme memes merci mes moi moins mon mieux ne ni nos notre
    nous on ont ou oui par parce pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourrait pouvoir pouvons
    pres puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi rien sa sans se sera serait ses
    seulement si soit sommes son sont sous souvent sur ta tant te tel telle tels tes toi ton tous tout toute toutes
    toujours tres trop trois tu un une va vers veut vos votre vous vraiment vu
    """.split()
)
# Of the trade: every need and every page has them. Somebody may type one; two texts that share one share nothing.
_OF_THE_TRADE = frozenset(
    """
    aide aider aidez avis besoin besoins cherche cherchent chercher cherchons conseils cordialement exemple exemples
    idee idees madame messieurs monsieur pistes recherche recherchons retour retours savoir souhaitait souhaite souhaiter
    souhaiterait souhaiterions souhaitons trouver voudrait voudrions voulons
    collectivite collectivites commune communes departement habitant habitants mairie municipal municipale municipalite
    projet projets territoire territoires ville village demarche demarches action actions mettre place
    """.split()
)
_lock = threading.Lock()
_french = Stemmer.Stemmer("french", 0)
_INFINITIVES = infinitives()


def fold(text: str) -> str:
    """Lower case, without accents nor ligatures, plain apostrophes."""
    text = text[:MOST_READ].casefold()
    if text.isascii():
        return text
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


def _one_number(found: re.Match[str]) -> str:
    first, *_ = parts = _SPACES.split(found[0])
    return "".join(parts) if len(first) <= 3 else found[0]


def folded_words(text: str) -> list[str]:
    """Every word of a text, folded, in order: also those that say nothing."""
    joined = _THOUSANDS.sub(_one_number, text[:MOST_READ])
    return [_ABBREVIATED.get(word, word) for word in _WORD.findall(fold(joined))]


@lru_cache(maxsize=100_000)
def root_of(word: str) -> str:
    """What the forms of a folded word share, a number being its own; empty for a word of grammar.

    Accents go before endings do: what was typed in capitals must find what was written with care.
    """
    if word in _EMPTY:
        return ""
    if word.isdigit():
        return word[:_LONGEST]
    word = _INFINITIVES.get(word, word[:_LONGEST])
    with _lock:  # the stemmer keeps its word in itself
        return str(_french.stemWord(re.sub("ees?$", "e", word)))


def says_something(word: str) -> bool:
    """Whether two texts that share this folded word have something in common."""
    return word not in _OF_THE_TRADE and not word.isdigit()


def searched_roots(text: str) -> Iterator[str]:
    """The root of each word that somebody may look for, in order."""
    return filter(None, map(root_of, folded_words(text)))


def roots_in(text: str) -> Iterator[str]:
    """The root of each word that says something of a text, in order."""
    return filter(None, map(root_of, filter(says_something, folded_words(text))))


def spellings_in(text: str) -> dict[str, str]:
    """Each root of `roots_in` with the word as it was first written."""
    return {found.root: found.word.lower() for found in reversed(list(words_in(text))) if found.says_something}


@dataclass(frozen=True, slots=True)
class Written:
    """A word where it stands: `text[start:end]` of the normalised text."""

    word: str
    root: str
    start: int
    end: int
    says_something: bool


def normalised(text: str) -> str:
    """The same text with each letter and its accents as one character: what `words_in` counts in."""
    return _OF_WORDS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text[:MOST_READ])


def words_in(text: str) -> Iterator[Written]:
    """Words of a text that have a root, with their places in `normalised(text)`; "1 000" is one."""
    plain_text = normalised(text).replace("’", "'")
    for found in _WRITTEN_OR_THOUSANDS.finditer(plain_text):
        whole = not _SPACES.search(found[0]) or len(folded_words(found[0])) == 1
        parts = [found] if whole else _WRITTEN.finditer(plain_text, found.start(), found.end())
        for part in parts:
            for plain in folded_words(part[0]):
                if root := root_of(plain):
                    yield Written(part[0], root, part.start(), part.end(), says_something(plain))
