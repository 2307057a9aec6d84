"""What each group of the team may do with the letter. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import REDACTION, VALIDATION, give_permissions

_GRANTS = {
    REDACTION: ("submit_issue",),
    VALIDATION: ("submit_issue", "approve_issue", "send_issue"),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
