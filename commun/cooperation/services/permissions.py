"""What each group of the team may do with needs, proposals and projects. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION, VALIDATION, give_permissions

_NEEDS = ("answer_needs", "shortlist_proposals")
_GRANTS = {REDACTION: (*_NEEDS, "run_projects"), MODERATION: _NEEDS, VALIDATION: ("run_projects",)}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app."""
    give_permissions(app=sender, grants=_GRANTS)
