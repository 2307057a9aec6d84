"""After the send: the web edition may be put right, and says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.common import clock
from commun.finding.api import refresh
from commun.newsletters.corrections import correct
from commun.newsletters.exceptions import NotPublished, PassageNotFound
from commun.newsletters.models import Correction, IssuePage
from commun.newsletters.rendering import from_json
from commun.newsletters.selectors.web import corrected_json
from commun.newsletters.services.approval import lock, require
from commun.newsletters.source import Issues


def correct_issue(
    *, issue: IssuePage, wrong: str, right: str, user: User | None, reason: str = "", now: datetime | None = None
) -> Correction:
    """Replace a passage of the web edition. Raises `NotAllowed`, `NotPublished`, `PassageNotFound`."""
    require(user=user, action="submit_issue")
    with transaction.atomic():
        lock(issue=issue)
        content = corrected_json(issue=issue)
        if content is None:
            raise NotPublished()
        corrected, count = correct(content=content, wrong=wrong, right=right)
        if not wrong.strip() or not count:
            raise PassageNotFound()
        try:
            from_json(corrected)
        except ValueError as error:  # an address that would lead nowhere
            raise PassageNotFound() from error
        made = Correction.objects.create(
            issue=issue, wrong=wrong, right=right, reason=reason, at=now or clock.now(), by=user
        )
        refresh(source=Issues.name, keys=[str(issue.pk)])
        return made
