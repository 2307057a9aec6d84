"""What an act had made is taken back with it, as long as nobody worked on it since."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, ReferenceIndex

from commun.cms.api import CommunDocument, CommunImage
from commun.contributions.exceptions import DraftEdited, NothingToUndo
from commun.contributions.models import Contribution, Event, File
from commun.contributions.types import Act, State


def take_back_draft(*, made: dict[str, Any]) -> None:
    """Delete the draft, if it still is there, and the copies of files it was made with. Raises `DraftEdited`."""
    page = Page.objects.filter(pk=made["page"]).first()
    if page is not None:
        if page.live or page.revisions.count() > 1:
            raise DraftEdited
        page.specific.delete()
    for model, ids in ((CommunImage, made.get("images", [])), (CommunDocument, made.get("documents", []))):
        for one in model.objects.filter(pk__in=ids):
            if not ReferenceIndex.get_references_to(one).exists():
                one.delete()


def take_back_part(*, event: Event) -> None:
    """The part goes back where it came from. Raises `NothingToUndo` once something was done with it."""
    part = Contribution.objects.select_for_update(of=("self",)).filter(pk=event.payload.get("part")).first()
    if part is None or part.state != State.RECEIVED or part.events.exclude(act=Act.RECEIVE).exists():
        raise NothingToUndo
    File.objects.filter(contribution=part).update(contribution=event.contribution_id)
    part.delete()
