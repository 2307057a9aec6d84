"""A collectivité begins what a page inspired, and says how it goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from commun.accounts.models import User
from commun.cooperation.exceptions import NothingToStart, WrongState
from commun.cooperation.lives import START
from commun.cooperation.models import Start, StartEvent
from commun.cooperation.reminders import working_hour
from commun.cooperation.selectors.starts import ancestors_of, inspiring
from commun.cooperation.types import UNDER_WAY, StartState
from commun.territories.api import MandateLevel, Membership, Organisation, find_mandate, require_mandate

_LOT = 200
_TWICE = timedelta(minutes=10)  # the same word twice in so short a time is a double click
_PLACE = ("organisation__territory__successor",)
# How long after the beginning it is asked how it goes: three, six and twelve months.
ASKED_AFTER = (timedelta(days=91), timedelta(days=182), timedelta(days=365))


@transaction.atomic
def begin(
    *,
    page: Page,
    organisation: Organisation,
    user: User,
    now: datetime,
    state: StartState = StartState.WISH,
    purpose: str = "",
    begun_on: date | None = None,
    is_public: bool = True,
) -> Start:
    """« Nous voulons le faire », or already did. Twice, by whomever of the same place, is once: the first stands.

    A member whose mandate is not proved yet may say so: nobody sees it before it is, and it keeps no colleague from
    saying it. Raises `MandateMissing`, `NothingToStart`.
    """
    require_mandate(user=user, organisation=organisation, level=MandateLevel.M0, at=now)
    place = organisation.place
    if inspiring(page_id=page.pk) is None or place is None:
        raise NothingToStart
    proved = find_mandate(user=user, organisation=organisation, at=now) is not None
    if proved:
        _hold(page.pk)
        _prove(Start.objects.filter(inspired_by=page, place_key=place.key, user=user))
    whose: dict[str, Any] = {} if proved else {"user": user}
    row, made = Start.objects.get_or_create(
        inspired_by=page,
        place_key=place.key,
        is_proved=proved,
        **whose,
        defaults={
            "inspired_title": page.title,
            "organisation": organisation,
            "state": state,
            "purpose": purpose,
            "begun_on": begun_on,
            "is_public": is_public,
            "user": user,
            "started_at": now,
            "moved_at": now,
        },
    )
    if made:
        row.ask_at = _next_question(row) if row.is_under_way else None
        row.save(update_fields=["ask_at"])
        StartEvent.objects.create(start=row, state=state, words=purpose, by=user, at=now)
    return row


def _next_question(row: Start) -> datetime | None:
    if row.asked >= len(ASKED_AFTER):
        return None
    after = row.started_at + ASKED_AFTER[row.asked]
    return working_hour(after=after, key=f"{row.reference}:{row.asked}")


@transaction.atomic
def tell(*, start_id: int, state: StartState, words: str, by: User | None, now: datetime) -> Start:
    """How it goes. To say the same state again is news too: it is still so. Raises `ForbiddenMove`."""
    row = Start.objects.select_for_update().get(pk=start_id)
    START.check(row.state, state, undo=not START.allows(row.state, state))
    if row.events.filter(state=state, words=words, at__gt=now - _TWICE).exists() and row.state == state:
        return row
    row.state, row.moved_at = state, now
    row.ask_at = (row.ask_at or _later(row, now=now)) if state in UNDER_WAY else None
    row.save(update_fields=["state", "moved_at", "ask_at"])
    StartEvent.objects.create(start=row, state=state, words=words, by=by, at=now)
    return row


def _later(row: Start, *, now: datetime) -> datetime | None:
    """Of one that is taken up again: the next question that is not past; none where she wanted no more."""
    if row.is_quiet:
        return None
    due = (
        working_hour(after=row.started_at + span, key=f"{row.reference}:{number}")
        for number, span in enumerate(ASKED_AFTER)
        if number >= row.asked
    )
    return next((at for at in due if at > now), None)


@transaction.atomic
def show(*, start_id: int, public: bool) -> None:
    """Whether everybody sees it, or members only."""
    Start.objects.filter(pk=start_id).update(is_public=public)


@transaction.atomic
def remove(*, start_id: int) -> None:
    """It was said by mistake: nothing of it stays. Raises `WrongState` once an experience came of it."""
    row = Start.objects.select_for_update(of=("self",)).get(pk=start_id)
    if row.gave_id is not None:
        raise WrongState(row.state)
    row.delete()


@transaction.atomic
def ask_no_more(*, start_id: int) -> None:
    """She wants no more questions about it, whatever she says next; it stays as it is."""
    Start.objects.filter(pk=start_id).update(ask_at=None, is_quiet=True)


@transaction.atomic
def ask_again(*, start_id: int, now: datetime) -> bool:
    """She changed her mind: the next question that is not past comes when it would have; whether there is one."""
    row = Start.objects.select_for_update().get(pk=start_id)
    row.is_quiet = False
    row.ask_at = _later(row, now=now) if row.is_under_way else None
    row.save(update_fields=["is_quiet", "ask_at"])
    return row.ask_at is not None


def prove(*, now: datetime) -> int:
    """Starts whose member has proved her mandate since (periodic); how many are shown now, or were said already."""
    waiting = Start.objects.filter(is_proved=False, user__isnull=False).select_related(*_PLACE)
    found: list[int] = []
    lot: list[Start] = []
    for row in waiting.order_by("pk").iterator(chunk_size=_LOT):
        lot.append(row)
        if len(lot) == _LOT:
            found += _proved(lot, now=now)
            lot = []
    found += _proved(lot, now=now)
    return sum(_prove(Start.objects.filter(pk=pk)) for pk in found)


def _hold(page_id: int | None) -> None:
    """Until the transaction ends: two of one place that are proved at once become one."""
    list(Page.objects.select_for_update(of=("self",)).filter(pk=page_id).values_list("pk", flat=True))


@transaction.atomic
def _prove(rows: QuerySet[Start]) -> int:
    """These are shown from now on. Where a colleague had said it already, what was said enters hers, and it is once."""
    waiting = rows.filter(is_proved=False).select_for_update(of=("self",))
    done = 0
    for row in waiting:
        _hold(row.inspired_by_id)
        same = Start.objects.filter(inspired_by=row.inspired_by_id, place_key=row.place_key, is_proved=True)
        first = same.select_for_update(of=("self",)).first() if row.inspired_by_id is not None else None
        if first is None:
            row.is_proved = True
            row.save(update_fields=["is_proved"])
        else:
            row.events.update(start=first)
            if first.gave_id is None and row.gave_id is not None:
                first.gave_id = row.gave_id
                first.save(update_fields=["gave"])
            row.delete()
        done += 1
    return done


def _proved(lot: list[Start], *, now: datetime) -> list[int]:
    """Of these, those whose member acts for the body that began: one query."""
    people = {row.user_id for row in lot}
    held = Membership.objects.filter(user__in=people).in_force(at=now).with_names() if people else ()
    acting = {(one.user_id, one.organisation.body_key) for one in held}
    return [row.pk for row in lot if (row.user_id, row.organisation.body_key) in acting]


@transaction.atomic
def gave(*, reference: str, page: Page) -> Start | None:
    """The start whose experience this now is; None where nobody knows it, or it has one. A page is never its own
    ancestor, were it through others."""
    row = Start.objects.select_for_update(of=("self",)).filter(reference=reference, gave__isnull=True).first()
    if row is None:
        return None
    came_from = row.inspired_by_id
    if came_from is not None and page.pk in {came_from, *ancestors_of(page_id=came_from)}:
        return None
    row.gave = page
    row.save(update_fields=["gave"])
    return row


@transaction.atomic
def pass_on(*, user_id: int, organisation_id: int, heir: User | None) -> int:
    """Whoever followed them no longer acts for it: a colleague is asked from now on, or nobody. What she had not proved
    was never theirs."""
    hers = Start.objects.filter(user=user_id, organisation=organisation_id)
    drop_unproved(hers)
    return hers.update(user=heir)


def drop_unproved(rows: QuerySet[Start]) -> int:
    """Nobody ever saw them; how many."""
    return rows.filter(is_proved=False, gave=None).delete()[1].get(Start._meta.label, 0)
