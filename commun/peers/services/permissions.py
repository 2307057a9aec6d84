"""Who of the team sees which introductions wait. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION, give_permissions

_GRANTS = {REDACTION: ("follow_introductions",), MODERATION: ("follow_introductions",)}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
