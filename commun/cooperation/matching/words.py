"""French words made comparable: without case, accents, endings, nor the words that say nothing."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

# Nobody reads a need of fifty pages; a pasted one must not cost more than another.
MOST_READ = 200_000
_LONGEST = 40

_WORD = re.compile(r"[^\W_]{2,}")
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("’", "'"), ("‘", "'"), ("ʼ", "'"))
# Of grammar, of politeness, and of the trade: every need and every page has them.
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
    aide aider aidez avis besoin besoins cherche cherchent chercher cherchons conseils cordialement exemple exemples
    idee idees madame messieurs monsieur pistes recherche recherchons retour retours savoir souhaitait souhaite souhaiter
    souhaiterait souhaiterions souhaitons trouver voudrait voudrions voulons
    collectivite collectivites commune communes departement habitant habitants mairie municipal municipale municipalite
    projet projets territoire territoires ville village demarche demarches action actions mettre place
    """.split()
)
_lock = threading.Lock()
_french = Stemmer.Stemmer("french", 0)


def fold(text: str) -> str:
    """Lower case, without accents nor ligatures, plain apostrophes."""
    text = text[:MOST_READ].casefold()
    if text.isascii():
        return text
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


@lru_cache(maxsize=100_000)
def root_of(word: str) -> str:
    """What the forms of a folded word share; empty for one that says nothing.

    Accents go before endings do: a need typed in capitals must find what was written with care.
    """
    if word in _EMPTY or word.isdigit():
        return ""
    with _lock:  # the stemmer keeps its word in itself
        return str(_french.stemWord(re.sub("ees?$", "e", word[:_LONGEST])))


def roots_in(text: str) -> Iterator[str]:
    """The root of each word that says something, in order."""
    return filter(None, map(root_of, _WORD.findall(fold(text))))


def spellings_in(text: str) -> dict[str, str]:
    """Each root with the word as it was first written."""
    found: dict[str, str] = {}
    for word in _WORD.findall(unicodedata.normalize("NFKC", text[:MOST_READ].replace("’", "'"))):
        for root in roots_in(word):
            found.setdefault(root, word.lower())
    return found
