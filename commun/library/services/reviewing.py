"""Somebody looked at a resource again: all of it is still true."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commun.accounts.models import User
from commun.library.models import ResourcePage


@transaction.atomic
def confirm_resource(*, page_id: int, on: date, by: User | None = None) -> bool:
    """Readers see that date at once; drafts under way keep it. False where the page is not on line.

    It is no publication: nothing else of a draft goes on line, and nobody is told of a page that is not new.
    """
    row = ResourcePage.objects.select_for_update(of=("self",)).live().filter(pk=page_id).first()
    if row is None:
        return False
    page = row.specific
    page.reviewed_on = on
    page.save(update_fields=["reviewed_on"], clean=False, log_action="wagtail.edit", user=by)
    revisions = {one.pk: one for one in (page.live_revision, page.latest_revision) if one is not None}
    for revision in revisions.values():
        revision.content["reviewed_on"] = on.isoformat()
        revision.save(update_fields=["content"])
    return True
