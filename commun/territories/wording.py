"""Refusals in French: what happened, and what to do."""

from __future__ import annotations

from django.utils import timezone

from commun.common import french
from commun.territories import exceptions as refusals
from commun.territories.exceptions import TerritoriesError
from commun.territories.models import OrganisationChange
from commun.territories.types import OrganisationKind

_SENTENCES: dict[type[TerritoriesError], str] = {
    refusals.CodeGone: "Ce code n’est plus valable : son heure est passée, ou trop d’essais étaient faux. "
    "Faites-en envoyer un autre.",
    refusals.NoOfficialAddress: "Nous ne connaissons pas l’adresse officielle de cette collectivité. "
    "Demandez une vérification, ou envoyez une lettre signée.",
    refusals.AddressProvesNothing: "Votre adresse n’est pas celle de la collectivité. "
    "Faites envoyer un code, ou demandez une vérification.",
    refusals.RequestPending: "Une demande attend déjà : l’équipe y répond par courriel.",
    refusals.NothingToRenew: "Ce mandat vient d’être renouvelé, ou il a expiré.",
    refusals.SuccessorUnfit: "Choisissez une autre personne : celle-ci n’agit pas pour la collectivité.",
    refusals.NotWaiting: "C’est déjà décidé : quelqu’un a répondu avant vous.",
    refusals.ApprovalRefused: "Ce n’est pas à vous de décider, ou pas encore.",
    refusals.EvidenceMissing: "Dites ce que vous avez vérifié, ou ce qui manque.",
    refusals.NotModeration: "C’est à la modération d’en décider.",
    refusals.SirenInvalid: "Ce numéro SIREN n’est pas valable : vérifiez ses neuf chiffres.",
    refusals.OrganisationExists: "Une autre organisation a déjà ce territoire ou ce SIREN : c’est le même organisme.",
    refusals.IdentityMissing: "Une collectivité a un territoire du registre, ou un SIREN.",
    refusals.IdentityMixed: "Ce SIREN est celui d’un autre territoire que celui qui est choisi.",
    refusals.UndoTooLate: "Ce mandat a changé depuis : la décision ne s’annule plus. Refusez ou vérifiez à nouveau.",
}
_DOCUMENTS = {
    "type": "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG. Enregistrez-le autrement, puis joignez-le.",
    "size": "Ce fichier pèse plus de 5 Mo. Numérisez en moins grand, ou n’envoyez que la page signée.",
    "empty": "Ce fichier est vide : joignez-en un autre.",
}


def word(error: TerritoriesError) -> str:
    if isinstance(error, refusals.CodeWrong):
        if error.left == 0:
            return "Ce ne sont pas les bons mots, et il n’y a plus d’essai : faites envoyer un autre code."
        return f"Ce ne sont pas les bons mots. Il reste {french.count(error.left, 'essai')}."
    if isinstance(error, refusals.TooManyCodes):
        again = french.short_moment(timezone.localtime(error.again_at))
        return (
            f"Assez de codes sont partis aujourd’hui. Le prochain pourra partir le {again}. D’ici là, le dernier que "
            "vous avez fait envoyer sert encore s’il est valable ; sinon, demandez une vérification."
        )
    if isinstance(error, refusals.DocumentRefused):
        return _DOCUMENTS[error.reason]
    return _SENTENCES.get(type(error), "Cela n’a pas pu être fait.")


_COLUMNS = {"kind": "type", "territory": "territoire", "siren": "SIREN"}


def say_change(change: OrganisationChange) -> str:
    """« type : association → collectivité ; SIREN : aucun → 200 000 172 »"""
    if "checked" in change.after:
        return "vérifiée" if change.after["checked"] else "remise à vérifier"
    return " ; ".join(
        f"{label} : {_say(name, change.before[name])} → {_say(name, change.after[name])}"
        for name, label in _COLUMNS.items()
        if name in change.after
    )


def _say(name: str, value: str | None) -> str:
    if name == "kind" and value in OrganisationKind.values:
        return OrganisationKind(value).label.lower()
    return value or "aucun"
