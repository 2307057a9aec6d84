"""What each group of the team may do with votes. Nobody is given the right to see a ballot: there is none to give."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION, VALIDATION, give_permissions

_GRANTS = {
    REDACTION: ("view_vote", "add_vote", "change_vote"),
    VALIDATION: ("view_vote", "add_vote", "change_vote", "schedule_vote"),
    MODERATION: ("view_vote", "strike_elector"),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
