"""Which column of a file holds addresses, and which say that a person left the tool it comes from, or was put out.

Read by headings in several languages, then by what stands in the cells: a column renamed by hand holds what it held.
Sources: the exports of Mailchimp (UNSUB_TIME, CLEAN_TIME), Brevo (EMAIL_BLACKLISTED), Sympa (reception, bounce) and
listmonk (status, subscription_status), contacts of Google and Outlook.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# What nobody sees and spreadsheets carry along; a control is a fault that is told.
_UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NO_WORD = re.compile("[^0-9A-Za-z]+")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# In order: « adresse » may well be a postal one when a column says « courriel ».
HEADINGS = (
    "email", "adresseemail", "emailaddress", "mail", "adressemail", "courriel", "adressecourriel", "mel",
    "adresseelectronique", "adressedemessagerie", "email1value", "email1valeur", "email2value", "messagerie",
    "useremail",
    "primaryemail", "contactemail", "subscriberemail", "correo", "correoelectronico", "direcciondecorreoelectronico",
    "direcciondecorreo", "emailadresse", "indirizzoemail", "adresse", "address",
)  # fmt: skip


class KeptOut(enum.StrEnum):
    """Why somebody of the file gets no letter: it never brings back who left."""

    NO = ""
    LEFT = "left"
    CLEANED = "cleaned"


# What a cell says of its own, in any column: statuses as tools write them, in the languages they are set to.
_LEFT = frozenset(
    """unsubscribed unsub optedout optout desabonne desabonnee desabonnes desinscrit desinscrite desinscription
    desabonnement baja dadodebaja dadadebaja cancelado cancelada desuscrito desuscrita nosuscrito nosuscrita
    bajasuscripcion suscripcioncancelada abgemeldet disiscritto disiscritta nomail""".split()
)
_CLEANED = frozenset(
    """cleaned bounced hardbounce hardbounced blacklisted blocklisted blacklist blocklist disabled suppressed invalid
    complained complaint spam nettoye nettoyee listenoire adresseinvalide bloque bloquee rejete rejetee plainte limpiado
    limpiada eliminado rebotado rebotada listanegra bloqueado bloqueada bereinigt""".split()
)
_OF_LEAVING = re.compile(
    r"unsub|optout|optedout|desabon|desinscri|(?:^|de|en)baja|cancel|abmeld|disiscri|leftat|dateofleave"
)
_OF_CLEANING = re.compile(
    r"^clean|hardbounce|blacklist|blocklist|listenoire|listanegra|limpi|suppress|^bounced$|^bounce$|complain|plainte|^disabled$"
)
_OF_AGREEING = re.compile(
    r"^(email)?(optin|subscribed|abonnee?|inscrite?|suscrit[oa]|newsletter|acceptsmarketing|consent)$"
)
_OF_NOTHING = re.compile(r"url|link|lien|enlace|token|count|score|rate|nombre|softbounce|campaign|campagne|date$")
_NO = frozenset(("", "0", "no", "non", "false", "faux", "n", "f", "none", "null", "never", "jamais", "nunca", "falso"))
_STATUS_5 = re.compile(r"\b5\.\d+\.\d+\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """`addresses`: where an address may stand, the first that is filled is taken. `left` and `cleaned`: columns that
    say so when filled; `agreed`: those that say so when they say no."""

    addresses: tuple[int, ...]
    left: tuple[int, ...] = ()
    cleaned: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()

    def address(self, cells: Sequence[str]) -> str:
        found = (seen(cells[at]) for at in self.addresses if at < len(cells))
        return next((cell for cell in found if cell), "")

    def kept_out(self, cells: Sequence[str]) -> KeptOut:
        words = [word(cell) for cell in cells]
        if any(one in _LEFT for one in words) or any(self._says(cells, at) for at in self.left):
            return KeptOut.LEFT
        if any(at < len(words) and words[at] in _NO - {""} for at in self.agreed):
            return KeptOut.LEFT
        if any(one in _CLEANED for one in words) or any(self._says(cells, at) for at in self.cleaned):
            return KeptOut.CLEANED
        return KeptOut.NO

    @staticmethod
    def _says(cells: Sequence[str], at: int) -> bool:
        cell = cells[at].strip() if at < len(cells) else ""
        return word(cell) not in _NO and not cell.lower().startswith(("http://", "https://"))


def by_headings(cells: Sequence[str]) -> Columns | None:
    """None where no heading is known for that of an address."""
    words = [word(cell) for cell in cells]
    found = [words.index(heading) for heading in HEADINGS if heading in words]
    return (
        None if not found else _with_states(tuple(found[:1] + [at for at in found[1:] if _numbered(words[at])]), words)
    )


def by_contents(cells: Sequence[str], headings: Sequence[str]) -> Columns | None:
    """Of a line that holds an address; `headings`: the line above it, () where it is none."""
    found = [at for at, cell in enumerate(cells) if ADDRESS.fullmatch(bare(cell))]
    return _with_states(tuple(found[:1]), [word(cell) for cell in headings]) if found else None


def _numbered(heading: str) -> bool:
    """« E-mail 2 - Value »: another address of the same person, where the first is empty."""
    return bool(re.search(r"\d", heading))


def _with_states(addresses: tuple[int, ...], words: Sequence[str]) -> Columns:
    others = [(at, one) for at, one in enumerate(words) if at not in addresses and not _is_of_nothing(one)]
    return Columns(
        addresses,
        left=tuple(at for at, one in others if _OF_LEAVING.search(one)),
        cleaned=tuple(at for at, one in others if _OF_CLEANING.search(one)),
        agreed=tuple(at for at, one in others if _OF_AGREEING.match(one)),
    )


def _is_of_nothing(heading: str) -> bool:
    """Addresses of pages, counts and names of campaigns say nothing of a person; a date of leaving does."""
    if heading.endswith("date") and (_OF_LEAVING.search(heading) or _OF_CLEANING.search(heading)):
        return False
    return _OF_NOTHING.search(heading) is not None


def of_sympa(fields: dict[str, str]) -> KeptOut:
    """One person of a dump of Sympa: its own words for who wants nothing, and for an address that bounces."""
    if fields.get("reception") == "nomail" or fields.get("suspend") in {"1", "yes"}:
        return KeptOut.LEFT
    return KeptOut.CLEANED if _STATUS_5.search(fields.get("bounce", "")) else KeptOut.NO


def bare(cell: str) -> str:
    """`Camille Roux <camille@example.org>` → the address alone; of several, the first."""
    cell = seen(cell).split(" ::: ")[0].strip().strip("'\"")
    if cell.endswith(">") and "<" in cell:
        return cell[cell.rindex("<") + 1 : -1].strip()
    return cell.removeprefix("mailto:")


def seen(cell: str) -> str:
    return _UNSEEN.sub("", cell).strip()


def word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _NO_WORD.sub("", plain)
