"""Needs and proposals, stated through the services."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import REDACTION, create_member
from commun.accounts.models import User
from commun.common import clock
from commun.cooperation import api


def make_need(**values: Any) -> api.Need:
    defaults = {
        "title": "Associer les habitants à la place du marché",
        "text": "Nous refaisons la place et personne ne vient aux réunions.",
        "stage": "stuck",
        "constraints": "Une secrétaire à mi-temps.",
        "name": "Camille Exemple",
        "address": "camille@bourg.example.org",
    }
    now = values.pop("now", None) or clock.now()
    return api.state_need(given=api.GivenNeed(**{**defaults, **values}), now=now)


def make_proposal(**values: Any) -> api.ThemeProposal:
    defaults = {
        "title": "Participer en zone rurale",
        "text": "Nos villages sont loin de tout.",
        "name": "Camille Exemple",
        "address": "camille@bourg.example.org",
    }
    now = values.pop("now", None) or clock.now()
    return api.propose_theme(given=api.Given(**{**defaults, **values}), now=now)


def editor(email: str = "redaction@example.org") -> User:
    return create_member(email=email, first_name="Nour", last_name="Essai", groups=(REDACTION,))
