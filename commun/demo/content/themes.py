"""The editorial calendar: one theme every two months."""

from datetime import date

from commun.demo.content.shapes import Later, ThemeText

BASES = "les-bases-de-la-participation"
ACTION = "le-passage-a-l-action"
YOUTH = "la-parole-des-jeunes"
WATER = "l-eau-un-bien-a-partager"

THEMES: tuple[ThemeText, ...] = (
    ThemeText(
        slug=BASES,
        title="Les bases de la participation",
        summary="Informer, consulter, concerter, décider ensemble : de quoi parle-t-on, à quel moment, et que promet-on "
        "exactement à celles et ceux que l'on invite ?",
        planned=date(2022, 9, 1),
        picture="theme-bases",
        question="De quoi auriez-vous besoin pour poser une démarche participative sur de bonnes fondations ?",
        words=(
            "concertation",
            "consultation",
            "comité de quartier",
            "réunion publique",
            "règle du jeu",
            "compte rendu",
        ),
        body="""
Avant de choisir une méthode, il faut savoir ce qui est ouvert à la discussion et ce qui ne l'est pas. Beaucoup de
déceptions viennent d'une promesse floue : on a cru décider, on était consulté.

Ce thème rassemble de quoi poser une démarche sur des fondations solides : définir l'objet et les marges de manœuvre,
dire qui tranche et quand, aller vers les absents, rendre compte de ce qui a été retenu et de ce qui ne l'a pas été.
""",
    ),
    ThemeText(
        slug=ACTION,
        title="Le passage à l'action",
        summary="Épidémie, énergie chère, prix qui grimpent : sur le terrain, des habitants et des collectivités n'attendent pas "
        "et font ensemble. Chantiers ouverts, caisses communes, lieux partagés : comment commencent-ils ?",
        planned=date(2022, 11, 1),
        picture="theme-action",
        question="Et chez vous, de quoi auriez-vous besoin pour passer à l'action ?",
        words=(
            "chantier participatif",
            "chantier ouvert",
            "caisse commune",
            "tiers-lieu",
            "bénévoles",
            "faire ensemble",
        ),
        body="""
Le numéro précédent posait les fondations. Celui-ci entre dans le faire.

Quand les crises se superposent, l'envie d'agir naît souvent au plus près : un banc que l'on construit à
plusieurs, un lycée qui vit avant ses murs, une caisse où chacun met selon ses moyens. Ces initiatives ont un point commun.
Elles ne commencent ni par un grand plan ni par un gros budget, mais par des gens qui se font confiance et par une
collectivité qui accepte de ne pas tout tenir.

On trouvera ici des expériences racontées avec leurs coûts et leurs ratés, des guides pour préparer le premier pas, et un
concept pour comprendre ce qui se joue quand on coopère.
""",
    ),
    ThemeText(
        slug=YOUTH,
        title="La parole des jeunes",
        summary="Conseils de jeunes, budgets de collégiens, chantiers éducatifs : comment faire une vraie place aux moins de "
        "vingt-cinq ans, et tenir parole avec eux ?",
        planned=Later(days=45),
        call_until=Later(days=28),
        picture="theme-jeunes",
        question="De quoi auriez-vous besoin pour faire une vraie place aux moins de vingt-cinq ans ?",
        words=("jeunesse", "adolescents", "lycée", "collège", "conseil municipal de jeunes", "mission locale"),
        body="""
Les jeunes participent, mais rarement là où on les attend. Les réunions de 18 h 30 leur échappent ; les projets qui prennent
six ans aussi.

Pour le prochain numéro, nous cherchons des démarches où des enfants, des adolescents ou de jeunes adultes ont pesé sur une
décision ou mené une réalisation : ce qui les a fait venir, ce qui les a fait rester, ce que la collectivité a dû changer
dans sa façon de travailler. Les échecs bien racontés sont les bienvenus.
""",
    ),
    ThemeText(
        slug=WATER,
        title="L'eau, un bien à partager",
        summary="Sécheresse, qualité, prix, usages concurrents : quand l'eau manque ou déborde, comment en débattre et en décider "
        "entre habitants, agriculteurs, industriels et communes ?",
        planned=Later(days=105),
        call_until=Later(days=85),
        picture="theme-eau",
        question="De quoi auriez-vous besoin pour parler de l'eau entre tous ceux qui s'en servent ?",
        words=("eau potable", "rivière", "sécheresse", "inondation", "irrigation", "assainissement"),
        body="""
L'eau oblige à coopérer : elle ne connaît pas les limites communales, et personne n'en a l'usage exclusif.

Nous rassemblerons des expériences de partage et de gouvernance locale de l'eau, des plus techniques aux plus simples :
une réunion de puits et de forages, un tarif progressif discuté avec les habitants, une rivière que l'on arpente
ensemble avant d'en parler.
""",
    ),
)
