"""What each group of the team may do with this room's rows. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, give_permissions

_GRANTS = {
    REDACTION: ("add_organisation", "change_organisation", "view_organisation"),
    MODERATION: ("add_organisation", "change_organisation", "view_organisation", "check_mandate"),
    EXPLOITATION: ("view_organisation",),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
