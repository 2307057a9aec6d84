"""Who of the team keeps pages true. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION, give_permissions

_GRANTS = {REDACTION: ("keep_true",), MODERATION: ("keep_true",)}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
