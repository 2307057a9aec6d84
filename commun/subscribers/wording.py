"""Sentences that are kept as proof, and the French names of acts and means.

A sentence of consent changed here is a new row of `ConsentWording`: what people agreed to before stays as it was.
"""

from __future__ import annotations

from typing import Final

from commun.common import french
from commun.subscribers.address_values import Other
from commun.subscribers.types import ImportReport, LegalBasis

FORM: Final = "form"
CONFIRMATION_PAGE: Final = "confirmation_page"
PREFERENCES_PAGE: Final = "preferences_page"
UNSUBSCRIBE_PAGE: Final = "unsubscribe_page"
ONE_CLICK: Final = "one_click"
IMPORT: Final = "import"
TEAM: Final = "team"
PERSON: Final = "person"
MAIL: Final = "mail"
TERM: Final = "term"
COMPLAINT: Final = "complaint"
PROVIDER: Final = "provider"
RESTORED: Final = "restored"

METHODS = {
    FORM: "formulaire du site",
    CONFIRMATION_PAGE: "bouton de la page de confirmation",
    PREFERENCES_PAGE: "page des préférences",
    UNSUBSCRIBE_PAGE: "bouton de la page de désabonnement",
    ONE_CLICK: "désabonnement en un clic de la messagerie",
    IMPORT: "fichier importé par l’équipe",
    TEAM: "saisie par l’équipe",
    PERSON: "demande de la personne",
    MAIL: "message de désabonnement",
    TERM: "fin de la durée de conservation",
    COMPLAINT: "plainte transmise par la messagerie",
    PROVIDER: "désabonnement transmis par le fournisseur d’envoi",
    RESTORED: "refait après la restauration d’une sauvegarde",
}

BASES = {
    LegalBasis.CONSENT: "consentement",
    LegalBasis.PUBLIC_TASK: "mission d’intérêt public",
    LegalBasis.LEGITIMATE_INTEREST: "intérêt légitime",
}

_DECLARATIONS = {
    LegalBasis.CONSENT: "ces personnes ont accepté de recevoir la lettre, "
    "et la preuve en est gardée à la source indiquée",
    LegalBasis.PUBLIC_TASK: "ces personnes reçoivent la lettre au titre de leur mission publique, "
    "et peuvent s’y opposer par un lien de chaque message",
    LegalBasis.LEGITIMATE_INTEREST: "ces personnes reçoivent la lettre à leur adresse professionnelle, "
    "en rapport avec leur fonction, et peuvent s’y opposer par un lien de chaque message",
}


def form_consent(*, site: str) -> str:
    """What a person reads above the button of the subscription form."""
    return (
        f"En envoyant ce formulaire, je demande à recevoir la lettre {french.of(site)} à cette adresse. "
        "Elle ne sert qu’à cela. Je peux changer mes préférences ou me désabonner à tout moment, "
        "par un lien présent dans chaque message."
    )


def team_declaration(*, basis: LegalBasis, source: str) -> str:
    """What whoever adds people on their behalf declares; it is kept with each proof."""
    return f"L’équipe déclare que {_DECLARATIONS[basis]}. Source : {source}."


def method_label(method: str) -> str:
    return METHODS.get(method, method)


def basis_label(basis: str) -> str:
    return BASES.get(LegalBasis(basis), basis) if basis in set(LegalBasis) else basis


COLUMNS = {
    Other.TOPICS: "Thématiques",
    Other.PLACE: "Département",
    Other.DATE: "Date de l’accord",
    Other.SOURCE: "Source",
}
# What becomes of somebody of whom a column says nothing that is known.
_THEN = {
    Other.TOPICS: "reçoit ce que vous avez choisi pour tout le fichier",
    Other.PLACE: "n’a pas de département",
    Other.DATE: "a pour preuve celle de tout le fichier, sans cette date",
    Other.SOURCE: "a la source du fichier",
}


def told_of_columns(report: ImportReport) -> list[str]:
    """A sentence for each other column that was read: what was understood, and every value that was not."""
    return [_told(column, report) for column in COLUMNS if column in report.understood or column in report.unknown]


def _told(column: Other, report: ImportReport) -> str:
    said = f"{COLUMNS[column]} : {french.count(report.understood.get(column, 0), 'ligne comprise|lignes comprises')}"
    unknown = report.unknown.get(column, {})
    if not unknown:
        return f"{said}."
    named = sorted(((value, lines) for value, lines in unknown.items() if value), key=lambda one: (-one[1], one[0]))
    values = ", ".join(f"« {value} » ({french.number(lines)})" for value, lines in named)
    more = f", et d’autres ({french.number(unknown[''])})" if "" in unknown else ""
    missed = french.count(sum(unknown.values()), "valeur inconnue|valeurs inconnues")
    return f"{said} ; {missed} : {values}{more}. Qui n’a que cela {_THEN[column]}."
