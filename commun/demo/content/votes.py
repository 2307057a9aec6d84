"""Two invented votes: nobody named here ever cast these ballots, and both say so on their page."""

from commun.demo.content.people import MEMBER

INVENTED = (
    "Vote inventé pour la démonstration : aucune des collectivités nommées n'a voté, et ces bulletins ne disent rien de "
    "ce qu'elles pensent."
)
OPEN_TITLE = "Quel prochain projet partagé ?"
OPEN_TEXT = (
    "Quatre thématiques proposées par des collectivités. La mieux placée deviendra un projet de trois à cinq parties."
)
CLOSED_TITLE = "Quelle méthode éprouver ensemble ?"
CLOSED_TEXT = "Les départements choisissent la méthode que le réseau essaiera pendant un an."

# Title, what it is about, page to read.
OPEN_OPTIONS = (
    ("L'eau, un bien à partager", "Habitants, agriculteurs et communes autour d'une même ressource.", "eau"),
    ("La parole des jeunes", "Donner aux moins de vingt-cinq ans une place qui dure.", "jeunes"),
    ("Les transports du quotidien", "Aller travailler, se soigner, étudier sans voiture à soi.", ""),
    ("Les communs du village", "Lavoir, four, chemin, café : ce que l'on entretient à plusieurs.", ""),
)
CLOSED_OPTIONS = (
    ("La convention citoyenne", "Cent personnes tirées au sort, neuf week-ends."),
    ("Le budget participatif", "Une part de l'investissement décidée par les habitants."),
    ("Le chantier ouvert", "Faire ensemble, sur place, ce qui vient d'être décidé."),
    ("L'enquête par les habitants", "Des voisins interrogent des voisins, puis en débattent."),
)

# Grades (0: lowest) and roles (2: stakeholder) of each département, then those of a ballot cast again.
CLOSED_BALLOTS = (
    ("29", (1, 3, 3, 2), (0, 0, 2, 0)),
    ("35", (2, 3, 2, 2), (0, 2, 0, 0)),
    ("22", (1, 2, 3, 1), (0, 0, 2, 0)),
    ("56", (3, 2, 2, 1), (1, 0, 0, 0)),
    ("38", (2, 2, 3, 3), (0, 0, 2, 1)),
    ("34", (2, 3, 3, 1), (0, 2, 1, 0)),
    ("92", (3, 2, 1, 2), (2, 0, 0, 0)),
    ("93", (3, 3, 2, 2), (0, 1, 0, 0)),
    ("33", (1, 2, 2, 0), (0, 0, 0, 0)),
    ("59", (0, 2, 3, 2), (0, 0, 2, 0)),
    ("67", (2, 1, 2, 3), (0, 0, 0, 1)),
    ("974", (1, 3, 2, 2), (0, 2, 0, 0)),
    ("29", (1, 2, 3, 2), (0, 0, 2, 0)),
)
OPEN_BALLOTS = ("38", "34", "974")


def account_of(departement: str) -> str:
    return f"departement.{departement.lower()}@example.org"


# Who acts for which place of the register, as long as the demonstration lasts.
MANDATES = {
    **{account_of(code): f"departement:{code}" for code, _, _ in CLOSED_BALLOTS},
    MEMBER.email: "commune:29195",
    "mairie.gueret@example.org": "commune:23096",
    "mairie.verdun@example.org": "commune:55545",
    "mairie.tremargat@example.org": "commune:22365",
    "mairie.kingersheim@example.org": "commune:68166",
    "mairie.die@example.org": "commune:26113",
    "mairie.lodeve@example.org": "commune:34142",
}
