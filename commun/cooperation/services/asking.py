"""How what was begun goes is asked after 3, 6 and 12 months; one mail a month per person at most, for all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from commun.accounts.models import User
from commun.common import french, mails
from commun.cooperation import links
from commun.cooperation.models import Start
from commun.cooperation.reminders import working_hour
from commun.cooperation.selectors.starts import Reusable, reusable_of
from commun.cooperation.services.starting import ASKED_AFTER

LOT = 100
_NAMES = ("organisation__territory__departement", "organisation__territory__successor__departement")
A_MONTH = timedelta(days=30)


def ask_how_it_goes(*, now: datetime) -> int:
    """Write to those whose time has come (periodic); how many people were written to."""
    due = Start.objects.filter(ask_at__lte=now, user__isnull=False)
    people = due.order_by("user").values_list("user", flat=True).distinct()
    return sum(_ask(user_id=pk, now=now) for pk in list(people[:LOT]))


@transaction.atomic
def _ask(*, user_id: int, now: datetime) -> bool:
    """All her starts whose time comes within the month, in one mail; none where she had one within the last."""
    user = User.objects.select_for_update().get(pk=user_id)
    mine = Start.objects.filter(user=user).select_related(*_NAMES).order_by("started_at", "pk")
    due = list(mine.filter(ask_at__lte=now + A_MONTH))
    if not any(one.ask_at is not None and one.ask_at <= now for one in due):
        return False  # another worker was first
    last = mine.aggregate(last=Max("asked_at"))["last"]
    if last is not None and now - last < A_MONTH:
        late = working_hour(after=last + A_MONTH, key=str(user_id))
        mine.filter(ask_at__lte=now).update(ask_at=late)
        return False
    for row in due:
        row.asked, row.asked_at = row.asked + 1, now
        row.ask_at = _next(row, now=now)
        row.save(update_fields=["asked", "asked_at", "ask_at"])
    if user.is_active:
        _write(user=user, starts=due)
    return user.is_active


def _next(row: Start, *, now: datetime) -> datetime | None:
    """After a long outage, never two in a row."""
    if row.asked >= len(ASKED_AFTER):
        return None
    after = max(row.started_at + ASKED_AFTER[row.asked], now + A_MONTH)
    return working_hour(after=after, key=f"{row.reference}:{row.asked}")


def _write(*, user: User, starts: list[Start]) -> None:
    first = starts[0].inspired_title
    more = len(starts) - 1
    given = reusable_of(page_ids=[one.inspired_by_id for one in starts if one.inspired_by_id is not None])
    subject = f"Où en êtes-vous ? {first}" + (f" et {french.count(more, 'autre')}" if more else "")
    mails.post(
        to=user.email,
        template="cooperation/mail/start_how.txt",
        subject=subject,
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no program answers what a program wrote
        user=user,
        starts=[
            {
                "start": one,
                "url": links.start_url(reference=one.reference, user_id=user.pk),
                "documents": given.get(one.inspired_by_id or 0, Reusable()).documents,
                "is_last": one.asked >= len(ASKED_AFTER),
            }
            for one in starts
        ],
    )
