"""Taking people out of a text that others wrote: replies of servers, tracebacks."""

from __future__ import annotations

import re

HIDDEN = "[adresse]"
_ADDRESS = re.compile(r"[^\s<>\"'(),;:=\[\]{}]+@[^\s<>\"'(),;:\[\]{}]+")
# Personal links: whoever holds one can act in that person's name.
_LINK = re.compile(r"(/(?:preferences|desabonnement|abonnement/confirmation|votes/[^/\s]+)/)[A-Za-z0-9_:.=-]{16,}")


def redact(text: str) -> str:
    """The same text without any e-mail address nor token of a personal link."""
    return _LINK.sub(r"\1[jeton]", _ADDRESS.sub(HIDDEN, text))
