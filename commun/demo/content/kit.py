"""The kit of ten sheets. Ansa's own document is the reference; these sheets are our reading notes, in our words."""

from datetime import date

from commun.demo.content.shapes import Kit, Sheet
from commun.demo.content.themes import ACTION, BASES

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        slug="pourquoi-associer",
        title="Fiche 1 – Pourquoi associer les premières personnes concernées",
        in_short="Trois raisons de le faire, et une mauvaise.",
        body="""
Qui vit une difficulté en connaît des aspects que personne d'autre ne voit : l'adresse introuvable, le formulaire qui
décourage, le guichet que l'on évite. Associer ces personnes améliore le service ; c'est la première raison. La deuxième est
un droit : participer à ce qui nous concerne. La troisième touche chacune et chacun : être écouté redonne prise.

**La mauvaise raison** : cocher une case dans un appel à projets. Cela se voit dès la deuxième réunion.

- Écrire en une phrase ce que la participation doit changer.
- Vérifier que quelqu'un a le pouvoir de le changer.
- Sinon, attendre.
""",
    ),
    Sheet(
        slug="repondre-aux-reticences",
        title="Fiche 2 – Entendre les réticences et y répondre",
        in_short="« Ils ne viendront pas », « ça prend trop de temps » : que dire, et que faire.",
        body="""
Les réserves des équipes ont souvent un fond de vérité. Mieux vaut les traiter que les contredire.

- **« Ils ne viendront pas. »** Ils ne viennent pas chez nous. Aller chez eux, avec quelqu'un qu'ils connaissent.
- **« Ils vont demander l'impossible. »** Dire les limites d'emblée ; les demandes sont alors presque toujours mesurées.
- **« Cela va nous mettre en cause. »** Parler de situations, pas de personnes ; convenir d'une règle de discrétion.
- **« Nous n'avons pas le temps. »** Commencer par une séance de deux heures sur un courrier ou un accueil à améliorer.
""",
    ),
    Sheet(
        slug="choisir-le-degre",
        title="Fiche 3 – Choisir jusqu'où l'on va",
        in_short="Informer, consulter, élaborer, décider : quatre degrés à ne pas confondre.",
        body="""
Aucun degré n'est méprisable, tant qu'on l'annonce. **Informer** : les personnes comprennent ce qui se passe. **Consulter** : leur avis est
recueilli et l'on dit ce qu'on en fait. **Élaborer ensemble** : la proposition s'écrit à plusieurs. **Décider ensemble** : leur voix
compte dans le vote.

1. Prendre le projet et le découper en décisions.
2. Noter, pour chacune, le degré que l'on peut vraiment tenir.
3. Lire le tableau à voix haute aux participants, et le corriger avec eux.
""",
    ),
    Sheet(
        slug="aller-vers",
        title="Fiche 4 – Aller vers et donner envie",
        in_short="L'affiche ne suffit pas : c'est une personne qui invite une personne.",
        body="""
On vient parce qu'on a été invité par quelqu'un en qui l'on a confiance : une travailleuse sociale, un voisin, un bénévole de
l'épicerie solidaire. Le premier travail consiste donc à convaincre ces relais, en leur disant honnêtement ce que l'on attend.

- Se déplacer trois fois au même endroit, au même moment, avant d'inviter ailleurs.
- Parler de la question, pas du dispositif.
- Proposer de venir à deux.
- Rappeler la veille, par message ou par téléphone.
""",
    ),
    Sheet(
        slug="lever-les-freins-materiels",
        title="Fiche 5 – Lever les freins matériels",
        in_short="Transport, garde, repas, horaires : ce qui décide de qui peut venir.",
        body="""
Un ticket de bus avancé, et non remboursé six semaines plus tard, change la composition d'un groupe.

- **Transport** : titres remis sur place ou covoiturage organisé.
- **Enfants** : une personne et une pièce pour eux, annoncées sur l'invitation.
- **Horaires** : demander d'abord ; souvent le milieu de journée.
- **Repas** : partager un plat fait partie de la séance.
- **Lieu** : accessible, connu, sans guichet ni badge.
""",
    ),
    Sheet(
        slug="reconnaitre-la-contribution",
        title="Fiche 6 – Reconnaître le temps donné",
        in_short="Défrayer, indemniser, valoriser : sans mettre les droits sociaux en péril.",
        body="""
Autour de la table, tout le monde est payé pour être là, sauf les principaux intéressés. La question de la contrepartie se pose donc,
et se règle avant de commencer.

- **Toujours** : rembourser tous les frais, le jour même.
- **Selon les cas** : bons d'achat, indemnité, vacation. Vérifier avec la CAF et le CCAS l'effet sur les prestations.
- **Aussi** : une attestation des compétences exercées, le nom au générique du document, une place dans la délégation qui le
  présente.
""",
    ),
    Sheet(
        slug="preparer-les-professionnels",
        title="Fiche 7 – Préparer les professionnels et les élus",
        in_short="Ce sont eux qui changent le plus de posture.",
        body="""
Écouter sans se justifier s'apprend. Une demi-journée de préparation, animée avec d'anciens participants, évite bien des maladresses.

- S'exercer à reformuler une critique sans y répondre.
- Bannir les sigles ; tenir une liste des mots à expliquer.
- Prévoir qui dit non, et comment.
- Convenir de ce qui se passera après, service par service, avec un nom.
""",
    ),
    Sheet(
        slug="animer-pour-que-chacun-parle",
        title="Fiche 8 – Animer pour que chacun parle",
        in_short="Des formats où l'on n'a besoin ni d'écrire vite ni de parler fort.",
        body="""
La réunion autour d'une grande table favorise toujours les mêmes. On la garde pour la fin.

- **Commencer debout**, par deux, avec une question facile.
- **Montrer** : photos, objets, plan au sol, plutôt que diapositives.
- **Petits groupes** de quatre à six, un seul sujet, une personne qui note pour tous.
- **Un bâton de parole** ou un minuteur, annoncés comme un jeu.
- **Un coin calme** où se retirer sans avoir à s'expliquer.
""",
    ),
    Sheet(
        slug="rendre-compte",
        title="Fiche 9 – Rendre compte et tenir parole",
        in_short="Ce qui a été retenu, ce qui ne l'a pas été, et pourquoi.",
        body="""
Le compte rendu s'adresse d'abord à celles et ceux qui ont parlé. Une page, de vraies phrases, leurs mots.

1. Sous quinze jours : ce qui s'est dit, relu par deux participants.
2. À la décision : chaque proposition, avec sa réponse et sa raison.
3. Six mois plus tard : ce qui est fait, ce qui ne l'est pas encore.

Quand une promesse ne peut plus être tenue, on se déplace pour le dire.
""",
    ),
    Sheet(
        slug="evaluer-et-durer",
        title="Fiche 10 – Évaluer ensemble et durer",
        in_short="Savoir si cela valait la peine, et pour qui.",
        body="""
On évalue avec les participants, et l'on regarde trois choses : ce qui a changé dans le service, ce qui a changé pour les personnes, ce
qui a changé dans la manière de travailler.

- Choisir au départ deux ou trois signes observables.
- Demander aux participants leurs propres critères : ils diffèrent toujours des nôtres.
- Compter aussi qui a cessé de venir, et aller demander pourquoi.
- Prévoir la relève : des anciens qui accueillent les nouveaux, un budget inscrit, un élu référent.
""",
    ),
)

KITS: tuple[Kit, ...] = (
    Kit(
        slug="kit-de-la-participation-ansa",
        audiences=("precaires", "agents"),
        obstacles=("turnout", "trust"),
        stage="stuck",
        title="Kit de la participation : dix fiches pour n'oublier personne",
        in_short="Comment faire une vraie place aux personnes fragilisées par la vie ? L'Ansa en a tiré dix fiches pratiques avec ses groupes "
        "de travail. Nous les avons lues pour vous, une par une.",
        picture="kit-fiches",
        themes=(ACTION, BASES),
        actors=("ansa",),
        published=date(2022, 11, 8),
        reviewed=date(2024, 1, 22),
        licence="cc-by-sa",
        contributor="ansa",
        source_label="Le kit complet, chez l'Ansa",
        source_url="https://www.solidarites-actives.com",
        sheets=SHEETS,
        body="""
En 2016, l'Agence nouvelle des solidarités actives publiait un premier kit de la participation citoyenne, enrichi ensuite par le Haut
Conseil du travail social. Une convention passée avec la Délégation interministérielle à la prévention et à la lutte contre la
pauvreté a permis de le reprendre et de le compléter : il compte désormais dix fiches.

**Ce que vous lisez ici** : nos notes de lecture, écrites pour des équipes pressées, une page par étape. Elles ne remplacent pas le
document de l'Ansa, qui fait foi et donne de nombreux exemples.

## Comment s'en servir

- Lire la fiche 1 à plusieurs, avant de décider quoi que ce soit.
- Garder la fiche 5 sous la main au moment d'écrire l'invitation.
- Relire la fiche 9 le lendemain de la première séance.
""",
    ),
)
