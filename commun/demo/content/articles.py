"""Articles and method guides written for the demonstration, and the concept of the issue."""

from datetime import date

from commun.demo.content.shapes import Article, Concept, Guide
from commun.demo.content.themes import ACTION, BASES, WATER, YOUTH

ARTICLES: tuple[Article, ...] = (
    Article(
        slug="commencer-sans-attendre-le-grand-projet",
        obstacles=("time", "budget"),
        stage="idea",
        title="Commencer sans attendre le grand projet",
        in_short="Un premier geste, petit et réversible, apprend plus qu'une année d'études. Comment le choisir pour qu'il ouvre la "
        "suite au lieu de la remplacer ?",
        picture="theme-action",
        themes=(ACTION,),
        actors=("redaction",),
        published=date(2022, 11, 10),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        body="""
On attend souvent d'avoir le diagnostic complet, le financement bouclé et l'accord de tous. Pendant ce temps, les personnes qui
avaient envie s'en vont.

## Un geste, pas un gage

Le premier geste n'est pas une opération de communication. Il répond à une gêne réelle : une traversée dangereuse, une
salle fermée le soir, un talus à l'abandon. Il est **réversible** (de la peinture, du bois, un essai de trois mois), **visible**
depuis le trottoir, et **tenu** par des personnes dont on connaît le prénom.

## Ce qu'il doit préparer

Un essai sans suite use la confiance. Avant de commencer, on écrit sur une page ce que l'on veut apprendre, la date où l'on en
reparlera, et ce qui se passera si cela marche. Un banc autour d'un arbre peut décider d'une place ; une permanence dans un
vestiaire peut annoncer un lycée.

## Le rôle de la collectivité

Elle assure, elle prête, elle répond vite. Elle accepte aussi que l'objet fini ne ressemble pas à celui qu'elle aurait
commandé. C'est le prix, modeste, d'un lieu dont d'autres prendront soin.
""",
    ),
    Article(
        slug="promettre-moins-tenir-tout",
        audiences=("elus",),
        obstacles=("trust",),
        stage="preparing",
        title="Promettre moins, tenir tout",
        in_short="Qui décide, sur quoi, et quand saura-t-on ? Trois questions à écrire en toutes lettres sur l'invitation, avant même de "
        "choisir une méthode.",
        picture="theme-bases",
        themes=(BASES, WATER),
        actors=("redaction",),
        published=date(2022, 9, 6),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        body="""
Une démarche participative échoue rarement faute de méthode. Elle échoue quand les personnes découvrent, trop tard, que l'essentiel
était déjà arrêté.

## L'invitation dit tout

Trois lignes suffisent : ce qui est ouvert à la discussion et ce qui ne l'est pas ; qui prendra la décision, à quelle date ; où l'on lira
ce qui a été retenu, et pourquoi le reste ne l'a pas été. Si l'une des trois ne peut pas être écrite, il est trop tôt pour
inviter.

## Le retour, premier devoir

On se souvient moins de la réunion que de ce qui l'a suivie. Un compte rendu dans les quinze jours, puis un point à la décision,
puis un autre quand c'est fait : trois courriers, et la fois suivante les gens reviennent.

## Et quand on change d'avis ?

Cela arrive. On le dit à celles et ceux qui avaient participé, avant de le dire à la presse, en donnant la vraie raison.
""",
    ),
    Article(
        slug="les-absents-ont-leurs-raisons",
        obstacles=("turnout", "distance"),
        title="Les absents ont leurs raisons",
        in_short="Horaires, mots, lieux, habitude de ne pas être écouté : ceux qui ne viennent pas nous apprennent ce qu'il faut changer.",
        picture="theme-jeunes",
        themes=(BASES, YOUTH),
        actors=("redaction",),
        published=date(2022, 9, 20),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        body="""
« On ne voit jamais les jeunes. » Ni les mères seules, ni les saisonniers, ni celles et ceux qui travaillent le soir. La salle est
ouverte, pourtant.

## Aller où ils sont

L'arrêt de car, la sortie du collège, l'épicerie, le stade le samedi. Vingt minutes à l'endroit où les gens passent déjà apportent plus de
voix nouvelles qu'une troisième réunion publique.

## Lever ce qui empêche

Une garde d'enfants, un défraiement, un horaire à midi, un document d'une page. Ces dépenses ne sont pas des à-côtés : elles décident
de qui parle.

## Compter

Noter qui est venu, par âge, genre et quartier, et le publier. C'est la seule façon de savoir si l'on progresse, et
l'occasion de demander aux présents : qui manque ?
""",
    ),
)

GUIDES: tuple[Guide, ...] = (
    Guide(
        slug="organiser-un-chantier-participatif",
        audiences=("associations", "agents"),
        obstacles=("rules", "skills"),
        stage="preparing",
        title="Organiser un chantier participatif sur l'espace public",
        in_short="De l'idée déposée en mairie au dernier coup de pinceau : les neuf étapes, les papiers à signer et la liste de ce qu'on "
        "oublie toujours.",
        picture="chantier-ouvert",
        themes=(ACTION,),
        actors=("redaction", "grenoble"),
        published=date(2022, 11, 12),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        body="""
## Avant

1. **Recueillir l'idée** auprès d'au moins cinq personnes qui se disent prêtes à venir.
2. **Marcher sur place** avec elles, un agent technique et une personne à mobilité réduite.
3. **Vérifier** : domaine public ou privé, réseaux enterrés, visibilité pour les voitures, entretien futur.
4. **Dessiner** à la craie, à l'échelle 1, et laisser le dessin une semaine.
5. **Assurer** : délibération de principe, convention d'accueil de bénévole, liste des participants tenue chaque jour.

## Pendant

6. **Ouvrir chaque matin** par un quart d'heure : qui fait quoi, quels outils sont réservés aux adultes formés, où est la trousse de
   secours.
7. **Garder des tâches pour ceux qui passent** : poncer, arroser, servir le café. Personne ne doit repartir faute de place.

## Après

8. **Inaugurer sans tarder**, en nommant celles et ceux qui ont construit.
9. **Revenir trois mois plus tard** : que faut-il réparer, et que fait-on ensuite ?

## Ce qu'on oublie toujours

- De l'eau, de l'ombre, des toilettes.
- Des gants de petite taille.
- Un plan pour la pluie.
- La personne qui détient la clé du local.
""",
    ),
    Guide(
        slug="preparer-une-premiere-assemblee",
        audiences=("elus",),
        obstacles=("skills", "team"),
        title="Préparer une première assemblée d'habitants",
        in_short="Une soirée, une question, une décision : un déroulé de deux heures, minute par minute, pour une commune qui n'en a jamais "
        "tenu.",
        picture="assemblee",
        themes=(BASES, ACTION),
        actors=("redaction",),
        published=date(2022, 9, 12),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        body="""
## Un mois avant

Choisir **une seule question**, à laquelle l'assemblée peut répondre. « Que faire de l'ancienne école ? » convient ;
« Quel avenir pour la commune ? » n'aboutira pas. Écrire ce qui est déjà décidé. Inviter par courrier, par l'école et par
téléphone : un appel sur dix suffit à changer la salle.

## Le déroulé

- **Dix minutes** : la maire ou le maire dit la question, les limites, la date de la décision. Puis s'assied dans la salle.
- **Vingt minutes** : ce que l'on sait, par deux habitants et un agent.
- **Quarante minutes** : tables de six, mélangées par tirage de cartes. Une personne note, une autre veille à ce que chacun parle.
- **Trente minutes** : chaque table donne une proposition et un désaccord.
- **Quinze minutes** : chacun place trois gommettes.
- **Cinq minutes** : qui écrit le compte rendu, quand on le lira, quand on se revoit.

## Le lendemain

Publier les photos des tables et toutes les propositions, même maladroites. Sous quinze jours, dire celles qui seront étudiées et par
qui.
""",
    ),
)

CONCEPTS: tuple[Concept, ...] = (
    Concept(
        slug="la-cooperation",
        title="La coopération",
        in_short="Coopérer, ce n'est pas se répartir des tâches : c'est faire œuvre commune. Cela tient au temps, à la forme des liens et "
        "à la compréhension d'autrui. Trois leviers sur lesquels une collectivité peut agir.",
        picture="cooperation",
        themes=(ACTION,),
        actors=("redaction", "instercoop"),
        published=date(2022, 11, 9),
        reviewed=date(2024, 5, 2),
        licence="cc-by-sa",
        contributor="redaction",
        further_label="Découvrir les travaux de l'InsTerCoop",
        further_url="https://instercoop.fr",
        body="""
Quand une crise demande une réponse que personne ne peut donner seul, la capacité d'un groupe à coopérer fait la différence.
Encore faut-il savoir de quoi elle dépend. Les recherches sur la coopération humaine, menées depuis quarante ans,
convergent sur trois éléments, que l'on peut travailler.

## Quand le projet mange la relation

La conduite de projet a envahi nos organisations : un objectif, des livrables, un calendrier, des réunions. Elle est utile. Mais si
le résultat devient le seul horizon, les liens entre les personnes passent pour du temps perdu. Or ce sont eux qui tiendront
quand le projet changera, et il change toujours. L'[Institut des Territoires Coopératifs](https://instercoop.fr) parle, lui, de
*maturité coopérative* : une aptitude qui s'apprend et s'entretient.

## Le temps

On coopère davantage avec ceux que l'on est appelé à revoir. Tout ce qui raccourcit l'horizon fragilise : missions de six mois,
équipes sans cesse renouvelées, comités que l'on dissout. À l'inverse, des rendez-vous réguliers, même brefs, et des passages de relais
soignés protègent la coopération du départ de chacun.

## La forme des liens

Dans un réseau, certaines places comptent double : la personne que tout le monde consulte, le service par lequel tout passe. Qu'elle
soit fermée, et l'ensemble se fige ; qu'elle soit ouverte, et beaucoup devient possible. Mais il existe une autre voie. Un petit
groupe qui coopère bien, même loin du centre, finit par entraîner ses voisins, à condition que les liens puissent se refaire et
que l'on voie ce que font les autres.

## La compréhension d'autrui

Edgar Morin appelle « compréhension humaine » le fait de saisir ce que vit l'autre de son point de vue. Sans elle, les règles les mieux
écrites se retournent en procédures. Elle se cultive par des gestes simples : travailler une journée dans le service voisin,
commencer une réunion par un tour de table vrai, visiter avant de juger.

## Par où commencer chez soi

- Repérer les deux ou trois places par lesquelles tout passe, et parler avec ceux qui les tiennent.
- Faire durer ce qui marche plutôt que multiplier les instances.
- Montrer ce qui a été fait, régulièrement, sans classement.
- Préparer les départs : qui transmet quoi, à qui, avant quelle date.
""",
    ),
)
