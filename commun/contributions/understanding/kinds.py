"""What a message is, by the words people use when they give, announce, need or ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.contributions.understanding.result import Field, Nature, Reason, Span, Suggestion, Where, Writing
from commun.contributions.understanding.text import fold

MOST_READ = 6000
# Words, and how much they say. In the subject they count double; the same expression counts once.
_CUES: dict[Nature, tuple[tuple[str, float], ...]] = {
    Nature.UNSUBSCRIBE: (
        (r"desabonne|desinscri(?:re|vez|ption)|unsubscribe", 5),
        (r"(?:ne|plus) (?:souhaite|desire|veux|voudrais)[a-z]* (?:plus |pas )?(?:recevoir|etre destinataire)", 5),
        (r"(?:retire[rz]?|enleve[rz]?|supprime[rz]?|ote[rz])[^.\n]{0,40}(?:liste|adresse|destinataires|envois)", 4),
        (r"arrete[rz]? (?:de m'envoyer|les envois|cet envoi)|stop\s*$", 4),
    ),
    Nature.PROPOSAL: (
        (r"propos[a-z]*[^.\n]{0,40}(?:theme|thematique|sujet)", 5),
        (r"(?:idee|suggestion)s? de (?:theme|thematique|sujet|numero)", 5),
        (r"(?:consacrer|dedier)[^.\n]{0,30}(?:numero|lettre|theme)", 5),
        (r"(?:prochaine?s?|futurs?|future) (?:thematique|theme|numero)s?[^.\n]{0,30}(?:sur|pourrait|autour|consacre|porter)", 3),
        (r"(?:theme|thematique)[^.\n]{0,40}(?:meriterait|pourrait|a traiter|a aborder|interessant)", 3),
        (r"(?:aborder|traiter) (?:le sujet|la question|le theme|la thematique)", 2),
    ),
    Nature.NEED: (
        (r"(?:nous|je|on|commune|equipe|mairie) (?:re)?cherch(?:ons|e|ent)\b(?! (?:a recruter|un stagiaire|notre futur))", 4),
        (r"(?:avons|ai|aurions|aurais|a) (?:bien |grand )?besoin", 4),
        (r"besoin (?:d'aide|de conseils?|d'un|de retours?|d'accompagnement|d'exemples?|d'appui)", 4),
        (r"(?:quelqu'un|une (?:autre )?(?:commune|collectivite)|d'autres (?:communes|collectivites)|qui)[^.\n?]{0,30}"
         r"(?:a-t-il|a-t-elle|aurai[a-z]*|ont-elles|a deja|ont deja|pourrai[a-z]*)", 4),
        (r"(?:en quete|a la recherche) d[e']", 4),
        (r"(?:preneu(?:rs?|ses?)|demandeu(?:rs?|ses?)) (?:de|d')", 3),
        (r"(?:manqu(?:ons|e)|peinons|n'arrivons pas|ne savons pas|sommes bloques|difficultes? a)", 2),
        (r"\bbesoins?\b", 1),
        (r"appel a l'aide|coup de main|un coup de pouce|cherche (?:des )?(?:retours|conseils|exemples|temoignages|contacts)", 3),
    ),
    Nature.NEWS: (
        (r"recrut(?:e|ons|ement|er)|offre d'emploi|poste a pourvoir|fiche de poste|\bcdd\b|\bcdi\b|apprenti|stage de", 5),
        (r"appels? a (?:projets?|manifestation|candidatures?|initiatives|participation)|\bami\b", 4),
        (r"(?:lance|lancement|ouvre|ouverture)[^.\n]{0,30}(?:candidature|programme|plateforme|dispositif|edition|concours|site)", 3),
        (r"vient de (?:paraitre|sortir|publier|lancer)|parution|communique de presse|laureat|prix [a-z]+ 20\d\d", 3),
        (r"(?:avons|a) le plaisir de (?:vous )?(?:annoncer|informer)|\bannonce\b|actualite", 2),
        (r"a rejoint|nouvelle (?:equipe|directrice|presidente)|nouveau (?:directeur|president|site|service)", 2),
        (r"\bsalon\b", 1),
    ),
    Nature.EVENT: (
        (r"webinaires?|webinar|visioconference", 3),
        (r"(?:vous )?(?:invit(?:ons|e|er|ation)|convi(?:ons|e))\b", 3),
        (r"(?:rencontres?|journees?|ateliers?|conferences?|colloques?|seminaires?|forums?|assises|table ronde"
         r"|cafe[- ]debat|soiree|reunion publique|formation|visite|festival|universite d'ete|rendez-vous|matinee)\b", 2),
        (r"(?:aura|auront) lieu|se (?:tiendra|deroulera|tient)|s'inscrire|inscriptions?\b|rendez-vous le|save the date", 3),
        (r"(?:a vos agendas|date a retenir|programme de la (?:journee|matinee)|places limitees|entree libre)", 3),
    ),
    Nature.QUESTION: (
        (r"(?:pourri(?:ez|ons)|pouvez|puis|peut|savez)[- ](?:vous|je|on|nous)[^.\n]{0,120}\?", 2),
        (r"(?:est-ce que|comment|quand|quel(?:le)?s?|ou|combien|pourquoi)[^.\n]{0,120}\?", 2),
        (r"(?:une|ma|notre|petite) question|je (?:souhaite|souhaiterais|voudrais|aimerais) savoir|savoir si|m'indiquer", 3),
        (r"(?:remarque|erreur|coquille|lien (?:mort|casse|qui ne)|ne fonctionne (?:pas|plus)|changement d'adresse)", 3),
        (r"merci (?:pour|de) (?:votre|cette|la) (?:lettre|numero|travail)", 2),
    ),
    Nature.RESOURCE: (
        (r"(?:retour|partage) d'experience|notre experience|experience (?:de|menee|conduite)", 3),
        (r"(?:guide|fiche|kit|boite a outils|mode d'emploi|livret|brochure|cahier|rapport|etude|article|tutoriel|podcast"
         r"|film|video|diaporama|modele de|trame|methode|bilan|evaluation|temoignage)s?\b", 2),
        (r"(?:nous|la commune|la ville|l'agglomeration|elle|on) (?:avons|a|ont) (?:mis en place|cree|lance|experimente"
         r"|conduit|mene|realise|organise|redige|publie|monte|ouvert|amenage|reuni|tire|associe)", 3),
        (r"(?:partag(?:er|e|ons)|transmet(?:s|tons|tre)|envo(?:ie|yons|yer)|adress(?:e|ons|er)|joins)"
         r"[^.\n]{0,60}(?:ressource|document|guide|fiche|lien|experience|bilan|photo|article|kit|video)", 3),
        (r"ci-joint|en piece jointe|piece[s-]* jointe|\bressources?\b|consultable|telechargeable|a lire", 2),
        (r"budget participatif|conseil citoyen|tiers[- ]lieu|jardin partage|convention citoyenne", 1),
    ),
}  # fmt: skip
_COMPILED = {nature: tuple((re.compile(p, re.MULTILINE), w) for p, w in cues) for nature, cues in _CUES.items()}
_CERTAIN = 6.0
_MOST_SPANS = 6


def read(writing: Writing, *, sessions: int) -> Iterator[Suggestion]:
    """`sessions`: how many dates to come were found."""
    subject, body = fold(writing.subject)[:500], fold(writing.body)[:MOST_READ]
    scores: dict[Nature, float] = {}
    spans: dict[Nature, list[Span]] = {}
    for nature, cues in _COMPILED.items():
        found, score = [], 0.0
        for pattern, weight in cues:
            if (inside := pattern.search(subject)) is not None:
                score += 2 * weight
                found.append(Span(Where.SUBJECT, inside.start(), inside.end()))
            elif (inside := pattern.search(body)) is not None:
                score += weight
                found.append(Span(Where.BODY, inside.start(), inside.end()))
        scores[nature], spans[nature] = score, found
    _weigh(scores, sessions=sessions, length=len(body), hint=writing.hint, links="://" in body)
    best, *others = sorted(scores, key=lambda nature: (-scores[nature], list(Nature).index(nature)))
    if scores[best] <= 0:
        return
    margin = (scores[best] - scores[others[0]]) / scores[best]
    reason = Reason.WORDS if spans[best] else Reason.MAILBOX
    yield Suggestion(
        field=Field.KIND,
        value=best.value,
        label="",
        confidence=min(0.95, 0.4 + 0.3 * margin + 0.3 * min(1.0, scores[best] / _CERTAIN)),
        reason=reason,
        evidence=tuple(spans[best][:_MOST_SPANS]),
    )


def _weigh(scores: dict[Nature, float], *, sessions: int, length: int, hint: Nature | None, links: bool) -> None:
    """What words alone do not say."""
    if sessions:
        scores[Nature.EVENT] += 3
    else:
        scores[Nature.EVENT] *= 0.5  # an event without a date to come is an experience that is told
    if length > 600:
        scores[Nature.UNSUBSCRIBE] *= 0.4  # whoever leaves is brief; a letter that is forwarded has such a line
        scores[Nature.QUESTION] *= 0.6
    if links:
        scores[Nature.RESOURCE] += 1
    if hint is not None:
        scores[hint] += 1.5
