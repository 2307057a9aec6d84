"""One event, by whichever way it comes first: a partner's feed and the mail of its domain speak of the same calendar.

Neither speaks for anybody else: a mail counts where its sender is proven, a feed where its host is that domain's.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from commun.agenda.api import entry_among
from commun.contributions.models import Contribution, Feed
from commun.contributions.services.lifecycle import lock
from commun.contributions.types import OPEN

_FEWEST_LABELS = 2


def mail_kin(feed: Feed) -> list[str]:
    """Sources of mail that speak for this feed: of its host, and of the domains above it."""
    labels = (urlsplit(feed.url).hostname or "").lower().removeprefix("www.").split(".")
    return [f"mail:{'.'.join(labels[at:])}"[:120] for at in range(len(labels) - _FEWEST_LABELS + 1)]


def feed_kin(source: str) -> list[str]:
    """Feeds for which mail of this source speaks."""
    return (
        [feed.source for feed in Feed.objects.all() if source in mail_kin(feed)] if source.startswith("mail:") else []
    )


def page_among(*, sources: list[str], uid: str) -> int | None:
    entry = entry_among(sources=sources, uid=uid) if sources else None
    return entry.page_id if entry is not None else None


def open_among(*, sources: list[str], uid: str) -> Contribution | None:
    """The contribution about this event that still waits for a decision, locked."""
    found = Contribution.objects.filter(state__in=OPEN, fields__calendar_uid=uid, fields__calendar_source__in=sources)
    pk = found.order_by("pk").values_list("pk", flat=True).first()
    return None if pk is None else lock(contribution_id=pk)
