"""When something is of most use to a collectivité, as people say it: read on folded text, in what sums a page up."""

from __future__ import annotations

import re

from commun.finding.analysis.words import fold

# What only asks why, what to expect, whether; how to get ready; how to go on; how to get out of a hole.
_SAYS = {
    "idea": r"pourquoi|par (?:ou|quoi) commencer|(?:se|nous|vous) lancer|premiers? (?:pas|gestes?)|donner envie|"
    r"envie de|s'inspirer|inspirations?|decouvrir|comprendre|convaincre|commencer|avant de se decider|tour d'horizon|"
    r"panorama|temoign\w+|se raconter|ont appris|a quoi (?:bon|cela sert)|vous hesitez",
    "preparing": r"prepar\w+|organiser|mode d'emploi|pas a pas|etapes|deroules?|calendriers?|cahiers? des charges|"
    r"modeles?(?: a remplir)? d(?:e|'un|'une)|listes? d[e']|papiers a signer|rediger|monter (?:un|une|son|le|la)|"
    r"concevoir|lancer (?:un|une|son|le|la)|choisir (?:une|la|sa) methode|retroplanning|budget previsionnel|"
    r"(?:convention|deliberation|reglement) types?|avant (?:meme )?d(?:e|'ouvrir|'inviter)",
    "doing": r"anim(?:er|ation|ations)|faire vivre|au quotidien|suivre|suivi|evalu(?:er|ation)|mesurer|ajuster|"
    r"en cours|gerer|entretenir|accompagner|rendre compte|tenir le rythme|construisent|font vivre|essaient|"
    r"bilan d'etape",
    "stuck": r"(?:de)?bloqu\w+|relanc\w+|surmonter|essouffl\w+|coince\w*|en panne|renouer|reprendre confiance|"
    r"ne (?:vien\w+|repond\w+|particip\w+) (?:pas|plus)|reticen\w+|absents|echecs?|conflits?|desaccords?|"
    r"lever les freins|apaiser|sortir d(?:e l'impasse|'un)|quand (?:plus rien|rien ne)|mal partie?s?",
}
_PATTERNS = {name: re.compile(rf"\b(?:{says})\b") for name, says in _SAYS.items()}


def stage_in(text: str) -> str:
    """A value of `library.Stage`: the one that the text says most often; none where two are said as often."""
    plain = " ".join(fold(text).split())
    said = {name: len(pattern.findall(plain)) for name, pattern in _PATTERNS.items()}
    most = max(said.values())
    first, *others = [name for name, times in said.items() if times == most]
    return "" if others else first
