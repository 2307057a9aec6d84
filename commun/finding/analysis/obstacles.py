"""What gets in the way, as people say it: a lexicon of « freins », read on folded text.

Each has expressions that say it anywhere, and names that say it only where obstacles are what is talked about (the
constraints of a need, what did not work). It does not read negations: « le budget n'a pas posé problème » names one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from commun.finding.analysis.words import fold


class Obstacle(StrEnum):
    TIME = "time"
    BUDGET = "budget"
    ELECTED = "elected"
    TURNOUT = "turnout"
    TEAM = "team"
    SKILLS = "skills"
    CONFLICT = "conflict"
    TRUST = "trust"
    LASTING = "lasting"
    LAND = "land"
    RULES = "rules"
    DISTANCE = "distance"

    @property
    def label(self) -> str:
        return _LEXICON[self].label


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    says: re.Pattern[str]
    names: re.Pattern[str]


_LACK = r"(?:manqu\w+|pas|peu|faute|sans|aucune?) (?:assez |beaucoup |vraiment )?(?:de |d'|le |la |les |l'|du |des )?"
_FEW = r"\W+(?:\w+\W+){0,4}?"


def _entry(label: str, *, says: str, names: str) -> _Entry:
    return _Entry(label, re.compile(rf"\b(?:{says})\b"), re.compile(rf"\b(?:{says}|{names})\b"))


_LEXICON: dict[Obstacle, _Entry] = {
    Obstacle.TIME: _entry(
        "le manque de temps",
        says=rf"{_LACK}(?:temps|disponibilites?)|chronophages?|(?:prend|prendre|prenait|demande) trop de temps|"
        r"trop longs?|trop longues?|debord(?:es?|ees?)|delais? (?:tres |trop )?(?:courts?|serres?)|"
        r"calendrier (?:tres |trop )?serre",
        names=r"temps|delais?|calendriers?|disponibilites?|horaires?",
    ),
    Obstacle.BUDGET: _entry(
        "le budget",
        says=rf"{_LACK}(?:budgets?|moyens|argent|credits?|financements?|subventions?)|trop (?:chere?s?|couteu\w+)|"
        r"(?:petits?|faibles?|maigres?|tout petit) (?:budgets?|moyens)|budgets? (?:serres?|limites?|contraints?|modestes?)",
        names=r"budgets?|couts?|financements?|subventions?|argent|cotisations?",
    ),
    Obstacle.ELECTED: _entry(
        "des élus réticents",
        says=rf"(?:elus?|elues?|maires?|conseil municipal|majorite|adjointe?s?){_FEW}"
        r"(?:reticen\w+|frileu\w+|oppos\w+|sceptiqu\w+|hesit\w+|mefi\w+|pas convaincu\w*|craign\w+|ont peur|a peur|contre)|"
        rf"(?:convaincre|rassurer|embarquer|reticen\w+){_FEW}(?:elus?|elues?|maires?|conseil municipal|adjointe?s?)|"
        r"(?:portage|volonte|soutien) politique",
        names=r"elus?|elues?|reticences?",
    ),
    Obstacle.TURNOUT: _entry(
        "des habitants qui ne viennent pas",
        says=r"(?:ne|n') ?(?:vien\w+|particip\w+|mobilis\w+|repond\w+|attir\w+|interess\w+)\W+(?:\w+\W+)?(?:pas|plus|guere|jamais|personne)|"
        r"ne se (?:deplace\w*|mobilise\w*|sent\w*)\W+(?:pas|plus|guere)|personne ne (?:vien\w+|participe\w*|se deplace)|"
        r"toujours les memes|(?:salles?|reunions?) vides?|faire venir|(?:peu|manqu\w+|pas assez) de "
        r"(?:monde|participants?|participation|mobilisation|visiteurs|public|volontaires|benevoles)|"
        r"faible (?:participation|mobilisation|affluence)|pas attire|"
        rf"mobiliser{_FEW}(?:habitant\w*|gens|jeunes|citoyen\w*|parents|familles|voisins)",
        names=r"participation|mobilisation|affluence|frequentation",
    ),
    Obstacle.TEAM: _entry(
        "une petite équipe",
        says=rf"{_LACK}(?:agents?|personnels?|bras|equipe|effectifs?|services? techniques?|ingenierie)|sous-effectif|"
        r"(?:petite|toute petite|seule) equipe|(?:un|une) seule? (?:agente?|secretaire|personne|employee?)|"
        r"(?:agente?|secretaire)(?: de mairie)? (?:a mi-temps|a temps partiel|seule?)",
        names=r"agente?s?|equipes?|effectifs?|personnels?|recrutements?|secretaires?",
    ),
    Obstacle.SKILLS: _entry(
        "le manque de compétences",
        says=rf"{_LACK}(?:competences?|savoir-faire|ingenierie|expertise|formations?|methodes?)|"
        r"(?:ne|n') ?(?:sait|savons|savent|savions|savaient)\W+pas|sans savoir par|par (?:ou|quel bout) commencer|"
        r"pas formee?s?|(?:n'avons|n'a|n'ont) jamais (?:fait|organise|anime|tenu|mene)",
        names=r"competences?|ingenierie|formations?|methodes?|technicite",
    ),
    Obstacle.CONFLICT: _entry(
        "un conflit",
        says=r"conflits?|conflictuel\w*|tensions?|disputes?|opposants?|crispations?|coleres?|petition contre|"
        r"(?:dialogue|debat) (?:rompu|bloque|impossible)|camps? opposes?",
        names=r"desaccords?|blocages?|oppositions?|voisinage",
    ),
    Obstacle.TRUST: _entry(
        "la défiance",
        says=r"defiance|mefian\w+|(?:perdre|perdu|perte de|manque de|use|usent|redonner|retablir) (?:la )?confiance|amertume|"
        r"deceptions?|decue?s?|lassitude|promesses? (?:non tenue|pas tenue|floue)s?|n'y croi\w+ plus",
        names=r"confiance|reticences? des habitants",
    ),
    Obstacle.LASTING: _entry(
        "l’essoufflement",
        says=r"essouffl\w+|epuis\w+|(?:tenir|durer|perenniser|faire durer|inscrire)\W+(?:\w+\W+){0,2}?(?:duree|temps long)|"
        r"ne dure\w* pas|faire durer|perenniser|departs? de\W+(?:\w+\W+){0,3}?(?:agent\w*|elu\w*|benevole\w*|porteur\w*)|"
        r"a renouveler|retombe\w*|sans suite",
        names=r"duree|perennite|suivi|releve|motivation",
    ),
    Obstacle.LAND: _entry(
        "le foncier et les locaux",
        says=rf"foncier|fonciere?s?|{_LACK}(?:terrains?|local|locaux|salles?|lieux?)|"
        r"proprietaires? (?:refuse\w*|prives?|absents?)|indivision",
        names=r"terrains?|parcelles?|locaux|emplacements?",
    ),
    Obstacle.RULES: _entry(
        "les règles et les responsabilités",
        says=r"cadre juridique|procedures? juridiques?|juridiquement|reglementa\w+|assurances?|marches? publics?|"
        r"normes|autorisations?|responsabilite (?:civile|juridique|en cas)|qui repond d'un|plan local d'urbanisme|plui|"
        r"regles superieures",
        names=r"responsabilites?|reglements?|securite|normes?|procedures?|regles",
    ),
    Obstacle.DISTANCE: _entry(
        "l’éloignement",
        says=rf"{_LACK}(?:transports?|bus|voiture)|trop loin|eloign\w+|a l'ecart|enclave\w*",
        names=r"distances?|transports?|trajets?|deplacements?",
    ),
}


def said_in(text: str) -> frozenset[Obstacle]:
    """What a text says gets in the way."""
    plain = _plain(text)
    return frozenset(one for one, entry in _LEXICON.items() if plain and entry.says.search(plain))


def named_in(text: str) -> frozenset[Obstacle]:
    """What is named in a text that speaks of obstacles."""
    plain = _plain(text)
    return frozenset(one for one, entry in _LEXICON.items() if plain and entry.names.search(plain))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
