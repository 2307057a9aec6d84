"""What each group of the team may do with contributions. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, give_permissions

_GRANTS = {MODERATION: ("moderate",)}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
