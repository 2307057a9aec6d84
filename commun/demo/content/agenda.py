"""Events and partner news: those of the letter of November 2022, and a few to come whatever the year of loading."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commun.demo.content.shapes import Event, Later, News
from commun.demo.content.themes import ACTION, BASES, WATER, YOUTH

PARIS = ZoneInfo("Europe/Paris")

EVENTS: tuple[Event, ...] = (
    Event(
        slug="salon-des-maires-2022",
        title="Le Salon des maires",
        kind="salon",
        summary="Deux jours de rencontres et de stands consacrés à la vie des communes, Porte de Versailles.",
        body="""
Chaque automne, élues, élus et agents se retrouvent au Salon des maires et des collectivités, en marge du congrès de
l'Association des maires de France. On y croise des communes de toutes tailles, et l'on repart avec des adresses.
""",
        start=datetime(2022, 11, 22, 9, 0, tzinfo=PARIS),
        end=datetime(2022, 11, 23, 18, 0, tzinfo=PARIS),
        all_day=True,
        where="Parc des expositions, Porte de Versailles, Paris",
        link="https://www.salondesmaires.com",
        themes=(ACTION,),
        picture="salon-des-maires",
    ),
    Event(
        slug="rencontre-genre-et-participation-lyon",
        title="Genre et participation : deuxième rencontre, à Lyon",
        kind="rencontre",
        summary="Un après-midi de travail pour écrire ensemble un pense-bête de l'égalité dans les démarches participatives.",
        body="""
Qui prend la parole, combien de temps, et sur quoi ? Après une rencontre d'ouverture en juin, l'ICPC réunit à Lyon praticiennes et
praticiens pour passer des constats aux gestes : un aide-mémoire à garder sous la main quand on prépare une réunion.
""",
        start=datetime(2022, 11, 29, 15, 0, tzinfo=PARIS),
        end=datetime(2022, 11, 29, 17, 0, tzinfo=PARIS),
        where="Lyon",
        organiser="icpc",
        link="https://i-cpc.org/genre-et-participation/",
        place="commune:69123",
        themes=(ACTION, BASES),
        picture="genre-et-participation",
    ),
    Event(
        slug="conference-oidp-grenoble-2022",
        title="La conférence annuelle de l'OIDP",
        kind="rencontre",
        summary="Des villes du monde entier à Grenoble, quatre jours pour parler de démocratie participative et passer à l'acte.",
        body="""
L'Observatoire international de la démocratie participative tient à Grenoble sa vingt et unième conférence. Son mot d'ordre,
« Passez à l'action ! », rejoint le thème de notre numéro : climat, justice sociale, méthodes, et la place des villes dans le
renouveau démocratique.
""",
        start=datetime(2022, 12, 7, 9, 0, tzinfo=PARIS),
        end=datetime(2022, 12, 10, 18, 0, tzinfo=PARIS),
        all_day=True,
        where="Grenoble",
        organiser="oidp",
        link="https://oidp.net/fr/content.php?id=1882",
        place="commune:38185",
        themes=(ACTION,),
        picture="oidp-grenoble",
    ),
    Event(
        slug="webinaire-reseau-des-territoires-2023",
        title="Découvrir le Réseau des Territoires",
        kind="webinaire",
        summary="Une heure en ligne avec Démocratie Ouverte pour connaître son réseau de territoires et les rendez-vous de 2023.",
        body="""
Qui sont les membres du Réseau des Territoires d'Innovation Démocratique, que font-ils ensemble, comment les rejoindre ? Présentation,
témoignages et questions.
""",
        start=datetime(2022, 12, 13, 11, 0, tzinfo=PARIS),
        end=datetime(2022, 12, 13, 12, 0, tzinfo=PARIS),
        online=True,
        organiser="democratie-ouverte",
        link="https://www.democratieouverte.org",
        themes=(ACTION,),
        picture="webinaire",
    ),
    Event(
        slug="atelier-en-ligne-du-reseau",
        title="Atelier en ligne du réseau : raconter une expérience en une page",
        kind="atelier",
        summary="Quarante-cinq minutes pour transformer une réalisation de votre commune en récit utile à d'autres, ratés compris.",
        body="""
Venez avec une réalisation, même modeste, et repartez avec une page prête à publier : le contexte, les étapes, les moyens, deux
chiffres datés, ce qui n'a pas marché.
""",
        start=Later(days=9, at=time(12, 30)),
        end=Later(days=9, at=time(13, 15)),
        online=True,
        organiser="redaction",
        themes=(YOUTH, ACTION),
        picture="webinaire",
    ),
    Event(
        slug="visite-de-chantier-ouvert",
        title="Visite d'un chantier ouvert, et repas partagé",
        kind="visite",
        summary="Une matinée sur place avec celles et ceux qui construisent, puis une heure pour parler assurance, outils et budget.",
        body="""
Chaussures fermées conseillées. La visite est accessible aux personnes à mobilité réduite ; dites-nous vos besoins par la page Contact.
""",
        start=Later(days=24, at=time(9, 30)),
        end=Later(days=24, at=time(14, 0)),
        where="Maison des Habitants, Grenoble",
        organiser="redaction",
        place="commune:38185",
        themes=(ACTION, YOUTH),
        picture="chantier-ouvert",
    ),
    Event(
        slug="journee-des-communes-du-reseau",
        title="Journée des communes du réseau",
        kind="rencontre",
        summary="Deux jours pour se rencontrer entre collectivités : récits le matin, ateliers l'après-midi, marché aux besoins.",
        body="""
Chaque commune apporte une question et une réponse. Les frais de route des communes de moins de 1 000 habitants sont pris en
charge.
""",
        start=Later(days=52, at=time(9, 0)),
        end=Later(days=53, at=time(16, 30)),
        all_day=True,
        where="Salle des fêtes, Plouguerneau",
        organiser="redaction",
        place="commune:29195",
        themes=(YOUTH, WATER),
        picture="village-breton",
    ),
    # What was prepared by several: past, so that it counts among what they did together. Invented, like their presence.
    Event(
        slug="petites-villes-du-massif-central",
        title="Petites villes du Massif central : trois questions à huit",
        kind="rencontre",
        summary="Huit communes ont comparé leurs façons de parler avec les habitants de ce qui ferme, et de ce qui rouvre.",
        body="""
Chaque commune est venue avec une élue, un agent et un habitant. On a parlé de commerces, d'école et de cars, puis choisi trois
questions à suivre ensemble pendant un an.
""",
        start=Later(days=-70, at=time(10, 0)),
        end=Later(days=-70, at=time(16, 0)),
        where="Salle polyvalente, Guéret",
        with_places=(
            "commune:23096",
            "commune:19272",
            "commune:23008",
            "commune:63003",
            "commune:63430",
            "commune:15187",
            "commune:15120",
            "commune:48092",
        ),
        place="commune:23096",
        themes=(BASES,),
    ),
    Event(
        slug="des-places-pour-les-jeunes-de-loos-a-verdun",
        title="Des places pour les jeunes : visites croisées de Loos-en-Gohelle à Verdun",
        kind="visite",
        summary="Sept communes du Nord et de l'Est se sont reçues les unes les autres, avec leurs conseils de jeunes.",
        body="""
Deux jours, deux cars, quatre visites. Les jeunes ont préparé les questions ; les élues et les élus ont répondu sans notes.
""",
        start=Later(days=-130, at=time(9, 30)),
        end=Later(days=-129, at=time(17, 0)),
        where="Verdun",
        with_places=(
            "commune:55545",
            "commune:62528",
            "commune:59036",
            "commune:02789",
            "commune:02408",
            "commune:55122",
            "commune:55029",
        ),
        place="commune:55545",
        themes=(YOUTH,),
    ),
    Event(
        slug="une-riviere-six-communes",
        title="Une rivière, six communes : la journée du partage de l'eau",
        kind="rencontre",
        summary="De la Drôme à l'Hérault, six communes ont mis leurs cartes et leurs conflits sur la même table.",
        body="""
Le matin sur la berge, l'après-midi autour d'une carte. Personne n'a signé de charte ; chacun est reparti avec une date.
""",
        start=Later(days=-205, at=time(9, 0)),
        end=Later(days=-205, at=time(16, 30)),
        where="Espace social et culturel, Die",
        with_places=(
            "commune:26113",
            "commune:26289",
            "commune:34142",
            "commune:48061",
            "commune:12208",
            "commune:46102",
        ),
        place="commune:26113",
        themes=(WATER,),
    ),
)

NEWS: tuple[News, ...] = (
    News(
        slug="genre-et-participation-a-lyon",
        title="Genre et participation : l'ICPC écrit à Lyon le « pense-bête de l'égalité femmes-hommes dans la participation »",
        kind="rencontre",
        summary="Le 13 juin 2022, une première séance avait fait surgir envies et idées. La suite se tient à Lyon : on y rédige à plusieurs un "
        "aide-mémoire pour des réunions où chacune et chacun compte.",
        body="""
La rencontre de juin avait réuni des praticiennes et praticiens autour d'un constat partagé : à une réunion publique, le temps de parole se
répartit mal. Cette fois, on écrit. Horaires, animation, vocabulaire, garde d'enfants : le pense-bête tiendra sur une
page.

**Mardi 29 novembre 2022, de 15 h à 17 h, à Lyon.**
""",
        on=date(2022, 11, 10),
        partner="icpc",
        when="Mardi 29 novembre 2022, 15 h – 17 h, Lyon",
        link="https://i-cpc.org/genre-et-participation/",
        themes=(ACTION, BASES),
        picture="genre-et-participation",
    ),
    News(
        slug="le-reseau-des-territoires-en-2023",
        title="Le Réseau des Territoires en 2023 : une heure pour faire connaissance",
        kind="webinaire",
        summary="Démocratie Ouverte ouvre en ligne les portes de son Réseau des Territoires : qui en est, ce qu'on y fait, et le calendrier de ses "
        "rendez-vous pour l'année qui vient.",
        body="""
Élus et agents déjà membres racontent ce qu'ils y trouvent ; l'équipe détaille les rencontres prévues. Ouvert à toutes les
collectivités, sans engagement.

**Mardi 13 décembre 2022, de 11 h à 12 h, en visioconférence.**
""",
        on=date(2022, 11, 10),
        partner="democratie-ouverte",
        when="Mardi 13 décembre 2022, 11 h – 12 h, en visioconférence",
        link="https://www.democratieouverte.org",
        themes=(ACTION,),
        picture="webinaire",
    ),
    News(
        slug="decider-ensemble-recrute",
        title="Décider ensemble recrute deux stagiaires",
        kind="recrutement",
        summary="Cinq à six mois à partir de février 2023 dans une petite équipe : Rencontres européennes, Trophées de la participation, "
        "observatoire du numérique démocratique, vie du réseau.",
        body="""
Décider ensemble ouvre deux stages d'une durée de cinq à six mois, dès février 2023. Les missions suivent les grands
rendez-vous de l'association : les Rencontres européennes, les Trophées, l'observatoire
des outils numériques de la démocratie, l'animation de ses membres.
""",
        on=date(2022, 11, 9),
        partner="decider-ensemble",
        when="Dès février 2023, 5 à 6 mois",
        link="https://www.deciderensemble.com",
        themes=(ACTION,),
        picture="recrutement",
    ),
    News(
        slug="l-anct-au-salon-des-maires-2022",
        title="L'ANCT vous attend au Salon des maires",
        kind="salon",
        summary="Pavillon 4, stand D40 : pendant deux jours, les équipes de l'Agence répondent aux élus à la Porte de Versailles, à Paris.",
        body="""
Programmes nationaux, ingénierie, projets partagés : venez avec votre dossier, même à peine commencé. Les équipes de l'ANCT
tiennent le stand D40 du pavillon 4.

**Les 22 et 23 novembre 2022, Parc des expositions de la Porte de Versailles, Paris.**
""",
        on=date(2022, 11, 8),
        partner="anct",
        when="22 et 23 novembre 2022, Paris",
        link="https://anct.gouv.fr",
        themes=(ACTION,),
        picture="salon-des-maires",
    ),
    News(
        slug="appel-la-parole-des-jeunes",
        title="Appel à contributions : la parole des jeunes",
        kind="annonce",
        summary="Le prochain numéro parlera des jeunes. Un conseil de jeunes qui dure, un chantier, un échec instructif : racontez-les-nous.",
        body="""
Une page suffit, et un simple courriel aussi. La rédaction vous rappelle pour compléter, puis vous relisez avant parution.
""",
        on=Later(days=-6),
        partner="redaction",
        themes=(YOUTH,),
        picture="theme-jeunes",
    ),
    News(
        slug="une-bibliotheque-qui-dit-ce-qui-rate",
        title="La bibliothèque dit aussi ce qui n'a pas marché",
        kind="annonce",
        summary="Chaque expérience de la bibliothèque porte désormais ses moyens, ses chiffres datés et ses ratés.",
        body="""
Nous demandons à chaque contributrice et contributeur une chose au moins qui n'a pas fonctionné : c'est elle qui fera gagner du temps à la
commune suivante.
""",
        on=Later(days=-17),
        partner="redaction",
        themes=(ACTION, BASES),
        picture="kit-fiches",
    ),
)
