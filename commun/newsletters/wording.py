"""What this room tells people, in French: what happened, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from commun.common import french
from commun.common.errors import AppError
from commun.mailing.types import SendProgress
from commun.newsletters.exceptions import BrokenTemplate, NotAllowed, NotApproved
from commun.newsletters.rendering import Finding
from commun.newsletters.types import IssueState
from commun.subscribers.api import Audience, CorrectionAudience, Reach

STATES = {
    IssueState.DRAFT: "Brouillon",
    IssueState.SUBMITTED: "Soumis",
    IssueState.APPROVED: "Approuvé",
    IssueState.SCHEDULED: "Programmé",
    IssueState.SENDING: "Envoi en cours",
    IssueState.PAUSED: "En pause",
    IssueState.HELD: "Retenu",
    IssueState.STOPPED: "Arrêté",
    IssueState.SENT: "Envoyé",
}
EXPLAINED = {
    IssueState.DRAFT: "Rien n’est figé : le numéro se modifie librement. Relisez, essayez, puis soumettez.",
    IssueState.SUBMITTED: "Le message est figé. Une personne qui ne l’a pas écrit doit le lire et l’approuver.",
    IssueState.APPROVED: "Le message approuvé peut partir, maintenant ou à une date.",
    IssueState.SCHEDULED: "L’envoi est programmé ; il commencera de lui-même à l’heure dite.",
    IssueState.SENDING: "La lettre part. Vous pouvez quitter cette page : l’envoi continue.",
    IssueState.PAUSED: "Rien ne part tant que l’envoi n’est pas repris. Personne ne recevra la lettre deux fois.",
    IssueState.HELD: "Après une interruption, l’envoi attend qu’une personne confirme qu’il doit continuer.",
    IssueState.STOPPED: "L’envoi a été arrêté en cours de route ; les personnes restantes ne recevront pas ce numéro.",
    IssueState.SENT: "Tout le monde a été servi. L’édition web reste en ligne et peut être corrigée.",
}
DELIVERIES = {
    "accepted": "Acceptés",
    "pending": "En attente",
    "claimed": "Pris en charge",
    "attempting": "En cours",
    "deferred": "À retenter",
    "refused": "Refusés",
    "uncertain": "Incertains",
    "excluded": "Écartés (désabonnement, adresse bloquée, arrêt)",
}
_SOON = "l’envoi reprendra seul. Rien n’est perdu."
WAITING = {
    "no_relay": "Aucun serveur d’envoi n’est réglé : l’envoi attend, rien n’est perdu. Prévenez l’exploitation.",
    "relay_unreachable": f"Le serveur d’envoi ne répond pas : {_SOON}",
    "name": f"Le serveur d’envoi est introuvable pour l’instant : {_SOON}",
    "certificate": "Le serveur d’envoi n’est pas sûr (certificat) : l’envoi attend, rien n’est perdu. "
    "Prévenez l’exploitation.",
    "journal": f"La machine qui envoie manque de place : {_SOON} Prévenez l’exploitation.",
    "descriptors": f"La machine qui envoie est saturée : {_SOON}",
    "clock": f"L’horloge de la machine qui envoie a sauté : {_SOON}",
    "database": f"La base de données ne répond plus à la machine qui envoie : {_SOON}",
    "bug": f"Un défaut du logiciel gêne l’envoi : {_SOON} Prévenez l’exploitation.",
}
_ACTIONS = {
    "submit_issue": "soumettre, retirer, essayer ou corriger un numéro",
    "approve_issue": "approuver un numéro",
    "send_issue": "envoyer un numéro ou conduire son envoi",
}
_REFUSALS = {
    "newsletters_archive_missing": "L’archive de la lettre n’existe pas : créez la page « La lettre » sous l’accueil.",
    "newsletters_not_ready": "Le numéro ne peut pas encore être soumis : corrigez d’abord les points bloquants.",
    "newsletters_nothing_mended": "Ce numéro a été refusé tel qu’il est : corrigez-le, ou répondez au refus sous ce "
    "qui l’explique, puis soumettez-le de nouveau.",
    "newsletters_not_submitted": "Ce numéro n’est pas soumis : rien n’est figé. Soumettez-le d’abord.",
    "newsletters_changed_since": "Le numéro a changé depuis ce que vous avez lu : l’approbation ne vaut plus. "
    "Relisez-le et soumettez-le de nouveau.",
    "newsletters_own_work": "Vous avez écrit ou modifié ce numéro : une autre personne doit l’approuver. "
    "La règle vaut pour tout le monde, y compris l’administration du site.",
    "newsletters_already_submitted": "Ce numéro est soumis : retirez-le d’abord, il redevient un brouillon.",
    "newsletters_nothing_to_take": "Choisissez au moins une rubrique à reprendre.",
    "newsletters_already_sent": "L’envoi de ce numéro est déjà programmé ou commencé : on ne revient plus en arrière. "
    "Arrêtez l’envoi s’il le faut, ou corrigez l’édition web.",
    "newsletters_words_missing": "Dites pourquoi en quelques mots : la personne qui doit corriger les lira.",
    "newsletters_not_planned": "L’envoi n’est plus programmé : sa date ne se déplace plus.",
    "newsletters_send_cancelled": "L’envoi prévu a été annulé avant de commencer. Soumettez de nouveau le numéro.",
    "newsletters_unknown_issue": "Aucun numéro ne porte ce nom.",
    "newsletters_passage_not_found": "Ce passage n’est pas dans l’édition web en ligne, ou sa correction donnerait une "
    "adresse illisible. Copiez-le exactement depuis la page.",
    "newsletters_not_sent_yet": "Personne n’a reçu ce numéro, ou il est en train de partir : mettez d’abord son envoi "
    "en pause.",
    "newsletters_still_leaving": "La lettre n’a pas fini de partir : le rectificatif attend. Reprenez l’envoi jusqu’à "
    "sa fin, ou arrêtez-le pour de bon ; le rectificatif part ensuite à toutes les personnes qui ont reçu la lettre.",
    "newsletters_nothing_corrected": "Corrigez d’abord l’édition web : le rectificatif y renvoie.",
    "newsletters_no_erratum": "Ce rectificatif a été retiré, ou il est déjà parti : regardez où il en est.",
    "newsletters_not_published": "Ce numéro n’est pas en ligne : modifiez simplement le brouillon.",
    "library_call_ends_later": "L’appel à contributions de cette thématique court au-delà de ce mois : avancez "
    "d’abord sa date limite.",
    "library_not_planner": "Votre compte ne permet pas de modifier cette thématique. Demandez-le à l’exploitation.",
    "mailing_wrong_state": "L’envoi a changé d’état entre-temps : regardez où il en est avant de recommencer.",
    "mailing_ledger_broken": "Le registre de cet envoi ne correspond plus à sa liste : rien ne repart. Prévenez "
    "l’exploitation.",
    "mailing_send_unknown": "Cet envoi n’existe pas.",
    "mailing_too_heavy": "Le message est trop lourd : Gmail le couperait. Retirez une rubrique, ou raccourcissez.",
    "mailing_placeholder_damaged": "Un lien de désabonnement ou de préférences est abîmé : prévenez l’exploitation.",
    "mailing_unsubscribe_missing": "Le lien de désabonnement manque dans le message : prévenez l’exploitation.",
    "mailing_header_unsafe": "L’objet du message contient un caractère interdit (retour à la ligne…). Réécrivez-le.",
}


SCHEDULED = "La liste des destinataires s’écrira au départ. Jusque-là, toute l’équipe peut arrêter l’envoi."


def say(error: AppError) -> str:
    """The refusal as a sentence that says what to do."""
    match error:
        case NotApproved(have=have, need=need):
            return (
                f"Il manque une approbation ({have} sur {need}) : "
                "une personne qui n’a pas écrit le numéro doit l’approuver."
            )
        case NotAllowed(action=action):
            return f"Votre compte ne permet pas de {_ACTIONS.get(action, 'faire cela')}. Demandez-le à l’exploitation."
        case BrokenTemplate(detail=detail):
            return f"Un gabarit de la lettre est défectueux ({detail}) : rien n’est parti. Prévenez l’exploitation."
    return _REFUSALS.get(error.code, f"L’opération a été refusée ({error.code}).")


def say_progress(progress: SendProgress) -> str:
    """Where a send stands, in one line that a screen reader can say."""
    if progress.total is None:
        return "La liste des destinataires s’écrit."
    accepted = progress.counts.get("accepted", 0)
    received = f"{french.number(accepted)} sur {french.number(progress.total)} {french.plural(accepted, 'reçu')}"
    return f"{received} par la messagerie, {french.count(progress.settled, 'réglé')}."


def say_stopped(*, begun: bool) -> str:
    return "Qui l’a reçu le garde ; les autres ne l’auront pas." if begun else "Personne ne l’a reçu."


def say_chosen(segment: str) -> str:
    """A segment whose name the send does not keep was sent to before names were kept."""
    return f"au seul segment « {segment} »" if segment else "à un seul segment"


def say_whom(number: int, *, segment: str | None, counted: bool) -> str:
    """Which people a send goes to; `segment` None is everybody, `counted` says that the list is still to be written."""
    to = "à toutes les personnes que ce numéro concerne" if segment is None else say_chosen(segment)
    return f"Cet envoi va {to}, {french.count(number, 'personne')}{' aujourd’hui' if counted else ''}."


AUDIENCE = {
    Reach.EVERY_ISSUE: "reçoit tous les numéros|reçoivent tous les numéros",
    Reach.CHOSEN: "a choisi cette thématique|ont choisi cette thématique",
    Reach.OTHER_TOPICS: "a choisi d’autres thématiques|ont choisi d’autres thématiques",
    Reach.PAUSED: "a mis la lettre en pause|ont mis la lettre en pause",
    Reach.PENDING: "n’a pas confirmé son abonnement|n’ont pas confirmé leur abonnement",
    Reach.LEFT: "s’est désabonnée|se sont désabonnées",
}
_REACH = {
    Reach.EVERY_ISSUE: "Oui : {} reçoit tous les numéros.",
    Reach.CHOSEN: "Oui : {} a choisi cette thématique.",
    Reach.OTHER_TOPICS: "Non : {} a choisi d’autres thématiques.",
    Reach.PAUSED: "Non : {} a mis la lettre en pause.",
    Reach.PENDING: "Non : {} n’a pas confirmé son abonnement.",
    Reach.LEFT: "Non : {} s’est désabonnée.",
    Reach.SUPPRESSED: "Non : {} est écartée (adresse morte, plainte ou décision de l’équipe).",
    Reach.UNKNOWN: "Non : {} n’est pas abonnée.",
    Reach.NO_ADDRESS: "« {} » n’est pas une adresse.",
}


def say_reach(reach: Reach, *, address: str) -> str:
    return _REACH[reach].format(address)


def say_audience(audience: Audience) -> dict[str, Any]:
    """For a screen: the total in words, and two lists of (number, words)."""
    return {
        "total": people(audience.total),
        "parts": [(number, french.plural(number, AUDIENCE[reach])) for reach, number in audience.parts.items()],
        "left_out": [
            (number, french.plural(number, AUDIENCE[reach])) for reach, number in audience.left_out.items() if number
        ],
    }


def say_reached(audience: CorrectionAudience) -> dict[str, Any]:
    """As `say_audience`, of those who received a letter."""
    left_out = [
        (audience.left, "se sont désabonnées depuis"),
        (audience.suppressed, "sont écartées (adresse morte, plainte ou décision de l’équipe)"),
        (audience.erased, "ont fait effacer leurs données"),
    ]
    return {
        "number": audience.total,
        "total": people(audience.total),
        "reached": people(audience.reached),
        "left_out": [(number, words) for number, words in left_out if number],
    }


_LEVELS = {
    "blocking": "point bloquant|points bloquants",
    "warning": "point à regarder|points à regarder",
    "advice": "conseil",
}


def say_findings(findings: Iterable[Finding]) -> str:
    """How many of each kind, in one line that a screen reader can say."""
    levels = Counter[str](finding.level for finding in findings)
    parts = [french.count(levels[level], words) for level, words in _LEVELS.items() if levels[level]]
    return f"{', '.join(parts)}." if parts else "Rien à signaler."


def people(number: int) -> str:
    if number == 0:
        return "personne"
    return "une personne" if number == 1 else french.count(number, "personne")
