"""Pages that were given a date: on line when it comes, off line when it is over."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision

from commun.cms.exceptions import NotToBeOnline

logger = logging.getLogger("commun.cms")


def publish_due(*, now: datetime) -> int:
    """Sweep: what was planned goes on line; a page that may not, or that is no longer valid, becomes a draft again and
    holds back no other. Returns how many went on line."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return sum(_publish(revision_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)))


def _publish(*, revision_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            found = Revision.objects.select_for_update().filter(pk=revision_id, approved_go_live_at__lte=now)
            revision = found.first()
            if revision is None:  # another worker was faster
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
            return True
    except (NotToBeOnline, ValidationError) as error:
        logger.warning("revision %s was planned and stays a draft: %s", revision_id, type(error).__name__)
        Revision.objects.filter(pk=revision_id).update(approved_go_live_at=None)
        return False


def take_off_expired(*, now: datetime) -> int:
    """Sweep: what was to be seen until a date goes off line. Returns how many."""
    over = list(Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"))
    for page in over:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return len(over)
