"""Needs of collectivités of several kinds, proposed themes, and the project that came of the vote that is over."""

from __future__ import annotations

from dataclasses import dataclass

from commun.demo.content.themes import ACTION, BASES, WATER, YOUTH


@dataclass(frozen=True, kw_only=True)
class DemoNeed:
    """`place`: of the register, whose collectivité states it in its own name; `days`: how long ago."""

    place: str
    theme: str
    title: str
    text: str
    stage: str
    constraints: str
    days: int
    state: str = "new"
    answer: str = ""
    shown: bool = False  # in the letter, under « Ils cherchent »


NEEDS = (
    DemoNeed(
        place="commune:35005",
        theme=ACTION,
        title="Décider avec les habitants de ce que devient l'ancienne école",
        text="L'école a fermé en juin. Nous sommes trois cents habitants, une secrétaire à mi-temps, et personne n'a "
        "jamais animé de réunion. Par où commencer ?",
        stage="idea",
        constraints="Très peu de temps, aucun budget cette année.",
        days=11,
    ),
    DemoNeed(
        place="commune:29195",
        theme=ACTION,
        title="Faire durer le groupe d'habitants du sentier côtier",
        text="Vingt volontaires au départ, six aujourd'hui. Les réunions du soir lassent, et les mêmes parlent toujours.",
        stage="stuck",
        constraints="Pas d'animateur sur place.",
        shown=True,
        days=34,
        state="answered",
        answer="Deux communes ont remplacé la réunion par le chantier, et gardé leur monde. Leurs récits sont ci-dessous ; "
        "la seconde accepte qu'on l'appelle.",
    ),
    DemoNeed(
        place="commune:12145",
        theme=YOUTH,
        title="Associer les lycéens au plan de mobilité",
        text="Les deux lycées sont d'accord, les élèves viennent une fois. Comment leur rendre ce qu'ils ont apporté ?",
        stage="doing",
        constraints="Calendrier scolaire.",
        days=5,
        state="looked_at",
    ),
    DemoNeed(
        place="commune:05061",
        theme=WATER,
        title="Parler de la ressource en eau avant l'été",
        text="Agriculteurs, hôteliers et habitants ne se sont jamais assis à la même table. Nous craignons le conflit.",
        stage="preparing",
        constraints="Avant le mois de mai.",
        days=2,
    ),
    DemoNeed(
        place="departement:22",
        theme=BASES,
        title="Former les agents qui animent des réunions publiques",
        text="Quarante agents en animent sans y avoir été préparés. Nous cherchons une formation courte, déjà éprouvée.",
        stage="preparing",
        constraints="Deux jours au plus par agent.",
        days=52,
        state="closed",
        answer="Le kit de dix fiches répond à la première demi-journée ; voici aussi un guide pour la suite.",
    ),
    DemoNeed(
        place="departement:974",
        theme=ACTION,
        title="Un budget participatif dans les hauts",
        text="Les hauts votent peu en ligne. Nous voulons des urnes, et des propositions recueillies à la boutique.",
        stage="doing",
        constraints="Distances, couverture du réseau.",
        days=8,
    ),
)


@dataclass(frozen=True, kw_only=True)
class DemoProposal:
    place: str
    title: str
    text: str
    days: int
    state: str = "new"  # "shortlisted", or the title of the one it says the same as


PROPOSALS = (
    DemoProposal(
        place="commune:48095",
        title="Se soigner loin de l'hôpital",
        text="Maisons de santé, transports, télémédecine : les habitants ont des idées, nous ne savons pas les recueillir.",
        days=40,
        state="shortlisted",
    ),
    DemoProposal(
        place="commune:15014",
        title="La santé à la campagne",
        text="Trois médecins partent en deux ans. Comment en parler avec tout le monde ?",
        days=21,
        state="Se soigner loin de l'hôpital",
    ),
    DemoProposal(
        place="commune:55545",
        title="Réussir une réunion où l'on n'est pas d'accord",
        text="Éoliennes, école, circulation : les sujets qui fâchent sont ceux qui comptent.",
        days=16,
    ),
)

# Départements that become stakeholders of the project, then observers; they gave the winner their best grades.
STAKEHOLDERS = ("29", "22", "59")
OBSERVERS = ("38", "974")
PROJECT_SUMMARY = (
    "Décider, puis faire ensemble sur place : trois départements essaient le chantier ouvert sur un espace public, et "
    "comparent ce que cela change."
)
# Title, text, public.
DECISIONS = (
    (
        "Chaque département choisit un lieu avec ses habitants",
        "Un lieu par département, ouvert à tous, à moins d'une heure de chez chacun. Le choix se fait sur place, pas en comité.",
        True,
    ),
    ("Une visite croisée par trimestre", "Chacun reçoit les deux autres une journée.", False),
)
MEETING = ("Choisir les trois lieux", "Tour de table, une carte par département, un critère commun à retenir.")
AIMS = {
    "29": "Ouvrir un chantier sur une cale abandonnée, avec deux associations et le collège voisin.",
    "22": "Rendre une place à ses habitants : deux samedis par mois, de mars à juin.",
}


@dataclass(frozen=True, kw_only=True)
class DemoStart:
    """`place` began after the experience with that in its title; `gave`: of the experience that came of it."""

    place: str
    after: str
    days: int
    state: str
    purpose: str = ""
    news: str = ""
    gave: str = ""


STARTS = (
    DemoStart(
        place="commune:29195",
        after="À Grenoble, les habitants refont la place",
        days=430,
        state="done",
        purpose="Refaire un bout de sentier avec celles et ceux qui y passent, plutôt que d'en parler.",
        news="Trois chantiers, quarante personnes. Nous l'avons raconté.",
        gave="Plouguerneau et ses voisines",
    ),
    DemoStart(
        place="departement:33",
        after="À Grenoble, les habitants refont la place",
        days=200,
        state="running",
        purpose="Un chantier ouvert pour la cour d'un ancien foyer.",
        news="Deux samedis faits. Il manque quelqu'un qui sache souder.",
    ),
    DemoStart(
        place="departement:35",
        after="À Grenoble, les habitants refont la place",
        days=20,
        state="wish",
        purpose="Pour la cour d'un collège, au printemps.",
    ),
    DemoStart(
        place="departement:67",
        after="une caisse commune",
        days=120,
        state="stopped",
        purpose="Une caisse pour les cantines des collèges.",
        news="Arrêté : trop peu de producteurs. Nous referons le tour dans un an.",
    ),
    DemoStart(
        place="commune:22365",
        after="Plouguerneau et ses voisines",
        days=95,
        state="running",
        purpose="Refaire avec les habitants le chemin qui relie le café à l'école.",
        news="Le tracé est choisi. On commence à la fin des foins.",
    ),
    DemoStart(
        place="commune:68166",
        after="une caisse commune",
        days=260,
        state="running",
        purpose="Essayer une caisse alimentaire dans un quartier, avec l'épicerie solidaire.",
        news="Vingt foyers cotisent. Nous cherchons deux maraîchers de plus.",
    ),
    DemoStart(
        place="commune:26113",
        after="une caisse commune",
        days=385,
        state="done",
        purpose="Une caisse à l'échelle de la vallée.",
        news="Elle tient depuis un an, à trente-quatre foyers.",
    ),
    DemoStart(
        place="commune:34142",
        after="une caisse commune",
        days=45,
        state="running",
        purpose="Reprendre la caisse de Montpellier dans une petite ville.",
        news="Le comité d'habitants s'est réuni deux fois.",
    ),
)
