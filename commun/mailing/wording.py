"""The French names of states and reasons, and what each decision leads to."""

from __future__ import annotations

from commun.common import french
from commun.mailing.types import CopiesOut, SendState, UncertainOutcome, UncertainVerdict, WaitingFor

UNCERTAIN_CONSEQUENCES = {
    UncertainVerdict.ACCEPT: "Tenir pour remis : plus rien ne partira vers ces personnes. Celles à qui le message "
    "n’était pas arrivé ne l’auront pas, et rien ici ne le dira.",
    UncertainVerdict.RESEND: "Renvoyer : le message repart vers ces personnes, et l’envoi reprend s’il était fini. "
    "Celles qui l’avaient reçu l’auront deux fois. Qui s’est désabonné depuis est laissé de côté.",
}


def uncertain_outcome(*, verdict: UncertainVerdict, outcome: UncertainOutcome) -> str:
    """What was done, in one sentence; nothing left to decide is no error."""
    if not outcome.decided:
        return "Il n’y avait plus rien à décider : c’était déjà fait."
    if verdict is UncertainVerdict.ACCEPT:
        return f"{french.count(outcome.decided, 'remise tenue')} pour {french.plural(outcome.decided, 'remise')}."
    again = outcome.decided - outcome.excluded
    said = f"{french.number(again)} à renvoyer" if again else "Rien à renvoyer"
    if outcome.excluded:
        said += f" ; {french.count(outcome.excluded, 'laissée')} de côté (départ, adresse écartée)"
    return f"{said}."


# --- sends ----------------------------------------------------------------------------------------------

SEND_STATES = {
    SendState.SCHEDULED: "Programmé",
    SendState.FREEZING: "Liste en cours d’écriture",
    SendState.SENDING: "En cours",
    SendState.PAUSED: "En pause",
    SendState.HELD: "Retenu",
    SendState.CANCELLED: "Annulé",
    SendState.FINISHED: "Terminé",
}
SEND_KINDS = {
    "issue": "Lettre",
    "erratum": "Rectificatif",
    "test": "Exemplaire d’essai",
    "vote_invitation": "Invitation à voter",
    "vote_reminder": "Rappel d’un vote",
}
DELIVERIES = {
    "accepted": "Acceptées",
    "pending": "En attente",
    "in_hand": "En cours",
    "deferred": "À retenter",
    "refused": "Refusées",
    "uncertain": "Incertaines",
    "excluded": "Écartées",
}
STATE_REASONS = {
    "person": "",
    "silence": "Aucun travailleur n’avait donné signe de vie depuis plus d’une heure : panne, ou sauvegarde restaurée. "
    "Vérifiez ce qui est parti avant de confirmer.",
    "restored": "Une sauvegarde a été restaurée : la base ne sait plus ce qui est parti depuis. Comparez avec le "
    "journal du relais avant de confirmer.",
    "policy": "Des messageries nous refusent en tant qu’expéditeur (5.7.x). Lisez leurs réponses, corrigez SPF, DKIM, "
    "DMARC ou la réputation, puis reprenez. Aucune adresse n’a été écartée.",
    "sender_refused": "Le relais refuse notre adresse d’expéditeur. Autorisez-la dans le relais, puis reprenez.",
    "invariant": "Le registre ne correspond plus à la liste des destinataires : c’est un défaut. Ne reprenez pas ; "
    "gardez la base en l’état et prévenez qui maintient le logiciel.",
}
WAITING_FOR: dict[str, str] = {
    WaitingFor.NO_RELAY: "Aucun relais n’est réglé (SMTP_URL) : rien ne part, rien n’est perdu.",
    WaitingFor.RELAY_UNREACHABLE: "Aucun relais ne répond : nouvel essai toutes les minutes au plus. Rien n’est perdu.",
    WaitingFor.NAME: "Le nom du relais ne se résout pas : nouvel essai toutes les minutes au plus. Rien n’est perdu.",
    WaitingFor.CERTIFICATE: "Le certificat du relais est refusé : rien ne part tant qu’il n’est pas bon. "
    "Rien n’est perdu.",
    WaitingFor.JOURNAL: "Le journal d’envoi ne peut pas être écrit (disque plein, droits) : rien ne part sans lui. "
    "L’envoi reprendra seul.",
    WaitingFor.DESCRIPTORS: "La machine n’a plus de fichiers ni de connexions à ouvrir : l’envoi reprendra seul.",
    WaitingFor.CLOCK: "L’horloge de la machine a sauté : l’envoi reprendra quand elle sera stable depuis deux minutes.",
    WaitingFor.DATABASE: "La base de données ne répond pas : l’envoi reprendra seul.",
    WaitingFor.BUG: "Un défaut du logiciel gêne l’envoi : il est réessayé sans cesse. Rien n’est perdu.",
}
# Of a machine: what is wrong with it, and what to do. Relays have their own lines.
MACHINE_FAULTS = {
    WaitingFor.JOURNAL: (
        "ne peut pas écrire son journal d’envoi : rien ne part d’elle.",
        "Faites de la place dans JOURNAL_DIR, ou rendez-en l’écriture au travailleur ; tout repart de soi-même.",
    ),
    WaitingFor.DESCRIPTORS: (
        "n’a plus de fichiers ni de connexions à ouvrir.",
        "Relevez la limite (LimitNOFILE) ou arrêtez ce qui les garde ; tout repart de soi-même.",
    ),
    WaitingFor.CLOCK: (
        "a une horloge qui vient de sauter : rien ne part d’elle tant que l’heure n’est pas sûre.",
        "Vérifiez la synchronisation (NTP) ; une fois l’heure stable deux minutes, tout repart de soi-même.",
    ),
    WaitingFor.DATABASE: (
        "perd la base de données.",
        "Regardez le serveur de base de données et le réseau ; tout repart de soi-même.",
    ),
    WaitingFor.BUG: (
        "a rencontré un défaut du logiciel : des messages ont été remis à plus tard.",
        "Son journal (« our own fault ») dit lequel : transmettez-le à qui maintient le logiciel.",
    ),
}
RELAY_FAULTS = {
    WaitingFor.NAME: (
        "son nom ne se résout pas",
        "Vérifiez SMTP_URL et la résolution de noms de la machine ; tout repart de soi-même.",
    ),
    WaitingFor.CERTIFICATE: (
        "son certificat est refusé",
        "Renouvelez-le, ou corrigez le nom dans SMTP_URL ; tout repart de soi-même.",
    ),
    WaitingFor.RELAY_UNREACHABLE: ("il ne répond pas", "Réparez le relais ; tout repart de soi-même."),
}
DELIVERY_REASONS = {
    "": "",
    "dead_address": "adresse qui n’existe pas ou plus",
    "mailbox_refuses": "boîte pleine ou indisponible",
    "message_refused": "message refusé (taille, format)",
    "refused": "refus sans raison claire",
    "expired": "différée trop longtemps",
    "policy": "refus de l’expéditeur (5.7.x) : notre faute",
    "later": "la messagerie demande d’attendre",
    "our_fault": "défaut du logiciel",
    "connection_lost": "connexion coupée avant la réponse",
    "worker_lost": "travailleur arrêté net",
    "machine_lost": "machine perdue, journal illisible",
    "unsubscribed": "désabonnée depuis",
    "cancelled": "envoi annulé",
    "hard_bounce": "adresse morte, écartée",
    "soft_bounces": "rejets répétés, écartée",
    "complaint": "plainte, écartée",
    "erasure": "effacement demandé",
    "left_tool": "partie d’un autre outil",
    "cleaned_tool": "écartée par un autre outil",
    "manual": "écartée par l’équipe",
    "restored": "en attente quand la sauvegarde restaurée a été faite",
    "decision": "tenue pour remise par décision",
}
DECISIONS = {
    "pause": "Mise en pause",
    "resume": "Reprise",
    "release": "Confirmation après une interruption",
    "cancel": "Annulation",
    "reschedule": "Date déplacée",
    "uncertain_accept": "Incertaines tenues pour remises",
    "uncertain_resend": "Incertaines renvoyées",
}


def reason_label(reason: str) -> str:
    return DELIVERY_REASONS.get(reason, reason)


def copies_out(out: CopiesOut) -> str:
    """Exactly how many left, and what is not known of it yet."""
    left = (
        french.count(out.accepted, "message est parti|messages sont partis")
        if out.accepted
        else "Aucun message n’est parti"
    )
    if out.uncertain:
        left += f", {french.number(out.uncertain)} de plus "
        left += french.plural(out.uncertain, "est incertain|sont incertains")
    if out.held:
        left += f" ; {french.number(out.held)} au plus "
        left += french.plural(out.held, "était déjà en route et arrive|étaient déjà en route et arrivent")
    return f"{left}."


def relay_trouble(*, name: str, fault: str) -> tuple[str, str]:
    """What is wrong with a relay, and what to do."""
    what, do = RELAY_FAULTS.get(WaitingFor(fault or WaitingFor.RELAY_UNREACHABLE), ("il échoue", "Réparez-le."))
    return f"Le relais {name} ne sert pas : {what}.", do


def machine_trouble(*, host: str, kind: str) -> tuple[str, str]:
    """What is wrong with a machine that sends, and what to do."""
    what, do = MACHINE_FAULTS[WaitingFor(kind)]
    return f"La machine {host} {what}", do
