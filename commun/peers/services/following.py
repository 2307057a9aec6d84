"""What time brings: one reminder, the 21st day, the question a month after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.peers.models import Introduction
from commun.peers.selectors.introductions import people_to_ask
from commun.peers.services import letters
from commun.peers.services.asking import end, lock
from commun.peers.types import WAITING, IntroductionState
from commun.territories.api import members_of

LOT = 200


def follow(*, now: datetime) -> int:
    """All that is due (periodic); how many introductions."""
    return remind(now=now) + tell(now=now) + ask_if_it_helped(now=now)


def remind(*, now: datetime) -> int:
    """Those who have not answered, once."""
    due = Introduction.objects.filter(state=IntroductionState.ASKED, remind_at__lte=now).order_by("remind_at", "pk")
    return sum(_remind(introduction_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def _remind(*, introduction_id: int, now: datetime) -> bool:
    row = lock(introduction_id=introduction_id)
    if row.state != IntroductionState.ASKED or row.remind_at is None or row.remind_at > now:
        return False  # answered meanwhile, or another worker was first
    row.remind_at = None
    row.save(update_fields=["remind_at"])
    if row.until > now and members_of(organisation=row.asking, at=now):
        people = people_to_ask(organisation=row.asked, at=now, but=row.user_id)
        letters.ask(row=row, people=people, again=True)
    return True


def tell(*, now: datetime) -> int:
    """The 21st day has come: no and silence are one."""
    due = Introduction.objects.filter(state__in=list(WAITING), until__lte=now).order_by("until", "pk")
    return sum(_tell(introduction_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def _tell(*, introduction_id: int, now: datetime) -> bool:
    row = lock(introduction_id=introduction_id)
    if not row.is_waiting or row.until > now:
        return False
    if row.asking.body_key == row.asked.body_key:  # they merged meanwhile
        end(row=row, state=IntroductionState.WITHDRAWN, now=now)
        return True
    end(row=row, state=IntroductionState.NOT_THIS_TIME, now=now)
    letters.tell_not_this_time(row=row, now=now)
    return True


def ask_if_it_helped(*, now: datetime) -> int:
    """A month after they were introduced."""
    due = Introduction.objects.filter(state=IntroductionState.ACCEPTED, follow_at__lte=now).order_by("follow_at", "pk")
    return sum(_ask_if_it_helped(introduction_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:LOT]))


@transaction.atomic
def _ask_if_it_helped(*, introduction_id: int, now: datetime) -> bool:
    row = lock(introduction_id=introduction_id)
    if row.follow_at is None or row.follow_at > now:
        return False
    row.follow_at = None
    row.save(update_fields=["follow_at"])
    letters.ask_if_it_helped(row=row)
    return True
