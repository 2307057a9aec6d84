"""With whom something is done, as people say it: read on folded text, in what sums a page up."""

from __future__ import annotations

import re

from commun.finding.analysis.words import fold

_SAYS = {
    "enfants": r"enfants?|ecoliers?|ecolieres?|collegiens?|periscolaire",
    "jeunes": r"jeunes?|jeunesse|lyceens?|lyceennes?|lycee|adolescents?|ados|etudiants?|moins de vingt-cinq ans",
    "aines": r"personnes agees|aines?|ainees?|seniors?|retraites?|retraitees?",
    "precaires": r"precarite|precaires?|pauvrete|minima sociaux|sans[- ]abri|sans domicile|fragilisees?",
    "handicap": r"handicap\w*|malvoyants?|sourds?|mobilite reduite",
    "elus": r"elus?|elues?|conseil municipal|conseillers? municipaux",
    "agents": r"agents?|agentes?|services municipaux|services techniques|professionnels?",
    "associations": r"associations?|associatifs?|associatives?|benevoles?",
    "agriculteurs": r"agriculteurs?|agricultrices?|paysans?|maraichers?|eleveurs?",
}
_PATTERNS = {name: re.compile(rf"\b(?:{says})\b") for name, says in _SAYS.items()}


def audiences_in(text: str) -> list[str]:
    """Values of `library.Audience`, in their order."""
    plain = fold(text)
    return [name for name, pattern in _PATTERNS.items() if pattern.search(plain)]
