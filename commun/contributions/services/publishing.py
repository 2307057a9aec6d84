"""What happens to a contribution once its page lives: published, then carried by a letter. She is told each time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from commun.accounts.models import User
from commun.common import clock, mails
from commun.contributions.models import Contribution
from commun.contributions.selectors.contributors import given_for
from commun.contributions.services.letters import write
from commun.contributions.services.lifecycle import move
from commun.contributions.types import Act, State
from commun.cooperation.api import Start, ancestor_of, start_gave
from commun.library.api import credited
from commun.territories.api import Organisation, members_of


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
        begun = str(row.fields.get("start_of") or "")
        if begun and (start := start_gave(reference=begun, page=page)) is not None:
            _tell_ancestor(page=page, start=start, now=now)
        if row.address:
            url = settings.SITE_URL + (page.url or "/")
            write(contribution=row, template="published", subject=f"En ligne : {row.title}", page_url=url)
    return len(rows)


def _tell_ancestor(*, page: Page, start: Start, now: datetime) -> None:
    """Whoever gave what inspired it learns what it set off; of what the team wrote, whoever acts for a body that it
    credits."""
    ancestor = ancestor_of(page_id=page.pk)
    if ancestor is None:
        return
    url = settings.SITE_URL + (page.url or "/")
    said: dict[str, Any] = {"page_url": url, "story": page.title, "state": start.state}
    given = given_for(page_id=ancestor.pk)
    if given is not None:
        subject = f"Votre contribution en a inspiré une autre : {page.title}"
        said |= {"ancestor": given.title, "name": given.name, "is_member": False}
        write(contribution=given, template="descended", subject=subject, **said)
    elif (member := _credited_member(page=ancestor, start=start, now=now)) is not None:
        mails.post(
            to=member.email,
            template="contributions/mail/descended.txt",
            subject=f"Votre collectivité en a inspiré une autre : {page.title}",
            **said | {"ancestor": ancestor.title, "name": member.first_name, "is_member": True},
        )


def _credited_member(*, page: Page, start: Start, now: datetime) -> User | None:
    """Who acts for the organisation credited first, or for the next that has somebody; not for the one that tells."""
    organisations = [pk for pk in credited(page_ids=[page.pk]).get(page.pk, []) if pk != start.organisation_id]
    known = Organisation.objects.in_bulk(organisations)
    acting = (one.user for pk in organisations for one in members_of(organisation=known[pk], at=now))
    return next((user for user in acting if user.email), None)


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
