"""Where a call of the letter leads: to its page when that exists, else to an address of the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from django.conf import settings

from commun.cms.api import NetworkSettings
from commun.newsletters.rendering.content import Link
from commun.newsletters.types import CallKind

_pages: dict[CallKind, Callable[[], str]] = {}
_until: dict[CallKind, Callable[[], date | None]] = {}

_LABELS = {
    CallKind.NEED: "Préciser notre besoin",
    CallKind.CONTRIBUTION: "Envoyer une ressource",
    CallKind.VOTE: "Voter pour une thématique",
    CallKind.EVENT: "Annoncer un événement",
    CallKind.QUESTION: "Écrire à la rédaction",
}
_SUBJECTS = {
    CallKind.NEED: "Notre besoin",
    CallKind.CONTRIBUTION: "Une ressource pour la lettre",
    CallKind.VOTE: "Notre choix de thématique",
    CallKind.EVENT: "Un événement à annoncer",
    CallKind.QUESTION: "À propos de la lettre",
}


def register_call_page(
    kind: CallKind | str, url: str | Callable[[], str], *, until: Callable[[], date | None] | None = None
) -> None:
    """From a room's `AppConfig.ready()`: the page where readers answer. A function may answer "" (no page now).

    `until` says until when they can, for a call to which the editor gave no date.
    """
    _pages[CallKind(kind)] = url if callable(url) else lambda: url
    if until is not None:
        _until[CallKind(kind)] = until


def call_until(*, kind: CallKind) -> date | None:
    return _until[kind]() if kind in _until else None


def call_link(*, kind: CallKind, network: NetworkSettings, label: str = "", theme: str = "") -> Link | None:
    """The page registered for it, else `mailto:` the network; None while the network has no address either.

    `theme`: slug of the theme the answer is about; its page already has it chosen.
    """
    label = label.strip() or _LABELS[kind]
    page = _pages[kind]() if kind in _pages else ""
    if page:
        page += f"?thematique={quote(theme)}" if theme else ""
        return Link(label, f"{settings.SITE_URL}{page}" if page.startswith("/") else page)
    address = {
        CallKind.EVENT: network.agenda_email,
        CallKind.QUESTION: network.contact_email or network.contribution_email,
    }.get(kind, network.contribution_email or network.contact_email)
    return Link(label, f"mailto:{address}?subject={quote(_SUBJECTS[kind])}") if address else None
