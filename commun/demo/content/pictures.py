"""Drawings of our own making (CC BY-SA 4.0): what each shows, for those who do not see it."""

from commun.demo.content.shapes import Picture

CREDIT = "Dessin : Territoires en Commun"
LICENCE = "cc-by-sa"

PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="ecole-du-dehors",
        title="L'école du dehors",
        alt="Sous un grand arbre, au sommet d'une colline, des lycéens assis en cercle écoutent l'une d'eux devant un tableau posé dans "
        "l'herbe ; au loin, la ville et une grue.",
    ),
    Picture(
        slug="chantier-ouvert",
        title="Un chantier ouvert au public",
        alt="Sur une place entourée d'immeubles, au pied des montagnes, des voisins peignent une fresque au sol, vissent un banc et plantent un "
        "arbre.",
    ),
    Picture(
        slug="caisse-alimentaire",
        title="La caisse alimentaire commune",
        alt="Derrière un étal de fruits et légumes sous un auvent rayé, une maraîchère tend un cageot à des habitants ; au premier plan, une caisse "
        "en bois où plusieurs mains déposent des pièces.",
    ),
    Picture(
        slug="village-breton",
        title="Un village breton",
        alt="Devant des maisons de granit aux toits d'ardoise, au bord de la mer, une dizaine d'habitants discutent debout, en cercle.",
    ),
    Picture(
        slug="kit-fiches",
        title="Dix fiches",
        alt="Dix fiches de couleur numérotées, disposées en éventail sur une table entre une tasse et un crayon.",
    ),
    Picture(
        slug="cooperation",
        title="La coopération",
        alt="Cinq personnes se tiennent par un fil qui relie leurs mains et dessine entre elles un réseau.",
    ),
    Picture(
        slug="salon-des-maires",
        title="Le Salon des maires",
        alt="Dans un grand hall d'exposition à verrière, des visiteurs circulent entre les stands ; la tour Eiffel se devine au loin.",
    ),
    Picture(
        slug="oidp-grenoble",
        title="La conférence de Grenoble",
        alt="Devant les montagnes et les bulles du téléphérique de Grenoble, une foule lève des pancartes aux couleurs variées.",
    ),
    Picture(
        slug="genre-et-participation",
        title="Genre et participation",
        alt="Autour d'une table ronde, trois femmes et deux hommes échangent ; leurs bulles de parole ont toutes la même taille.",
    ),
    Picture(
        slug="webinaire",
        title="Une rencontre en ligne",
        alt="Sur l'écran d'un ordinateur portable, une mosaïque de six visages ; à côté, un carnet ouvert et une plante.",
    ),
    Picture(
        slug="recrutement",
        title="Une équipe accueille",
        alt="Deux personnes ouvrent une porte et en accueillent une troisième, sac sur le dos.",
    ),
    Picture(
        slug="theme-action",
        title="Le passage à l'action",
        alt="Des habitants franchissent ensemble un petit pont qu'ils sont en train de construire, une planche après l'autre.",
    ),
    Picture(
        slug="theme-bases",
        title="Les bases de la participation",
        alt="Quatre personnes assemblent de gros blocs de couleur pour bâtir un mur bas, au lever du soleil.",
    ),
    Picture(
        slug="theme-jeunes",
        title="La parole des jeunes",
        alt="Trois jeunes, l'un en fauteuil roulant, parlent dans un mégaphone d'où sortent des feuilles et des étoiles.",
    ),
    Picture(
        slug="theme-eau",
        title="L'eau, un bien à partager",
        alt="Une rivière sinue entre des champs, des maisons et une usine ; sur le pont, des habitants se penchent pour la regarder.",
    ),
    Picture(
        slug="assemblee",
        title="Une première assemblée",
        alt="Dans une salle des fêtes décorée de fanions, des habitants lèvent des cartons verts, assis par petites tables.",
    ),
    Picture(slug="marque-anct", title="ANCT", alt="ANCT"),
    Picture(slug="marque-banque-des-territoires", title="Banque des Territoires", alt="Banque des Territoires"),
    Picture(slug="marque-decider-ensemble", title="Décider ensemble", alt="Décider ensemble"),
    Picture(slug="marque-icpc", title="ICPC", alt="Institut de la concertation et de la participation citoyenne"),
    Picture(slug="marque-democratie-ouverte", title="Démocratie Ouverte", alt="Démocratie Ouverte"),
    Picture(slug="marque-ansa", title="Ansa", alt="Agence nouvelle des solidarités actives"),
)
