"""Events of other people's calendars: which page each became, and what a later version of it would change there.

A later version never changes what is published: it makes a draft revision of the page, which an editor reads and
publishes, as for any other change.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from commun.accounts.models import User
from commun.agenda.models import CalendarEntry, EventPage
from commun.agenda.types import EventChange


def entry_of(*, source: str, uid: str) -> CalendarEntry | None:
    return CalendarEntry.objects.filter(source=source, uid=uid).first()


def entry_among(*, sources: Collection[str], uid: str) -> CalendarEntry | None:
    """The event that bears this UID in one of these calendars, which are one partner's."""
    return CalendarEntry.objects.filter(source__in=sources, uid=uid).order_by("pk").first()


def note_entry(*, source: str, uid: str, sequence: int, page: EventPage) -> CalendarEntry:
    """This event is that page, at this version; an older one changes nothing."""
    with transaction.atomic():
        entry, created = CalendarEntry.objects.select_for_update().get_or_create(
            source=source, uid=uid, defaults={"sequence": sequence, "page": page}
        )
        if not created and sequence >= entry.sequence:
            entry.sequence, entry.page = sequence, page
            entry.save(update_fields=["sequence", "page"])
    return entry


def propose_change(*, page_id: int, change: EventChange, by: User | None = None) -> EventPage:
    """A draft revision of the event with what changed; what is published stays as it is until somebody publishes it.

    Raises `EventPage.DoesNotExist`, `ValidationError` when it would end before it starts.
    """
    with transaction.atomic():
        page = EventPage.objects.select_for_update(of=("self",)).get(pk=page_id)
        draft = page.get_latest_revision_as_object()
        for name, value in change.changed.items():
            setattr(draft, name, value)
        draft.clean()
        draft.save_revision(user=by, log_action=True, clean=False)
    page.refresh_from_db()
    return page
