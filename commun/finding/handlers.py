"""What happens below, heard in the transaction in which it happens."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from commun.finding.registry import source_of
from commun.finding.services.writing import refresh
from commun.finding.sources.actors import givers_of
from commun.finding.sources.pages import naming

_AT_ONCE = 50


def page_changed(page: Page) -> None:
    """Saved, moved or deleted. A body that it no longer names is seen to by the sweep."""
    source = source_of(page.specific_class or type(page))
    if source is not None and page.pk is not None:
        refresh(source=source.name, keys=source.touched_by(page=page))
        refresh(source="directory", keys=[str(pk) for pk in givers_of(page)])


def organisation_changed(sender: Any, instance: Any, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    if not raw:
        refresh(source="directory", keys=[str(instance.pk)])
        # Pages that name it are found by its new name at once; the sweep sees to those beyond. None names a new one.
        pages = naming(organisation=instance.pk, most=_AT_ONCE) if instance.pk and not created else []
        refresh(source="pages", keys=[str(pk) for pk in pages])


def organisation_decided(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """By the moderation, whose services write the row itself."""
    if not raw:
        refresh(source="directory", keys=[str(instance.organisation_id)])


def vote_changed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        refresh(source="votes", keys=[str(instance.pk)])
