"""Whoever wrote proves that the address is hers by a button behind a signed link; or somebody vouches for her.

Until then nothing is said or done in her name: see decision 13.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.contributions.models import Contribution
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.types import Act, Trust


@transaction.atomic
def claim(*, contribution_id: int, now: datetime, by: User | None = None) -> Contribution:
    """The button was pressed; `by`: somebody of the team vouches for the sender. Pressed twice, it is one claim."""
    row = lock(contribution_id=contribution_id)
    if row.trust != Trust.PROVEN:
        move(
            contribution_id=row.pk,
            act=Act.CLAIM,
            by=by,
            now=now,
            words="vouched" if by is not None else "button",
            trust=Trust.PROVEN,
        )
        row.refresh_from_db()
    return row
