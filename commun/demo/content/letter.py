"""The letter of November 2022, section by section, in the order of the real one and in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commun.demo.content.themes import ACTION

CONTRIBUTIONS = "editorialisation@example.org"
"""The real network had its own address; a demonstration writes to nobody."""


@dataclass(frozen=True, kw_only=True)
class Call:
    title: str
    text: str
    button: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    slug: str
    number: int
    day: date
    theme: str
    title: str
    subject: str
    preheader: str
    tagline: str
    theme_heading: str
    theme_intro: str
    need_call: Call
    featured_heading: str
    featured: str
    inspirations_heading: str
    inspirations: tuple[str, ...]
    contribution_call: Call
    vote_call: Call
    concept_heading: str
    concept: str
    news_heading: str
    news: tuple[str, ...]
    agenda_heading: str
    agenda: tuple[str, ...]
    event_call: Call
    questions_heading: str
    questions: str
    partners: tuple[str, ...]


LETTER = Letter(
    slug="le-passage-a-l-action",
    number=2,
    day=date(2022, 11, 15),
    theme=ACTION,
    title="Le passage à l'action",
    subject="Le passage à l'action – lettre n° 2",
    preheader="Un lycée qui vit avant ses murs, une caisse alimentaire commune, des bancs faits par les voisins, et dix fiches.",
    tagline="Une lettre tous les deux mois, un thème à chaque fois : expériences, méthodes et idées pour associer les habitants et "
    "coopérer entre territoires.",
    theme_heading="Le thème de ce numéro",
    theme_intro="""
Dans le numéro précédent, nous revenions aux fondations. Place, cette fois, au concret.

Une épidémie, l'énergie qui manque, les prix qui montent : les difficultés s'additionnent, et sur le terrain des solidarités
s'inventent. On retape une place entre voisins, on met en commun l'argent des courses, on habite ou l'on entreprend à
plusieurs. Voici des récits, des méthodes et des outils pour vous y mettre, chez vous, avec celles et ceux qui en ont envie.
""",
    need_call=Call(
        title="Et chez vous, de quoi auriez-vous besoin ?",
        text="Votre collectivité travaille sur ce thème ? Dites-nous où vous en êtes et ce qui vous manque : une méthode, un contact, un "
        "exemple de votre taille.",
        button="Dire mon besoin",
    ),
    featured_heading="Pour commencer",
    featured="bagneux-l-ecole-du-dehors",
    inspirations_heading="Des réalisations et des méthodes dont s'inspirer",
    inspirations=(
        "grenoble-chantiers-ouverts-au-public",
        "montpellier-caisse-alimentaire-commune",
        "plouguerneau-et-les-communes-bretonnes",
        "kit-de-la-participation-ansa",
    ),
    contribution_call=Call(
        title="Une ressource à partager pour le prochain numéro ?",
        text="Un récit, un guide, un document que vous auriez aimé trouver : envoyez-le tel quel, nous le mettrons en page avec vous.",
        button="Proposer une ressource",
    ),
    vote_call=Call(
        title="Le prochain projet partagé ? À vous de choisir",
        text="L'ANCT accompagne plusieurs collectivités à la fois autour d'un même enjeu. Donnez votre avis sur chaque thème "
        "selon ce qui compte chez vous : le mieux placé deviendra un projet partagé.",
        button="Voter pour un thème",
    ),
    concept_heading="Un concept pour comprendre",
    concept="la-cooperation",
    news_heading="Nouvelles des partenaires",
    news=(
        "genre-et-participation-a-lyon",
        "le-reseau-des-territoires-en-2023",
        "decider-ensemble-recrute",
        "l-anct-au-salon-des-maires-2022",
    ),
    agenda_heading="Les dates à retenir",
    agenda=(
        "salon-des-maires-2022",
        "conference-oidp-grenoble-2022",
    ),
    event_call=Call(
        title="Un événement à faire connaître ?",
        text="Rencontre, visite, formation, webinaire : une date, un lieu, un lien, et nous l'annonçons ici.",
        button="Annoncer un événement",
    ),
    questions_heading="Une question, une remarque ?",
    questions="Répondez simplement à ce message : la rédaction lit tout. Les textes de cette lettre sont sous licence Creative Commons "
    "BY-SA : reprenez-les, partagez-les, en citant Territoires en Commun.",
    partners=("anct", "banque-des-territoires", "decider-ensemble", "icpc"),
)
