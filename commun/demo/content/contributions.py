"""What invented people gave, each at another point of its way. Two real messages come in by mail: `mail/*.eml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commun.contributions.types import Kind, State

MAIL = Path(__file__).parent / "mail"
# File, envelope sender, address written to.
MESSAGES = (
    ("une-experience.eml", "solene.legoff@example.org", "editorialisation"),
    ("un-evenement.eml", "hicham.berrada@example.org", "agenda"),
)


@dataclass(frozen=True, kw_only=True)
class Gift:
    """One thing given on the site, and how far it went; `said` is what the team wrote."""

    kind: Kind
    title: str
    text: str
    name: str
    address: str
    state: State
    days: int
    said: str = ""
    structure: str = ""


GIFTS = (
    Gift(
        kind=Kind.RESOURCE,
        title="Le budget participatif expliqué en huit dessins",
        text="Huit planches à projeter en réunion publique : d'où vient l'argent, qui propose, qui vote, qui réalise. "
        "Nous les avons testées dans trois communes ; elles se lisent sans commentaire.",
        name="Wassila Ferrand",
        address="wassila.ferrand@example.org",
        structure="Réseau des régies d'Exemple",
        state=State.WAITING,
        days=6,
        said="Merci pour ces planches. Sous quelle licence pouvons-nous les publier, et qui faut-il créditer pour les "
        "dessins ?",
    ),
    Gift(
        kind=Kind.NEED,
        title="Associer les habitants au devenir de l'ancienne école",
        text="L'école a fermé en juin. Le conseil municipal voudrait décider avec les habitants de ce qu'elle devient, "
        "mais nous sommes deux agents et n'avons jamais animé de concertation.",
        name="Joris Valette",
        address="joris.valette@example.org",
        structure="Une commune de 640 habitants",
        state=State.RECEIVED,
        days=1,
    ),
    Gift(
        kind=Kind.NEWS,
        title="Une animatrice rejoint la maison des projets",
        text="La maison des projets d'Exemple-sur-Loire recrute son animatrice ou son animateur : contrat de trois "
        "ans, à pourvoir en janvier.",
        name="Garance Petit",
        address="garance.petit@example.org",
        state=State.ACCEPTED,
        days=9,
    ),
    Gift(
        kind=Kind.QUESTION,
        title="Peut-on reprendre vos fiches dans un bulletin municipal ?",
        text="Notre bulletin paraît en mars. Nous aimerions y reprendre deux fiches du kit, avec leurs dessins.",
        name="Quitterie Lamothe",
        address="quitterie.lamothe@example.org",
        state=State.IN_REVIEW,
        days=3,
    ),
    Gift(
        kind=Kind.PROPOSAL,
        title="Les transports du quotidien en milieu rural",
        text="Se soigner, travailler, étudier sans voiture à soi : nous sommes plusieurs communes à chercher.",
        name="Tarek Bonnin",
        address="tarek.bonnin@example.org",
        structure="Syndicat de mobilité d'Exemple",
        state=State.RECEIVED,
        days=12,
    ),
    Gift(
        kind=Kind.RESOURCE,
        title="Notre logiciel de gestion des associations",
        text="Une offre exceptionnelle pour les mairies jusqu'à la fin du mois.",
        name="Service commercial",
        address="offre@example.org",
        state=State.DECLINED,
        days=15,
        said="La lettre ne publie pas d'offre commerciale. Si une commune a raconté comment elle s'en sert, son récit "
        "nous intéresse.",
    ),
    Gift(
        kind=Kind.RESOURCE,
        title="Gagnez des abonnés en une semaine",
        text="Cliquez vite.",
        name="",
        address="",
        state=State.SPAM,
        days=2,
    ),
)
