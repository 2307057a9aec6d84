"""What happens to a contribution once its page lives: published, then carried by a letter. She is told each time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from commun.common import clock
from commun.contributions.models import Contribution
from commun.contributions.services.letters import write
from commun.contributions.services.lifecycle import move
from commun.contributions.types import Act, State
from commun.cooperation.api import ancestor_of, start_gave


def page_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Receiver of Wagtail's `page_published`."""
    note_published(page=instance, now=clock.now())


@transaction.atomic
def note_published(*, page: Page, now: datetime) -> int:
    """The page went online: contributions it was made of are published. Idempotent; returns how many."""
    found = Contribution.objects.select_for_update(of=("self",)).filter(page=page.pk, state=State.ACCEPTED)
    rows = list(found)
    for row in rows:
        move(contribution_id=row.pk, act=Act.PUBLISH, to=State.PUBLISHED, now=now)
        if (begun := str(row.fields.get("start_of") or "")) and start_gave(reference=begun, page=page):
            _tell_ancestor(page=page)
        if row.address:
            url = settings.SITE_URL + (page.url or "/")
            write(contribution=row, template="published", subject=f"En ligne : {row.title}", page_url=url)
    return len(rows)


def _tell_ancestor(*, page: Page) -> None:
    """Whoever gave what inspired it learns what it set off."""
    ancestor = ancestor_of(page_id=page.pk)
    given = Contribution.objects.filter(page=ancestor.pk).exclude(address="").first() if ancestor is not None else None
    if given is not None:
        url = settings.SITE_URL + (page.url or "/")
        subject = f"Votre contribution en a inspiré une autre : {page.title}"
        write(contribution=given, template="descended", subject=subject, page_url=url, story=page.title)


@transaction.atomic
def note_issue(*, number: int, page_ids: Collection[int], now: datetime) -> int:
    """A letter left that carries these pages. Called at least once; a contribution keeps the first letter it was in."""
    found = Contribution.objects.select_for_update(of=("self",)).filter(
        page__in=page_ids, issue_number=None, state__in=[State.ACCEPTED, State.PUBLISHED]
    )
    rows = list(found)
    for row in rows:
        move(contribution_id=row.pk, act=Act.PUBLISH, to=State.PUBLISHED, now=now, words="issue", issue_number=number)
        if row.address:
            write(
                contribution=row,
                template="in_issue",
                subject=f"Paru dans le numéro {number} : {row.title}",
                number=number,
                issue_url=f"{settings.SITE_URL}/lettre/{number}/",
            )
    return len(rows)
