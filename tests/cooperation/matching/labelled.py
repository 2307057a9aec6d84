"""Needs as collectivités write them, invented, and what of the demonstration's library an editor would join to each.

Labels were written from the library alone, before any ranking was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from commun.cooperation.matching import NeedText, Place
from commun.demo.content.themes import ACTION, BASES, WATER, YOUTH

BAGNEUX = "bagneux-l-ecole-du-dehors"
GRENOBLE = "grenoble-chantiers-ouverts-au-public"
MONTPELLIER = "montpellier-caisse-alimentaire-commune"
PLOUGUERNEAU = "plouguerneau-et-les-communes-bretonnes"
COMMENCER = "commencer-sans-attendre-le-grand-projet"
PROMETTRE = "promettre-moins-tenir-tout"
ABSENTS = "les-absents-ont-leurs-raisons"
CHANTIER = "organiser-un-chantier-participatif"
ASSEMBLEE = "preparer-une-premiere-assemblee"
KIT = "kit-de-la-participation-ansa"
COOPERATION = "la-cooperation"
ATELIER = "atelier-en-ligne-du-reseau"
VISITE = "visite-de-chantier-ouvert"
JOURNEE = "journee-des-communes-du-reseau"


@dataclass(frozen=True)
class Case:
    need: NeedText
    wanted: frozenset[str]


def _place(population: int, departement: str = "", region: str = "", kind: str = "commune") -> Place:
    return Place(kind=kind, population=population, departement=departement, region=region)


def _case(
    title: str, text: str, *wanted: str, theme: str = "", constraints: str = "", place: Place | None = None
) -> Case:
    need = NeedText(theme=theme, title=title, text=text, constraints=constraints, place=place)
    return Case(need, frozenset(wanted))


CASES: tuple[Case, ...] = (
    _case(
        "Refaire notre place avec les habitants",
        "Le revêtement de la place est à reprendre. Des voisins proposent de construire eux-mêmes des bancs et une pergola. "
        "Comment s'y prendre, et qui est responsable en cas d'accident ?",
        GRENOBLE,
        CHANTIER,
        VISITE,
        COMMENCER,
        PLOUGUERNEAU,
        theme=ACTION,
        constraints="assurance, budget de 3 000 €",
        place=_place(1_400, "38", "84"),
    ),
    _case(
        "Assurer des bénévoles sur un chantier",
        "Notre assureur demande un cadre écrit : quelle convention signer ?",
        GRENOBLE,
        CHANTIER,
        VISITE,
        theme=ACTION,
    ),
    _case(
        "Personne ne vient à nos réunions publiques",
        "Toujours les mêmes têtes, les jeunes parents et les saisonniers ne viennent pas. Comment aller vers eux ?",
        ABSENTS,
        KIT,
        ASSEMBLEE,
        PROMETTRE,
        theme=BASES,
        constraints="une secrétaire de mairie à mi-temps",
        place=_place(640, "12", "76"),
    ),
    _case(
        "Notre première assemblée d'habitants",
        "Nous voulons réunir le village une soirée pour décider de l'avenir de l'ancienne école. Nous n'avons jamais organisé cela.",
        ASSEMBLEE,
        PROMETTRE,
        KIT,
        ABSENTS,
        theme=BASES,
        place=_place(380, "29", "53"),
    ),
    _case(
        "Lancer une caisse alimentaire commune",
        "Des associations d'aide alimentaire et des paysans voudraient s'y mettre. Quelles règles, quelles cotisations ?",
        MONTPELLIER,
        theme=ACTION,
        place=_place(120_000, "35", "53"),
    ),
    _case(
        "Associer les personnes en précarité",
        "Comment défrayer les participants sans mettre en péril leurs prestations, et que disent les travailleurs sociaux ?",
        KIT,
        MONTPELLIER,
        ABSENTS,
    ),
    _case(
        "Des élus réticents à la participation",
        "Une partie du conseil municipal craint que les habitants demandent l'impossible. Comment les convaincre ?",
        KIT,
        PLOUGUERNEAU,
        PROMETTRE,
        theme=BASES,
        place=_place(6_200, "29", "53"),
    ),
    _case(
        "Faire vivre un futur collège avant sa construction",
        "Le chantier prendra quatre ans ; nous aimerions que les élèves et les voisins s'emparent du lieu dès maintenant.",
        BAGNEUX,
        COMMENCER,
        theme=YOUTH,
        place=_place(41_000, "93", "11"),
    ),
    _case(
        "Un skatepark demandé par des adolescents",
        "Ils ont fait une pétition. Nous voudrions qu'ils le construisent avec nous.",
        PLOUGUERNEAU,
        GRENOBLE,
        CHANTIER,
        VISITE,
        BAGNEUX,
        theme=YOUTH,
        place=_place(2_300, "35", "53"),
    ),
    _case(
        "Rendre compte après une concertation",
        "Nous avons consulté sur le centre-bourg et n'avons jamais dit ce qui avait été retenu. Les gens sont amers.",
        PROMETTRE,
        KIT,
        PLOUGUERNEAU,
        theme=BASES,
    ),
    _case(
        "Visiter des communes qui ont essayé",
        "Nous aimerions voir des réalisations chez d'autres élus de petites communes avant de nous lancer.",
        PLOUGUERNEAU,
        VISITE,
        JOURNEE,
        theme=ACTION,
        place=_place(900, "22", "53"),
    ),
    _case(
        "Coopérer entre services qui ne se parlent plus",
        "Tout passe par une seule personne, les équipes changent sans cesse. Comment retrouver de la confiance ?",
        COOPERATION,
        constraints="équipe épuisée",
    ),
    _case(
        "Faire durer un collectif d'habitants",
        "Le groupe s'essouffle, les bénévoles partent et personne ne prend la relève.",
        COOPERATION,
        KIT,
        GRENOBLE,
        theme=ACTION,
    ),
    _case(
        "Un premier geste sans budget",
        "Nous attendons des subventions depuis deux ans. Par quoi commencer tout de suite, petit et visible ?",
        COMMENCER,
        GRENOBLE,
        BAGNEUX,
        theme=ACTION,
        constraints="pas de budget",
        place=_place(800, "15", "84"),
    ),
    _case(
        "Animer une réunion où chacun parle",
        "Ce sont toujours les mêmes qui prennent la parole. Petits groupes, bâton de parole : comment faire ?",
        KIT,
        ASSEMBLEE,
        theme=BASES,
    ),
    _case(
        "Conseil municipal de jeunes",
        "Nous voulons en créer un qui dure plus d'un mandat et qui décide vraiment de quelque chose.",
        ABSENTS,
        BAGNEUX,
        PROMETTRE,
        theme=YOUTH,
    ),
    _case(
        "Partager l'eau de la rivière",
        "Agriculteurs et pêcheurs se disputent. Il faut poser une règle du jeu avant l'été.",
        PROMETTRE,
        theme=WATER,
        constraints="tensions, sécheresse",
    ),
    _case(
        "Garde d'enfants et horaires",
        "Quels aménagements pour que les mères seules participent ?",
        KIT,
        ABSENTS,
        theme=BASES,
    ),
    _case(
        "Un plan local d'urbanisme discuté avec les habitants",
        "Que peut-on vraiment laisser décider quand la règle supérieure a tout fixé ?",
        PLOUGUERNEAU,
        PROMETTRE,
        KIT,
        theme=BASES,
        place=_place(7_100, "56", "53"),
    ),
    _case(
        "Rénover le local du club de football",
        "Les bénévoles proposent de faire les travaux. Que garder pour des professionnels ?",
        PLOUGUERNEAU,
        GRENOBLE,
        CHANTIER,
        VISITE,
        theme=ACTION,
        place=_place(1_300, "29", "53"),
    ),
    _case(
        "Raconter ce que nous avons fait",
        "Nous avons mené un budget participatif et voudrions l'écrire pour d'autres communes.",
        ATELIER,
    ),
    _case(
        "Tirage au sort d'habitants",
        "Comment inviter, par courrier ou par téléphone, et tenir une soirée de deux heures ?",
        ASSEMBLEE,
        theme=BASES,
    ),
    _case(
        "Permanence dans un quartier en travaux",
        "Le quartier est un chantier pour six ans. Où installer un lieu ouvert, avec qui, pour quel coût ?",
        BAGNEUX,
        COMMENCER,
        theme=ACTION,
        constraints="locaux",
        place=_place(40_500, "92", "11"),
    ),
    _case(
        "Monnaie locale et circuits courts",
        "Nous cherchons comment conventionner des commerces et des paysans pour une alimentation de qualité.",
        MONTPELLIER,
    ),
    _case(
        "Former les agents à l'écoute",
        "Nos agents d'accueil sont mis en cause par des usagers. Comment préparer les professionnels à une séance commune ?",
        KIT,
        constraints="formation, peu de temps",
    ),
    _case(
        "Choisir le bon degré : informer, consulter, décider",
        "Le maire veut « co-construire » mais tout est déjà voté.",
        KIT,
        PROMETTRE,
        ASSEMBLEE,
        theme=BASES,
    ),
    _case(
        "Fresque sur le mur de l'école",
        "Peinture avec les élèves, sur l'espace public. Quelles autorisations ?",
        GRENOBLE,
        CHANTIER,
        VISITE,
        BAGNEUX,
        COMMENCER,
        theme=ACTION,
    ),
    _case(
        "Rencontrer des communes du réseau",
        "Un élu et une agente peuvent se déplacer deux jours. Où rencontrer d'autres collectivités ?",
        JOURNEE,
        PLOUGUERNEAU,
        VISITE,
        ATELIER,
    ),
    _case(
        "BANCS ET JARDINIERES SUR LA PLACE",
        "LES HABITANTS DEMANDENT DES OUTILS ET DES MATERIAUX",
        GRENOBLE,
        CHANTIER,
        VISITE,
        COMMENCER,
    ),
    _case(
        "Station d'épuration vieillissante",
        "Quel financement pour la mise aux normes de l'assainissement collectif ?",
        theme="",
    ),
)
