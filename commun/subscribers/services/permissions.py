"""What each group of the team may do with this room's rows. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import EXPLOITATION, REDACTION, VALIDATION, give_permissions

# `view_topic`: how many people read what. `view_subscriber`: who they are. Nobody is given the right to change a
# proof of consent, which no code nor the database allows either.
_GRANTS = {
    REDACTION: ("view_topic",),
    VALIDATION: ("view_topic",),
    EXPLOITATION: ("view_topic", "view_subscriber", "add_subscriber", "change_subscriber", "view_consentevent"),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
