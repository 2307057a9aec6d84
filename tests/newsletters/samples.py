# ruff: noqa: E501 (French sentences, kept whole)
"""A whole issue, every section used, for the tests of the renderer."""

from __future__ import annotations

from commun.newsletters.rendering import content as c
from commun.newsletters.rendering.documents import PersonalLinks
from commun.newsletters.rendering.values import Image, Link, Rich

SITE = "https://lettre.example.org"
PERSONAL = PersonalLinks(
    preferences=f"{SITE}/preferences/{'p' * 43}/",
    unsubscribe=f"{SITE}/desabonnement/{'u' * 43}/",
)


def image(name: str, width: int, height: int, alt: str = "", *, base: str = SITE) -> Image:
    return Image(f"{base}/media/{name}", width, height, alt, weight=18_000, decorative=not alt)


def link(label: str, path: str) -> Link:
    return Link(label, f"{SITE}{path}")


def sender(**changes: object) -> c.Sender:
    values: dict[str, object] = {
        "name": "Territoires en Commun",
        "tagline": "Participer, coopérer : ce qui se fait près de chez vous",
        "postal_address": "Territoires en Commun, 1 place de la Mairie, 75000 Paris",
        "contact": Link("Écrire à la rédaction", "mailto:redaction@example.org"),
        "home": link("Territoires en Commun", "/"),
        "archive": link("Lire les numéros précédents", "/lettre/"),
        "licence": "Textes sous licence CC BY-SA 4.0 : partagez-les.",
    }
    return c.Sender(**{**values, **changes})  # type: ignore[arg-type]


def cards(base: str) -> tuple[c.Card, ...]:
    return (
        c.Card(
            "Expérience", "À Grenoble, les habitants refont eux-mêmes la rue",
            "Jardinières, bancs, fresques : la Ville fournit l’outillage et l’assurance, les voisins décident et bâtissent.",
            link("Lire l’expérience de Grenoble", "/ressources/grenoble/"),
            image("card0.png", 720, 480, "Des voisins peignent un banc", base=base), "Grenoble (Isère)",
        ),
        c.Card(
            "Expérience", "Montpellier essaie une caisse alimentaire commune",
            "Chacun cotise selon ses moyens et reçoit 100 € par mois à dépenser dans des lieux choisis ensemble.",
            link("Comprendre la caisse de Montpellier", "/ressources/montpellier/"),
            image("card1.png", 720, 480, "", base=base), "Montpellier (Hérault)",
        ),
        c.Card(
            "Article", "Ce que huit communes bretonnes ont retenu d’une journée ensemble",
            "Des élus comparent leurs conseils de quartier, leurs budgets participatifs et leurs ratés.",
            link("Lire l’article sur Plouguerneau", "/ressources/plouguerneau/"),
            image("card2.png", 720, 480, "Une assemblée en cercle", base=base), "Plouguerneau (Finistère)",
        ),
        c.Card(
            "Kit", "Dix fiches pour que les plus fragiles prennent la parole",
            "Préparer, accueillir, indemniser, rendre compte : une fiche par question, prête à imprimer.",
            link("Ouvrir le kit de dix fiches", "/ressources/kit/"),
            image("card3.png", 720, 480, "", base=base),
        ),
    )  # fmt: skip


def news() -> tuple[c.Card, ...]:
    return (
        c.Card(
            "Rencontre", "Genre et participation : une deuxième journée à Lyon",
            "Les participantes et participants écrivent ensemble un aide-mémoire de l’égalité dans la concertation.",
            link("S’inscrire à la rencontre de Lyon", "/actualites/lyon/"), None,
            "Lyon (Rhône)", "Mardi 29 novembre 2022, de 15 h à 17 h", "Proposé par l’ICPC",
        ),
        c.Card(
            "Recrutement", "Décider ensemble cherche deux stagiaires",
            "Cinq à six mois à partir de février 2023, sur les rencontres et les trophées de l’association.",
            link("Voir l’offre de Décider ensemble", "/actualites/stages/"),
        ),
    )  # fmt: skip


def issue(*, base: str = SITE, **changes: object) -> c.IssueContent:
    blocks: tuple[c.Block, ...] = (
        c.Theme(
            "Le passage à l’action",
            intro=Rich(
                "<p>Concerter, c’est bien ; <strong>faire</strong>, c’est mieux. Chantiers ouverts, caisses communes, "
                f'habitats partagés : ce mois-ci, des collectivités <a href="{SITE}/thematiques/action/">passent à l’acte '
                "avec leurs habitants</a>.</p><p>Voici comment elles s’y prennent, ce que cela coûte, et ce qui a raté.</p>"
            ),
            image=image("theme.png", 1184, 560, "Une file d’habitants au travail dans une rue", base=base),
            need=c.Call(
                "Vous êtes une collectivité ? Dites ce dont vous avez besoin sur cette thématique.",
                link("Préciser notre besoin", "/contribuer/besoin/"),
            ),
        ),
        c.Featured(
            "Pour commencer",
            card=c.Card(
                "Expérience", "À Bagneux, un lycée dessiné par ses futurs élèves",
                "Avant la première pierre, les collégiens de la ville ont imaginé une école tournée vers le dehors.",
                link("Découvrir le lycée de Bagneux", "/ressources/bagneux/"),
                image("bagneux.png", 1184, 520, "Des élèves devant une maquette", base=base),
                "Bagneux (Hauts-de-Seine)", credit="Contribution de la Ville de Bagneux",
            ),
            figures=(
                c.Figure("6 000", "habitants attendus dans le nouveau quartier", "Ville de Bagneux, 2022"),
                c.Figure("3 ans", "d’ateliers avec la jeunesse de la commune"),
            ),
        ),
        c.Inspirations("Des expériences pour vous inspirer", "Quatre manières de s’y mettre, du banc public au budget.", cards(base)),
        c.Seekers(
            "Ils cherchent",
            (
                c.Sought(
                    "Associer les lycéens au plan de mobilité", "Millau (Aveyron)",
                    link("Proposer une rencontre : Millau (Aveyron)", "/rencontres/demander/millau/"),
                ),
            ),
        ),
        c.VoteState(
            "Les votes, où en sont-ils ?",
            (
                c.Brief(
                    "Quelle méthode éprouver ensemble ?", "12 collectivités ont voté : « Le chantier ouvert » arrive en tête.",
                    link("Lire le résultat : Quelle méthode éprouver ensemble", "/votes/quelle-methode/"),
                ),
            ),
        ),
        c.ProjectNews(
            "Des nouvelles des projets partagés",
            (
                c.Brief(
                    "Le chantier ouvert", "Conception, avec le Finistère, les Côtes-d’Armor et le Nord.",
                    link("Suivre le projet : Le chantier ouvert", "/projets/le-chantier-ouvert/"),
                ),
            ),
        ),
        c.Outcomes(
            "Ce que la lettre a fait naître",
            ("Quatre collectivités se lancent après une lecture : « nous voulons le faire ».",),
            (
                c.Card(
                    "Expérience", "À Moncontour, les caisses ont changé de main",
                    "Onze habitants tiennent le budget de la fête, du devis à la facture.",
                    link("Découvrir l’expérience de Moncontour", "/ressources/moncontour/"),
                    None, "Moncontour (Côtes-d’Armor)", credit="Née de : Une caisse commune",
                    start=link("Nous voulons le faire : les caisses de Moncontour", "/demarches/2/"),
                ),
            ),
        ),
        c.ContributionCall(
            "À vous d’écrire la suite",
            Rich("<p>La prochaine lettre portera sur <em>les biens communs</em>. Un récit de dix lignes suffit : nous mettons en forme.</p>"),
            c.Call("", Link("Envoyer une ressource", "mailto:redaction@example.org"), "Jusqu’au 15 janvier 2023"),
        ),
        c.VoteCall(
            "Choisissez le prochain projet partagé",
            Rich("<p>Une voix par collectivité. Le thème le mieux noté devient un projet mené à plusieurs.</p>"),
            c.Call("", link("Voter pour une thématique", "/votes/"), "Jusqu’au 31 décembre 2022"),
        ),
        c.Concept(
            "La coopération",
            lead="Coopérer, c’est accepter que le résultat ne soit écrit d’avance par personne.",
            body=Rich(
                "<h2>Plus qu’une méthode de projet</h2><p>Un projet court après une échéance. La coopération soigne d’abord "
                "les liens ; les échéances viennent ensuite, et tiennent mieux.</p><h2>Elle s’apprend</h2><ul>"
                "<li>Donner du <strong>temps</strong> aux relations.</li><li>Veiller aux places où tout se croise.</li>"
                "<li>Comprendre avant de convaincre.</li></ul>"
            ),
            links=(link("Lire le concept en entier", "/concepts/cooperation/"),),
        ),
        c.Quote("On ne nous a pas demandé notre avis : on nous a prêté des pelles.", "Une habitante du quartier", "Grenoble"),
        c.News("Du côté des partenaires", cards=news()),
        c.Agenda(
            "À vos agendas",
            lines=(
                c.AgendaLine(
                    "Du mardi 22 au jeudi 24 novembre 2022", "Salon des maires et des collectivités locales",
                    "Porte de Versailles, Paris", "ANCT", link("Préparer sa visite au Salon des maires", "/agenda/salon/"),
                ),
                c.AgendaLine(
                    "Du mercredi 7 au samedi 10 décembre 2022", "Conférence de l’OIDP", "Grenoble (Isère)",
                    link=link("Voir le programme de l’OIDP", "/agenda/oidp/"),
                ),
            ),
            more=link("Voir tout l’agenda", "/agenda/"),
        ),
        c.EventCall(
            "Un événement chez vous ?", Rich("<p>Dites-le au réseau en deux minutes.</p>"),
            c.Call("", link("Proposer un événement", "/contribuer/evenement/")),
        ),
        c.Text("Le mot de la rédaction", Rich("<p>Merci aux dix-neuf personnes qui ont relu ce numéro.</p>")),
        c.Picture(image("card2.png", 720, 480, "Le marché un samedi matin", base=base), "Le marché de Plouguerneau"),
        c.Questions(
            "Une question, une remarque ?", Rich("<p>Répondez simplement à ce message : une personne vous lira.</p>"),
            c.Call("", Link("Écrire à la rédaction", "mailto:redaction@example.org")),
        ),
        c.Partners(
            "Une lettre portée par",
            (
                c.Partner("ANCT", link("ANCT", "/annuaire/anct/")),
                c.Partner("Banque des Territoires", link("Banque des Territoires", "/annuaire/bdt/")),
                c.Partner("Décider ensemble", link("Décider ensemble", "/annuaire/decider/")),
                c.Partner("ICPC"),
            ),
        ),
    )  # fmt: skip
    values: dict[str, object] = {
        "number": 12,
        "title": "Le passage à l’action",
        "subject": "Le passage à l’action : la lettre de novembre",
        "date_label": "novembre 2022",
        "preheader": "Un lycée dessiné par ses élèves, une rue refaite par ses voisins, une caisse alimentaire commune.",
        "web_url": link("Voir cette lettre dans votre navigateur", "/lettre/12/"),
        "sender": sender(),
        "blocks": blocks,
        "masthead": image("masthead.png", 640, 130, base=base),
        "welcome": "Tous les deux mois, une thématique, et des collectivités qui racontent comment elles font avec leurs habitants.",
    }
    return c.IssueContent(**{**values, **changes})  # type: ignore[arg-type]
