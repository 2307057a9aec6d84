"""What is asked, in plain words; every sentence is ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commun.common.spaces import typeset_text


class Answer(StrEnum):
    """In this order on every screen. The last one is an answer too."""

    YES = "a"
    RATHER = "b"
    RATHER_NOT = "c"
    NO = "d"
    UNKNOWN = "e"


ANSWERS: dict[Answer, str] = {
    Answer.YES: "Tout à fait",
    Answer.RATHER: "Plutôt",
    Answer.RATHER_NOT: "Plutôt pas",
    Answer.NO: "Pas du tout",
    Answer.UNKNOWN: "Je ne sais pas",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """`talk`: what to talk about where people do not see the same. `words`: what to look for in the library."""

    key: str
    title: str
    talk: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    key: str
    dimension: str
    text: str


def _typeset(*questions: str) -> tuple[str, ...]:
    return tuple(typeset_text(one) for one in questions)


DIMENSIONS: dict[str, Dimension] = {
    one.key: one
    for one in (
        Dimension(
            key="temps",
            title="Le temps",
            talk=_typeset(
                "Qui, parmi nous, coopère sur son temps libre, et combien de temps cela peut-il durer ?",
                "Que faudrait-il arrêter pour que ce temps existe ?",
            ),
            words="temps pour coopérer, moyens humains",
        ),
        Dimension(
            key="relations",
            title="Les relations",
            talk=_typeset(
                "Si l’une de nous changeait de poste demain, quel lien perdrions-nous ?",
                "Avec qui nous parlons-nous quand il n’y a rien à régler ?",
            ),
            words="confiance, liens entre collectivités",
        ),
        Dimension(
            key="comprehension",
            title="Comprendre ce que vit l’autre",
            talk=_typeset(
                "Que savons-nous des contraintes de l’autre, et de qui le tenons-nous ?",
                "Quand sommes-nous allés voir sur place pour la dernière fois ?",
            ),
            words="visite, comprendre les contraintes des autres",
        ),
        Dimension(
            key="decisions",
            title="Les décisions",
            talk=_typeset(
                "De nos trois dernières décisions, lesquelles ont vraiment été prises ensemble ?",
                "Qui n’était pas là, et comment l’a-t-il appris ?",
            ),
            words="décider ensemble, gouvernance partagée",
        ),
        Dimension(
            key="desaccords",
            title="Les désaccords",
            talk=_typeset(
                "Quel désaccord évitons-nous depuis des mois ?",
                "Qu’est-ce qui rendrait moins coûteux de dire non ?",
            ),
            words="désaccord, conflit, médiation",
        ),
        Dimension(
            key="information",
            title="L’information",
            talk=_typeset(
                "Où chercherait une nouvelle personne pour savoir où nous en sommes ?",
                "Qu’apprenons-nous toujours trop tard ?",
            ),
            words="partager l’information, compte rendu",
        ),
        Dimension(
            key="departs",
            title="Les départs",
            talk=_typeset(
                "Qu’est-ce qui n’est écrit nulle part et que seule une personne sait ?",
                "Comment accueillons-nous qui arrive en cours de route ?",
            ),
            words="transmission, départ, accueil des nouveaux",
        ),
    )
}

STATEMENTS: tuple[Statement, ...] = (
    Statement(
        key="t1", dimension="temps", text="Nous avons du temps prévu pour coopérer, et pas seulement ce qui reste."
    ),
    Statement(key="t2", dimension="temps", text="Nos responsables savent combien de temps cela demande."),
    Statement(
        key="t3", dimension="temps", text="Nous acceptons qu’une chose faite ensemble avance moins vite au début."
    ),
    Statement(key="r1", dimension="relations", text="Nous nous appelons sans attendre d’avoir un problème."),
    Statement(key="r2", dimension="relations", text="Nos liens ne reposent pas sur une seule personne."),
    Statement(
        key="r3", dimension="relations", text="Je peux dire que je n’y arrive pas sans que cela me soit reproché."
    ),
    Statement(key="c1", dimension="comprehension", text="Je sais ce qui rend le travail difficile chez les autres."),
    Statement(key="c2", dimension="comprehension", text="Les autres savent ce qui est difficile pour nous."),
    Statement(key="c3", dimension="comprehension", text="Nous employons les mêmes mots pour les mêmes choses."),
    Statement(key="d1", dimension="decisions", text="Je sais qui décide de quoi."),
    Statement(key="d2", dimension="decisions", text="Les plus petits pèsent dans les décisions comme les plus grands."),
    Statement(key="x1", dimension="desaccords", text="Quand nous ne sommes pas d’accord, nous en parlons entre nous."),
    Statement(
        key="x2", dimension="desaccords", text="On peut s’opposer à une idée sans mettre la coopération en danger."
    ),
    Statement(key="i1", dimension="information", text="J’apprends à temps ce qui me concerne."),
    Statement(key="i2", dimension="information", text="Je sais où trouver ce que nous avons déjà décidé et fait."),
    Statement(key="p1", dimension="departs", text="Si quelqu’un partait demain, le travail continuerait."),
    Statement(key="p2", dimension="departs", text="Qui arrive en cours de route trouve vite sa place."),
    Statement(key="p3", dimension="departs", text="On peut quitter cette coopération sans que ce soit un échec."),
)
