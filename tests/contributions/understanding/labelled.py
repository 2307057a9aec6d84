"""Messages in the manner of those who write, and what a person reads in them. All received on 23 November 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

RECEIVED = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))


@dataclass(frozen=True, kw_only=True)
class Case:
    """`sessions`: "2026-12-03 15:00/17:00", or days alone. `territories`: keys. `links`: addresses, of any use."""

    kind: str
    title: str
    body: str
    subject: str | None = None
    signature: str = ""
    sender: str = "camille@free.fr"
    html: str = ""
    sessions: tuple[str, ...] = ()
    deadline: str = ""
    territories: tuple[str, ...] = ()
    organisation: str = ""
    theme: str = ""
    links: tuple[str, ...] = ()


CASES = (
    Case(
        kind="event",
        subject="Fwd: Webinaire « aller vers » mardi 1er décembre",
        title="Webinaire « aller vers » mardi 1er décembre",
        body="Bonjour,\n\nNous organisons un webinaire mardi 1er décembre, de 15h à 17h.\nInscription : "
        "https://evenements.example.org/inscription/42\n",
        signature="Mairie de Sauve\n30610 Sauve",
        sender="accueil@sauve.example.org",
        sessions=("2026-12-01 15:00/17:00",),
        territories=("commune:30311",),
        organisation="Mairie de Sauve",
        theme="4",
        links=("https://evenements.example.org/inscription/42",),
    ),
    Case(
        kind="event",
        title="Rencontres de la participation",
        body="Les prochaines rencontres auront lieu du 7 au 10 décembre à Saint-Étienne (Loire), à la Cité du design.\n"
        "Programme : www.rencontres.example.org/programme.",
        sessions=("2026-12-07/2026-12-10",),
        territories=("commune:42218",),
        links=("https://www.rencontres.example.org/programme",),
    ),
    Case(
        kind="event",
        title="Atelier budget participatif",
        body="Bonjour à tous,\n\nAtelier ouvert aux élus le 3/12 à 18h30, salle des fêtes de Crest (26400).\nVenez nombreux !",
        sessions=("2026-12-03 18:30",),
        territories=("commune:26108",),
        theme="1",
    ),
    Case(
        kind="event",
        title="Journée d’étude sur le conseil municipal des jeunes",
        body="Nous vous invitons à une journée d’étude.\n\nDate : jeudi 14 janvier\nHoraires : de 9 h 30 à midi\n"
        "Lieu : Hôtel de ville de Rennes\nInscription avant le 5 janvier auprès du secrétariat.",
        sessions=("2027-01-14 09:30/12:00",),
        deadline="2027-01-05",
        territories=("commune:35238",),
        theme="2",
    ),
    Case(
        kind="event",
        title="Formation à la facilitation, trois sessions",
        body="Trois sessions de formation sont ouvertes à l’inscription : les 5, 12 et 19 janvier 2027 de 9h à 17h à Lyon.\n"
        "https://formation.example.org/",
        sessions=("2027-01-05 09:00/17:00", "2027-01-12 09:00/17:00", "2027-01-19 09:00/17:00"),
        territories=("commune:69123",),
        links=("https://formation.example.org/",),
    ),
    Case(
        kind="event",
        title="Café-débat sur l’eau",
        body="Le café-débat se tiendra samedi 12 décembre de 10h à 12h30 à la médiathèque de Die, puis samedi 9 janvier à 10h.",
        sessions=("2026-12-12 10:00/12:30", "2027-01-09 10:00"),
        territories=("commune:26113",),
        theme="3",
    ),
    Case(
        kind="event",
        title="Forum citoyen",
        body="Le forum citoyen de La Réunion se déroulera le 15/12/2026 de 8h30 à 16h à Saint-Denis. Entrée libre.",
        sender="dac@saintdenis.example.org",
        sessions=("2026-12-15 08:30/16:00",),
        territories=("commune:97411", "region:04"),
        organisation="Ville de Saint-Denis",
    ),
    Case(
        kind="event",
        title="Visite apprenante",
        body="Nous proposons une visite du tiers-lieu de Lormes, dans la Nièvre, vendredi prochain à 14h. Places limitées.",
        sessions=("2026-11-27 14:00",),
        territories=("commune:58145", "departement:58"),
    ),
    Case(
        kind="resource",
        title="Guide du budget participatif en milieu rural",
        subject="TR: RE: Guide du budget participatif en milieu rural",
        body="Bonjour,\nVoici le guide que nous avons rédigé : https://ateliers.example.org/guide.pdf\nIl est libre de droits.",
        signature="Léa Exemple\nLes Ateliers du bourg",
        sender="lea@ateliers.example.org",
        organisation="Les Ateliers du bourg",
        theme="1",
        links=("https://ateliers.example.org/guide.pdf",),
    ),
    Case(
        kind="resource",
        title="Retour d’expérience : la cantine qui ne jette plus",
        body="La commune de Sauve a mis en place une démarche de sobriété à la cantine. En 2024, nous avons réuni les parents. "
        "Le 12 mars 2025, le conseil municipal a voté. Bilan et photos ci-joints.",
        territories=("commune:30311",),
        theme="3",
    ),
    Case(
        kind="resource",
        title="Fiche méthode : aller à la rencontre des habitants des quartiers prioritaires",
        body="Je vous transmets une fiche sur le porte-à-porte, réalisée avec les médiateurs de Roubaix et de Tourcoing.",
        territories=("commune:59512", "commune:59599"),
        theme="4",
    ),
    Case(
        kind="resource",
        title="Nous partageons une expérience menée avec les collégiens de Saint-Pierre (97410)",
        subject="contribution",
        body="Bonjour,\nNous partageons une expérience menée avec les collégiens de Saint-Pierre (97410). Le film est en ligne : "
        "https://video.example.org/w/12ab",
        territories=("commune:97416",),
        theme="2",
        links=("https://video.example.org/w/12ab",),
    ),
    Case(
        kind="resource",
        title="Kit “concertation et mobilités douces”",
        subject="[Réseau] Kit “concertation et mobilités douces”",
        body="Le Département de la Drôme met à disposition un kit : modèles de courrier, trame d’animation, diaporama.",
        signature="Département de la Drôme\nDirection des mobilités\n26 avenue du Président Exemple, 26000 Valence",
        sender="mobilites@drome.example.org",
        territories=("departement:26", "commune:26362"),
        organisation="Département de la Drôme",
        theme="3",
    ),
    Case(
        kind="resource",
        title="Un article à lire",
        body="Un article intéressant sur les conventions citoyennes, paru hier : https://revue.example.org/a/77",
        links=("https://revue.example.org/a/77",),
    ),
    Case(
        kind="need",
        title="Comment faire venir les jeunes ?",
        body="Nous cherchons une commune de moins de 1 000 habitants qui a monté un conseil municipal des jeunes. "
        "Quelqu’un aurait-il un règlement intérieur à nous envoyer ?",
        signature="Le maire de Bourg-Saint-Andéol",
        territories=("commune:07042",),
        theme="2",
    ),
    Case(
        kind="need",
        title="Besoin d’un animateur de réunion publique",
        body="Notre commune a besoin d’aide pour animer une réunion tendue sur un projet d’éoliennes. Nous n’avons pas de budget.",
    ),
    Case(
        kind="need",
        title="Recherche retours sur les budgets participatifs",
        body="Bonjour, je cherche des retours de communes du Gard sur leur budget participatif : calendrier, moyens, votes.",
        territories=("departement:30",),
        theme="1",
    ),
    Case(
        kind="need",
        title="conseil pour notre jardin partagé",
        body="Nous ne savons pas comment relancer notre jardin partagé et recherchons des conseils. Merci d’avance",
    ),
    Case(
        kind="question",
        title="Votre lettre",
        body="Bonjour,\nJe souhaiterais savoir quand paraît le prochain numéro ?\nMerci !",
    ),
    Case(
        kind="question",
        title="Lien cassé",
        body="Bonjour, le lien vers le kit ne fonctionne plus sur votre page. Pourriez-vous vérifier ?",
    ),
    Case(
        kind="question",
        title="Droit d’auteur",
        body="Est-ce que nous pouvons reproduire un de vos textes dans notre bulletin municipal ?",
    ),
    Case(
        kind="proposal",
        title="Idée de thème",
        body="Pourquoi ne pas consacrer un numéro à la participation des personnes âgées ? Cela intéresserait nos élus.",
    ),
    Case(
        kind="proposal",
        title="Proposition de thématique",
        subject="Proposition de thématique",
        body="Nous vous proposons comme thème la place de l’eau dans les projets. Le sujet monte chez nous.",
        theme="3",
    ),
    Case(
        kind="unsubscribe",
        title="STOP",
        body="Merci de me désabonner de cette liste.",
    ),
    Case(
        kind="unsubscribe",
        title="Désinscription",
        body="Bonjour, je ne souhaite plus recevoir vos messages.",
    ),
    Case(
        kind="unsubscribe",
        title="lettre d’information",
        body="Veuillez retirer mon adresse de vos destinataires, j’ai pris ma retraite.",
    ),
    Case(
        kind="news",
        title="Offre d’emploi : chargée de participation",
        body="La métropole de Grenoble recrute une chargée de mission participation citoyenne (CDI). Candidatures jusqu’au "
        "15 décembre 2026 sur https://emploi.example.org/offres/9",
        deadline="2026-12-15",
        territories=("commune:38185",),
        links=("https://emploi.example.org/offres/9",),
    ),
    Case(
        kind="news",
        title="Appel à projets « Quartiers fertiles »",
        body="L’agence lance un appel à projets ouvert aux communes d’Occitanie. Date limite : 31 janvier 2027.\n"
        "Règlement : https://agence.example.org/aap",
        deadline="2027-01-31",
        territories=("region:76",),
        links=("https://agence.example.org/aap",),
    ),
    Case(
        kind="news",
        title="Parution du baromètre 2026",
        body="Notre association vient de publier son baromètre. Communiqué de presse : https://barometre.example.org",
        links=("https://barometre.example.org",),
    ),
    Case(
        kind="event",
        title="réunion le 10 déc",
        body="bonjour\nla réunion publique aura lieu jeudi 10 déc. 2026 à 20h\nmerci de l'annoncer dans votre agenda",
        sessions=("2026-12-10 20:00",),
    ),
    Case(
        kind="event",
        title="Festival des initiatives",
        body="Du jeudi 28 au samedi 30 janvier, festival des initiatives citoyennes à Nantes. Renseignements rue de Rennes, "
        "tél. 02 40 01 02 03. Inscriptions : https://framaforms.example.org/festival",
        sessions=("2027-01-28/2027-01-30",),
        territories=("commune:44109",),
        links=("https://framaforms.example.org/festival",),
    ),
    Case(
        kind="event",
        title="Conférence",
        body="Mme Claire Angers et M. Paul Lille donneront une conférence en ligne le 8 décembre à partir de 12h30. "
        "Lien de connexion : https://visio.example.org/b/abc-def-ghi",
        sessions=("2026-12-08 12:30",),
        links=("https://visio.example.org/b/abc-def-ghi",),
    ),
    Case(
        kind="resource",
        title="Notre film sur la démocratie de proximité",
        body="Y a-t-il de la place pour ce film ? Nous l’avons tourné à Saint-Denis, en Seine-Saint-Denis. Bois, pierre, eau : "
        "tout y est. Les Sens ont leur place aussi. Orange, SFR et Free n’y sont pour rien.",
        territories=("commune:93066", "departement:93"),
        theme="3",
    ),
    Case(
        kind="resource",
        title="Boîte à outils de la communauté de communes du Ternois",
        body="La communauté de communes du Ternois partage sa boîte à outils, testée à Saint-Pol-sur-Ternoise.",
        territories=("epci:200069672", "commune:62767"),
    ),
    Case(
        kind="event",
        title="Assemblée citoyenne",
        body="Rendez-vous les 7 et 8 décembre de 9h à 17h30 au Mans, puis le 21/01 de 14h-16h en visio.",
        sessions=("2026-12-07 09:00/17:30", "2026-12-08 09:00/17:30", "2027-01-21 14:00/16:00"),
        territories=("commune:72181",),
    ),
    Case(
        kind="resource",
        title="Évaluation de notre dispositif",
        body="Entre 2021 et 2023, 3/12 des habitants ont participé (24h/24, 7j/7). Voir le rapport ci-joint, version 1.2.",
    ),
    Case(
        kind="resource",
        title="Expérience de Villeneuve",
        body="À Villeneuve, nous avons créé un atelier de réparation ; le bilan est en pièce jointe.",
    ),
    Case(
        kind="event",
        title="Soirée de restitution",
        body="Soirée de restitution jeudi 17 décembre à 19 heures, à L’Isle-d’Abeau. Gratuit, inscription conseillée.",
        sessions=("2026-12-17 19:00",),
        territories=("commune:38193",),
    ),
    Case(
        kind="event",
        title="Séminaire à Fort-de-France",
        body="Le séminaire se tient le 4 février 2027 de 8h à 13h à Fort-de-France. Il sera suivi d’ateliers.",
        sessions=("2027-02-04 08:00/13:00",),
        territories=("commune:97209",),
    ),
    Case(
        kind="news",
        title="Nouvelle directrice au réseau",
        body="Nous avons le plaisir de vous annoncer l’arrivée de notre nouvelle directrice le 4 janvier 2027.",
        sessions=("2027-01-04",),
    ),
)
