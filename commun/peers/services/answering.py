"""Those who were asked answer; both say later whether it helped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from commun.accounts.models import User
from commun.cooperation.api import working_hour
from commun.peers.exceptions import NobodyLeft, Settled, TimeGone
from commun.peers.lives import INTRODUCTION
from commun.peers.models import Introduction, Round
from commun.peers.selectors.introductions import as_seen
from commun.peers.services import letters
from commun.peers.services.asking import lock
from commun.peers.services.retention import words_blanked
from commun.peers.types import FOLLOWED_AFTER, WAITING, Helped, IntroductionState, Side
from commun.territories.api import MandateMissing, Organisation, find_mandate, members_of, require_mandate


@transaction.atomic
def accept(*, introduction_id: int, user: User, time: datetime | None, shown: bool, now: datetime) -> Introduction:
    """Yes, also after a no that was not told yet: both are written to, and know each other's address from then on.

    Raises `MandateMissing`, `Settled`, `TimeGone`, `NobodyLeft`.
    """
    row = lock(introduction_id=introduction_id)
    require_mandate(user=user, organisation=row.asked, at=now)
    if not row.is_waiting:
        raise Settled(row.state)
    if time is not None and (time <= now or time not in [datetime.fromisoformat(one) for one in row.times]):
        raise TimeGone
    row.user = _whoever_asks(row=row, now=now)
    INTRODUCTION.check(row.state, IntroductionState.ACCEPTED, undo=row.state == IntroductionState.DECLINED)
    row.state, row.answered_by, row.meeting_at = IntroductionState.ACCEPTED, user, time
    row.accepted_at = row.ended_at = now
    row.shown_by_asked, row.remind_at = shown, None
    row.follow_at = working_hour(after=max(now, time or now) + FOLLOWED_AFTER, key=f"{row.reference}:suites")
    row.save()
    letters.introduce(row=row, now=now)
    return row


def _whoever_asks(*, row: Introduction, now: datetime) -> User:
    """She who asked, if she still acts for it; else whoever does."""
    if row.user is not None and find_mandate(user=row.user, organisation=row.asking, at=now) is not None:
        return row.user
    held = members_of(organisation=row.asking, at=now)
    if not held:
        raise NobodyLeft
    return held[0].user


@transaction.atomic
def decline(*, introduction_id: int, user: User, now: datetime) -> Introduction:
    """No, for this time: told to nobody before the day on which silence is. Raises `MandateMissing`, `Settled`."""
    row = lock(introduction_id=introduction_id)
    require_mandate(user=user, organisation=row.asked, at=now)
    if row.state == IntroductionState.DECLINED:
        return row  # a double click
    if row.state != IntroductionState.ASKED:
        raise Settled(row.state)
    row.state, row.answered_by, row.remind_at = IntroductionState.DECLINED, user, None
    row.save(update_fields=["state", "answered_by", "remind_at"])
    return row


@transaction.atomic
def tell_if_it_helped(*, introduction_id: int, user: User, helped: Helped, now: datetime) -> Introduction:
    """One answer a side; the last one counts. Raises `MandateMissing`, `Settled`."""
    row, side = _mine(introduction_id=introduction_id, user=user, now=now)
    column = "helped_asking" if side == Side.ASKING else "helped_asked"
    setattr(row, column, helped)
    row.save(update_fields=[column])
    return row


@transaction.atomic
def show(*, introduction_id: int, user: User, shown: bool, now: datetime) -> Introduction:
    """Whether her side agrees that others see who met whom. Raises `MandateMissing`, `Settled`."""
    row, side = _mine(introduction_id=introduction_id, user=user, now=now)
    column = "shown_by_asking" if side == Side.ASKING else "shown_by_asked"
    setattr(row, column, shown)
    row.save(update_fields=[column])
    return row


def _mine(*, introduction_id: int, user: User, now: datetime) -> tuple[Introduction, Side]:
    """An accepted one, held, and the side she stands on."""
    row = lock(introduction_id=introduction_id)
    seen = as_seen(row=row, person=user, at=now)
    if seen is None:
        raise MandateMissing
    if row.state != IntroductionState.ACCEPTED:
        raise Settled(row.state)
    return row, seen.side


@transaction.atomic
def pass_on(*, user_id: int, organisation: Organisation, heir: User | None, now: datetime) -> int:
    """A person no longer acts for this collectivité: a colleague stands in her place; where there is none, what still
    waits can lead nowhere and is taken back, and her words go. Questionnaires she opened, for it or for a project of
    its, pass on too. How many rows were hers."""
    asked_for = Introduction.objects.filter(user=user_id, asking=organisation)
    if heir is None:
        asked_for.update(**words_blanked())  # nothing would lead from her to them any more
        asked_for.filter(state__in=WAITING).update(
            state=IntroductionState.WITHDRAWN,
            user=None,
            answered_by=None,
            remind_at=None,
            ended_at=now,
        )
    mine = asked_for.update(user=heir)
    of_projects = Round.objects.filter(project__engagements__organisation=organisation).values("pk")
    rounds = Round.objects.filter(Q(organisation=organisation) | Q(pk__in=of_projects), opener=user_id)
    mine += rounds.update(opener=heir)
    theirs = Introduction.objects.filter(answered_by=user_id, asked=organisation)
    return mine + theirs.update(answered_by=heir)
