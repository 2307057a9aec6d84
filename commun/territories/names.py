"""How a place name is written for searching: one spelling for all the ways people type it.

Pure: the same function prepares the register's names and what somebody types.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

#: Words that people leave out, and that would make poor first words of a search ("Le Mans" is looked for under "mans").
_LINKING_WORDS = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur"),
)


def plain(text: str) -> str:
    """Lower case, without accents or ligatures; apostrophes, hyphens and the like become single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", letters.lower()).strip()


def search_form(text: str) -> str:
    """The spelling under which a name is indexed and looked for.

    Abbreviated saints are written out and linking words dropped, unless nothing else would remain ("Les", "Sur").
    """
    words = [_ABBREVIATIONS.get(word, word) for word in plain(text).split()]
    kept = [word for word in words if word not in _LINKING_WORDS]
    return " ".join(kept or words)


def search_keys(name: str) -> list[str]:
    """Every text by whose beginning a name may be found: the name, then the name from its second word, and so on.

    "Saint-Martin-d'Hères" gives "saint martin heres", "martin heres", "heres".
    """
    words = search_form(name).split()
    return [" ".join(words[start:]) for start in range(len(words))]
