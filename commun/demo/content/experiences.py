"""Experiences, told with their means, their dated figures and what did not work."""

from datetime import date

from commun.demo.content.shapes import Experience, Later, Means, Result, Step
from commun.demo.content.themes import ACTION, BASES, YOUTH

EXPERIENCES: tuple[Experience, ...] = (
    Experience(
        slug="bagneux-l-ecole-du-dehors",
        audiences=("jeunes", "agents"),
        obstacles=("land", "lasting"),
        stage="preparing",
        title="« L'école du dehors » à Bagneux : un lycée imaginé par celles et ceux qui l'attendent",
        in_short="Sur la colline des Mathurins, à Bagneux, un quartier de plus de 6 000 habitants sort de terre, avec le lycée "
        "général que la ville réclamait depuis des années. Sans attendre les murs, jeunes et habitants l'ont fait vivre sur place.",
        picture="ecole-du-dehors",
        themes=(ACTION, YOUTH),
        places=("commune:92007",),
        actors=("bagneux", "preuve-par-7", "ppcm"),
        published=date(2022, 11, 8),
        reviewed=date(2024, 4, 15),
        licence="cc-by-sa",
        contributor="preuve-par-7",
        source_label="Le bilan de la démarche, sur le site de La Preuve par 7",
        source_url="https://lapreuvepar7.fr/projets/bagneux/",
        context="""
La colline des Mathurins domine Bagneux, dans les Hauts-de-Seine. D'anciennes carrières, puis un site militaire fermé
au public, y ont longtemps tenu seize hectares à l'écart de la ville. Un quartier entier s'y construit.

La commune, populaire, n'avait pas de lycée d'enseignement général : pour étudier, il fallait partir chez les voisins. Après
une campagne menée en 2016 par la Ville et les habitants sous le nom de « Mobilycée-vous », la Région Île-de-France a
inscrit l'établissement dans son plan d'investissement 2017-2027. Restait une longue attente. Trois partenaires, la Ville,
La Preuve par 7 et Le Plus Petit Cirque du Monde, ont décidé de l'habiter : et si le lycée commençait tout de suite ?
""",
        steps=(
            Step(
                title="S'installer sur place",
                when="Septembre 2019",
                text="Une permanence s'ouvre dans d'anciennes bulles de tennis et des vestiaires du site militaire. Un trio "
                "la tient : l'architecture, la culture, la Ville. On peut pousser la porte, poser une question, bricoler, proposer.",
            ),
            Step(
                title="Faire de ses mains",
                when="Hiver 2020",
                text="En février et mars 2020, trois journées de chantier peinture sont menées avec l'association Bagneux "
                "Environnement, qui projetait un atelier de menuiserie partagé. Le mobilier du futur lieu devient un sujet d'atelier.",
            ),
            Step(
                title="Déménager avec le chantier",
                when="Septembre 2020",
                text="La permanence rejoint le bâtiment destiné à devenir le « tiers-lieu des savoirs » du quartier. Elle suit les "
                "travaux plutôt que de les subir.",
            ),
            Step(
                title="Associer les lycées voisins",
                when="Année scolaire 2021-2022",
                text="Des classes professionnelles de Bagneux, Montrouge, Malakoff et Vitry-sur-Seine travaillent avec des artistes "
                "et leurs enseignants. Les élèves en électricité transforment un bungalow de chantier en sonorisation solaire.",
            ),
            Step(
                title="Planter la permanence sur le terrain du lycée",
                when="Avril 2023",
                text="Quelques cabanes sont posées à l'emplacement même de l'établissement : les idées des élèves nourrissent le "
                "programme avant que le chantier ne commence.",
            ),
        ),
        means=Means(
            cost="Par an, pour la permanence : 107 600 € portés par La Preuve par 7, 227 600 € par Le Plus Petit Cirque du Monde, "
            "6 000 € de fonctionnement par la Ville, qui apporte aussi un poste et l'appui de ses services.",
            time="Cinq ans entre l'ouverture de la permanence et le début annoncé du chantier du lycée.",
            people="Trois permanentes et permanents à demeure (architecture, culture, Ville), des artistes, des enseignants, une "
            "association d'habitants.",
        ),
        results=(
            Result(
                figure="16 hectares",
                label="de ville nouvelle traversés par la démarche, plus de 6 000 habitants attendus",
                on=date(2020, 9, 1),
                source="La Preuve par 7, bilan de Bagneux",
                url="https://lapreuvepar7.fr/projets/bagneux/",
            ),
            Result(
                figure="4 lycées",
                label="réunis sur le chantier pour présenter leurs réalisations aux habitants",
                on=date(2022, 6, 1),
                source="Lycée Léonard-de-Vinci, Bagneux",
                url="http://www.lyc-vinci-bagneux.ac-versailles.fr",
            ),
            Result(
                figure="près de 200 élèves",
                label="engagés dans les ateliers de préfiguration pendant l'année",
                on=date(2024, 3, 11),
                source="L'Étudiant",
                url="https://www.letudiant.fr/lycee/a-bagneux-les-eleves-preparent-le-lycee-de-demain.html",
            ),
        ),
        what_failed="""
**La première permanence était trop loin de tout.** Cachée au fond d'un site fermé, à l'écart des chemins que l'on emprunte
chaque jour, elle a d'abord manqué de visiteurs. Il a fallu consacrer le premier chantier à la rendre visible.

**Le calendrier d'un lycée n'est pas celui d'un élève.** Une partie de celles et ceux qui ont dessiné les premières idées
auront quitté le système scolaire avant l'ouverture. D'où l'importance de réalisations que l'on voit aboutir tout de suite, même
modestes.
""",
        body="""
## Ce que l'on peut reprendre ailleurs

- **Ouvrir avant de construire.** Une permanence légère, tenue par des personnes que l'on reconnaît, vaut plusieurs réunions.
- **Mélanger les métiers.** L'alliance d'une commune, d'architectes et d'un cirque a fait venir des publics qu'aucun des
  trois ne touchait seul.
- **Donner à faire, pas seulement à dire.** Peindre, visser, cuisiner : la parole vient en travaillant.
- **Savoir bouger.** La permanence a connu trois adresses en moins de quatre ans, au rythme des travaux.

*Récit écrit par la rédaction à partir de sources publiques, citées sur cette page.*
""",
        testifies_until=Later(days=200),
    ),
    Experience(
        slug="grenoble-chantiers-ouverts-au-public",
        audiences=("associations", "agents"),
        obstacles=("rules", "lasting"),
        stage="doing",
        title="À Grenoble, les habitants refont la place, outils en main",
        in_short="Un banc, une fresque, une pergola, une aire de jeux : avec les Chantiers Ouverts au Public, les Grenoblois "
        "proposent et construisent eux-mêmes. La Ville prête les outils, fournit les matériaux et transmet les gestes.",
        picture="chantier-ouvert",
        themes=(ACTION,),
        places=("commune:38185",),
        actors=("grenoble",),
        published=date(2022, 11, 8),
        reviewed=date(2024, 2, 20),
        licence="cc-by-sa",
        contributor="grenoble",
        source_label="La page des Chantiers Ouverts au Public",
        source_url="https://grenoble.metropoleparticipative.fr/43588-chantier-ouvert-au-public-cop.htm",
        context="""
Dans les quartiers de Grenoble, la même demande revenait : « donnez-nous du matériel, on s'en charge ». Les
procédures habituelles ne savaient pas y répondre. Un aménagement passait par une étude, un marché, une entreprise ; pas par
les voisins.

Les Maisons des Habitants, ouvertes dans chaque secteur, et les Conseils de quartier entendaient ces envies sans
pouvoir les réaliser. Fin 2017, la Ville s'est donné un service et un cadre pour que l'on puisse construire à plusieurs sur l'espace
public, simplement et en sécurité.
""",
        steps=(
            Step(
                title="Proposer",
                text="Une personne, une association ou un collectif dépose son idée dans une Maison des Habitants. Pas de dossier : "
                "un lieu, une envie, quelques voisins intéressés.",
            ),
            Step(
                title="Vérifier que c'est possible",
                text="Les services regardent le sol, les réseaux, l'accessibilité, l'entretien. Quand c'est non, ils disent pourquoi "
                "et cherchent une variante.",
            ),
            Step(
                title="Préparer ensemble",
                text="Plans, matériaux, calendrier : le service « espace public et citoyenneté » dessine avec le groupe. Chacun signe une "
                "convention d'accueil de collaborateur bénévole, qui fixe les règles du chantier et couvre les accidents.",
            ),
            Step(
                title="Construire, portes ouvertes",
                text="Pendant quelques jours, des agents encadrent et tout le monde peut s'arrêter : un quart d'heure ou la semaine, "
                "débutant ou aguerri, les mineurs étant accompagnés.",
            ),
        ),
        means=Means(
            cost="Matériaux et prêt d'outils pris en charge par la Ville ; la main-d'œuvre est bénévole et encadrée.",
            time="Quelques jours de chantier, après une préparation qui laisse au groupe le temps de se former.",
            people="Une petite équipe municipale dédiée, les agents des Maisons des Habitants, les voisins et qui passe par là.",
        ),
        results=(
            Result(
                figure="Novembre 2017",
                label="lancement du dispositif par la Ville",
                on=date(2018, 8, 7),
                source="Place Gre'net",
                url="https://www.placegrenet.fr/2018/08/07/grenoble-des-chantiers-ouverts-au-public-au-service-du-bien-vivre-ensemble/529503",
            ),
            Result(
                figure="2 chantiers en un mois",
                label="à La Chaufferie, menés par sept jeunes : le mobilier de la terrasse, puis son enseigne",
                on=date(2018, 8, 3),
                source="Place Gre'net",
                url="https://www.placegrenet.fr/2018/08/07/grenoble-des-chantiers-ouverts-au-public-au-service-du-bien-vivre-ensemble/529503",
            ),
        ),
        what_failed="""
**La bonne volonté ne suffisait pas.** Qui répond d'un accident quand des bénévoles manient une scie ? Il a fallu monter un service et
une procédure juridique avant d'ouvrir le premier chantier : le cadre a précédé l'élan.

**Un chantier ouvert n'est pas un chantier improvisé.** Une assise bancale décourage plus qu'elle ne rassemble : le service
tient à une finition soignée, ce qui demande des agents présents et formés.
""",
        body="""
## Trois conseils pour se lancer

1. **Commencer petit et visible** : un banc autour d'un arbre fait parler plus qu'un long projet.
2. **Nommer une personne** que les habitants peuvent appeler ; l'organigramme, ils n'ont pas à le connaître.
3. **Régler l'assurance d'abord** : une convention d'une page, lue à voix haute le premier matin.

## Et après ?

Un chantier terminé laisse un groupe qui se connaît. Avant de ranger les outils, une question mérite d'être posée à voix haute :
que faisons-nous ensuite, et avec qui d'autre ?

*Récit écrit par la rédaction à partir de sources publiques, citées sur cette page.*
""",
    ),
    Experience(
        slug="montpellier-caisse-alimentaire-commune",
        audiences=("precaires", "associations"),
        obstacles=("budget", "trust"),
        stage="doing",
        title="Montpellier : une caisse commune pour que chacun choisisse ce qu'il mange",
        in_short="Cotiser selon ses moyens, recevoir la même somme que son voisin pour acheter des produits choisis ensemble : dans le "
        "cadre de Territoires à VivreS, 25 organisations de Montpellier essaient une caisse alimentaire commune.",
        picture="caisse-alimentaire",
        themes=(ACTION,),
        places=("commune:34172",),
        actors=("tav-montpellier", "montpellier"),
        published=date(2022, 11, 8),
        reviewed=date(2024, 6, 10),
        licence="cc-by-sa",
        contributor="tav-montpellier",
        source_label="Le retour d'expérience publié par la Banque des Territoires",
        source_url="https://www.banquedesterritoires.fr/experience/montpellier-sengage-pour-une-alimentation-solidaire-choisie-et-de-qualite-34",
        context="""
L'aide alimentaire nourrit, mais elle laisse peu de choix, et beaucoup n'osent pas la demander. En
parallèle, des paysans de la région peinent à vivre de leur production. À Montpellier, des associations, des
groupements paysans, des chercheurs, la Ville et la Métropole ont voulu prendre les deux problèmes ensemble.

Territoires à VivreS, programme national porté par cinq associations (Réseau Civam, Secours Catholique, Ugess, VRAC et Réseau
Cocagne), leur en a donné le cadre. Localement, 25 organisations forment un comité. Leur pari : la réponse à la précarité
ne sera durable que si celles et ceux qui la vivent décident.
""",
        steps=(
            Step(
                title="Se rencontrer avant de décider",
                when="Printemps 2022",
                text="Balades dans les quartiers pour regarder où l'on achète et ce qui manque, cuisine partagée, projections : on parle "
                "d'abord de ce que l'on mange, pas du dispositif.",
            ),
            Step(
                title="Tenir une première assemblée",
                when="Juin 2022",
                text="Les 25 structures et les futurs membres du comité citoyen se retrouvent et posent les principes : une caisse "
                "ouverte à tous, pas un guichet pour les pauvres.",
            ),
            Step(
                title="Installer le comité citoyen",
                when="Octobre 2022",
                text="Quarante-sept personnes, dont la moitié connaît des difficultés pour se nourrir, écrivent les règles : qui "
                "cotise, combien, où l'on dépense, qui vérifie.",
            ),
            Step(
                title="Ouvrir la caisse",
                when="28 janvier 2023",
                text="Chaque participant verse au moins un euro par mois et dispose de 100 euros en monnaie alimentaire, la « MonA », "
                "à dépenser dans les lieux que le comité a conventionnés.",
            ),
        ),
        means=Means(
            cost="480 000 € de budget, d'origine publique, privée et citoyenne.",
            time="Un an et demi de préparation, puis deux ans d'expérimentation.",
            people="25 organisations et un comité citoyen qui se réunit chaque mois.",
        ),
        results=(
            Result(
                figure="47 personnes",
                label="au comité citoyen et premières à utiliser la caisse",
                on=date(2023, 3, 10),
                source="participation-citoyenne.eu",
                url="https://www.participation-citoyenne.eu/fr/news/la-ville-de-montpellier-et-la-prefecture-de-lherault-testent-la-securite-sociale-de",
            ),
            Result(
                figure="environ 400",
                label="participantes et participants ; le comité compte alors 61 membres",
                on=date(2024, 3, 1),
                source="Entretien publié par Basta !, repris par One Planète",
                url="https://oneplanete.com",
            ),
            Result(
                figure="60 €",
                label="de cotisation moyenne par mois",
                on=date(2024, 5, 24),
                source="Fondation de France",
                url="https://fondationdefrance.org",
            ),
        ),
        what_failed="""
**La caisse ne vit pas de ses cotisations.** Elles couvrent à peu près la moitié de ce qui est dépensé ; le reste vient de
subventions et de fondations, à renouveler. Le passage à une échelle plus grande reste une question ouverte.

**Peu de lieux au départ.** Six points de vente seulement avaient été conventionnés au démarrage. Des critères exigeants
resserrent le choix : c'est un arbitrage, et le comité doit y revenir régulièrement.
""",
        body="""
## Ce qui a compté

- **Le temps.** Des mois de rencontres avant la première règle écrite.
- **La moitié des sièges** pour des personnes en difficulté, invitées par des associations de leur quartier.
- **Une même allocation pour tous.** Personne n'est « bénéficiaire » ; tout le monde est cotisant.
- **Une collectivité à sa place.** La Ville et la Métropole soutiennent et participent ; le comité fixe les règles.

*Récit écrit par la rédaction à partir de sources publiques, citées sur cette page.*
""",
        testifies_until=Later(days=120),
    ),
    Experience(
        slug="plouguerneau-et-les-communes-bretonnes",
        audiences=("elus",),
        obstacles=("turnout", "team"),
        stage="idea",
        title="Plouguerneau et ses voisines : ce que des communes bretonnes ont appris en faisant avec les habitants",
        in_short="Le 25 juin 2016, 18 élus de 8 communes se sont retrouvés à Plouguerneau pour se raconter leurs démarches avec les "
        "habitants, et se dire aussi ce qui avait raté. Le dossier garde la trace de leurs échanges.",
        picture="village-breton",
        themes=(ACTION, BASES),
        places=("commune:29195", "commune:35130", "commune:29053"),
        actors=("plouguerneau", "bruded", "hede-bazouges", "le-faou"),
        published=date(2022, 11, 8),
        reviewed=date(2023, 10, 3),
        licence="cc-by-sa",
        contributor="bruded",
        source_label="BRUDED, le réseau breton qui a animé la rencontre",
        source_url="https://bruded.fr",
        context="""
Commune littorale du Finistère, Plouguerneau compte un peu moins de 7 000 habitants. Comme
beaucoup de conseils municipaux, le sien voulait travailler autrement avec eux, sans savoir par quel bout commencer. Il n'a pas
commandé d'étude : il a invité ses pairs.

BRUDED, réseau de collectivités qui se visitent et se racontent leurs réalisations, a aidé à bâtir une journée simple :
des récits le matin, des ateliers l'après-midi, un repas entre les deux.
""",
        steps=(
            Step(
                title="Inviter des témoins plutôt que des experts",
                text="Des élues et des élus de communes parfois plus petites racontent une réalisation chacun, avec les chiffres et les "
                "disputes.",
            ),
            Step(
                title="Écouter trois façons de faire",
                text="À Arzano, les bénévoles du club de football ont rénové leur local : la commune a acheté les matériaux et gardé "
                "pour des professionnels l'électricité et la plomberie. À Hédé-Bazouges, des jeunes ont obtenu leur skatepark à "
                "condition de le construire avec la mairie. Au Faou, le bourg s'est discuté avec ses habitants.",
            ),
            Step(
                title="Reprendre ses propres projets",
                text="L'après-midi, des ateliers mêlent les communes : que faire, chez soi, de ce que l'on vient d'entendre ? Ceux "
                "qui ont déjà fait donnent du courage à ceux qui hésitent.",
            ),
        ),
        means=Means(
            cost="Une salle et un repas.",
            time="Une journée.",
            people="18 élus de 8 communes, avec l'appui du réseau BRUDED.",
        ),
        results=(
            Result(
                figure="18 élus, 8 communes",
                label="réunis le temps d'une journée",
                on=date(2016, 6, 25),
                source="Territoires en Commun, lettre de novembre 2022",
            ),
            Result(
                figure="11 élus",
                label="de Plouguerneau présents : une bonne partie du conseil municipal",
                on=date(2016, 6, 27),
                source="BRUDED, compte rendu de la rencontre",
                url="https://bruded.fr",
            ),
            Result(
                figure="27 collectivités",
                label="à la rencontre en visioconférence qui a prolongé celle-ci quatre ans plus tard",
                on=date(2020, 6, 30),
                source="BRUDED, retour sur la rencontre du 30 juin",
                url="https://bruded.fr/?p=23962",
            ),
        ),
        what_failed="""
**Moins de communes qu'espéré.** La rencontre, un samedi de juin, n'a pas attiré autant de voisins que prévu : le réseau l'a écrit
sans détour dans son compte rendu. Celles et ceux qui étaient là, en revanche, l'ont beaucoup appréciée.

**Tout ne se prête pas à la participation.** Plouguerneau l'a constaté plus tard avec son plan local d'urbanisme : quand les
règles supérieures ont déjà presque tout fixé, inviter à décider crée plus d'amertume que de confiance.
""",
        body="""
## Ce que les participantes et participants ont retenu

- La convivialité n'est pas un supplément : c'est elle qui fait revenir.
- Confier un vrai morceau d'ouvrage engage davantage qu'une consultation de plus.
- Dire dès le départ ce qui n'est pas négociable évite de perdre la confiance en route.
- Le récit d'une commune de 1 800 habitants parle mieux à une autre qu'un guide national.

*Récit écrit par la rédaction à partir de sources publiques, citées sur cette page.*
""",
    ),
)
