"""What each group of the team may do with this room's rows. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import EXPLOITATION, REDACTION, VALIDATION, give_permissions

_GRANTS = {
    REDACTION: ("view_send",),
    VALIDATION: ("view_send", "control_send"),
    EXPLOITATION: ("view_send", "control_send", "operate_mail", "view_delivery", "view_suppression"),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
