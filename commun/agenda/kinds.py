"""Which kind of gathering a title says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from commun.agenda.types import EventKind

_SAID: Mapping[EventKind, str] = {
    EventKind.WEBINAIRE: r"webinaires?|webinars?|webconférences?|visioconférences?",
    EventKind.FORMATION: r"formations?|stages?|mooc|initiation",
    EventKind.VISITE: r"visites?|voyages? d['’]études?",
    EventKind.ATELIER: r"ateliers?|hackathons?|chantiers? participatifs?",
    EventKind.SALON: r"salons?|congrès|foires?|festivals?",
    EventKind.RENCONTRE: (
        r"rencontres?|journées?|conférences?|colloques?|forums?|assises|séminaires?|réunions?|débats?|assemblées?"
    ),
}
_WORDS = re.compile("|".join(rf"\b(?P<{kind.name}>{words})\b" for kind, words in _SAID.items()), re.IGNORECASE)


def kind_said(title: str) -> EventKind | None:
    """By the first word that names one: « Atelier en ligne », « Des places pour les jeunes : visites croisées »."""
    found = _WORDS.search(title)
    return EventKind[found.lastgroup] if found and found.lastgroup else None
