"""Taking sections of another issue into a draft, as they stand there: a starting point, which one then changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.newsletters.exceptions import AlreadySubmitted, NothingToTake
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import current_submission
from commun.newsletters.services.approval import lock, require
from commun.newsletters.services.freeze import latest


def borrow_sections(*, issue: IssuePage, source: IssuePage, ids: Collection[str], user: User) -> int:
    """How many were added, at the end, in their order there. Another version of the draft: what was there stays.

    Raises `NotAllowed`, `AlreadySubmitted`, `NothingToTake`.
    """
    require(user=user, action="submit_issue")
    with transaction.atomic():
        locked = lock(issue=issue)
        if current_submission(issue=locked) is not None:
            raise AlreadySubmitted
        draft = latest(issue=locked)
        taken = [_copy(one) for one in latest(issue=source).body.get_prep_value() if one["id"] in ids]
        if not taken:
            raise NothingToTake
        draft.body = draft.body.stream_block.to_python([*draft.body.get_prep_value(), *taken])
        draft.save_revision(user=user, log_action=True)
    return len(taken)


def _copy(section: dict[str, Any]) -> dict[str, Any]:
    """Without its identifier: the copy has its own."""
    return {"type": section["type"], "value": section["value"]}
