"""A collectivité asks to meet another; she may take it back, or want not to be asked herself."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from commun.accounts.models import User
from commun.cooperation.api import Need, common_ground, working_hour
from commun.peers.exceptions import AlreadyAsked, CannotBeAsked, SameBody, Settled, TooManyAsked
from commun.peers.lives import INTRODUCTION
from commun.peers.models import Introduction, Quiet
from commun.peers.selectors.introductions import people_to_ask
from commun.peers.services import letters
from commun.peers.types import (
    A_MONTH,
    AGAIN_AFTER,
    MOST_ASKED_FOR,
    MOST_PUT_TO_ONE,
    MOST_TIMES,
    REMINDED_AFTER,
    TOLD_AFTER,
    WAITING,
    IntroductionState,
    Subject,
    Wish,
)
from commun.territories.api import Organisation, require_mandate


@transaction.atomic
def ask(*, asking: Organisation, asked: Organisation, user: User, wish: Wish, now: datetime) -> Introduction:
    """Write to everybody of the other who may be asked. Nothing of it is public.

    Raises `MandateMissing`, `SameBody`, `AlreadyAsked`, `TooManyAsked`, `CannotBeAsked`.
    """
    require_mandate(user=user, organisation=asking, at=now)
    mine, theirs = asking.body_key, asked.body_key
    if mine == theirs:
        raise SameBody
    # Both, in one order: two people who ask at once, of one or of two collectivités, are counted one after the other.
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[asking.pk, asked.pk]).order_by("pk"))
    _refuse_again(mine=mine, theirs=theirs, now=now)
    of_late = Introduction.objects.filter(asked_at__gt=now - A_MONTH)
    if of_late.filter(asking_body=mine).count() >= MOST_ASKED_FOR:
        raise TooManyAsked
    people = people_to_ask(organisation=asked, at=now, but=user.pk)
    if not people or of_late.filter(asked_body=theirs).count() >= MOST_PUT_TO_ONE:
        raise CannotBeAsked
    row = Introduction(
        asking=asking,
        asked=asked,
        asking_body=mine,
        asked_body=theirs,
        subject=wish.subject,
        about=_about(wish),
        need_reference=wish.need.reference if wish.need is not None else "",
        page=wish.page,
        reason=wish.reason,
        hope=wish.hope,
        availability=wish.availability,
        times=[one.astimezone(UTC).isoformat() for one in sorted(set(wish.times)) if one > now][:MOST_TIMES],
        grounds=list(common_ground(organisation=asking, other=asked, need=_ours(wish))),
        user=user,
        asked_at=now,
        shown_by_asking=wish.shown,
        until=now,
    )
    row.remind_at = working_hour(after=now + REMINDED_AFTER, key=f"{row.reference}:rappel")
    row.until = working_hour(after=now + TOLD_AFTER, key=row.reference)
    row.save()
    letters.ask(row=row, people=people)
    return row


def _refuse_again(*, mine: str, theirs: str, now: datetime) -> None:
    """One at a time between two, whoever asks; and the same one does not ask again before long, whatever came of it."""
    back = Introduction.objects.filter(asking_body=theirs, asked_body=mine, state__in=list(WAITING)).first()
    if back is not None:
        raise AlreadyAsked(back.reference, back.until)
    there = Introduction.objects.filter(asking_body=mine, asked_body=theirs, asked_at__gt=now - AGAIN_AFTER).first()
    if there is not None:
        raise AlreadyAsked(there.reference, there.asked_at + AGAIN_AFTER)


def _about(wish: Wish) -> str:
    if wish.need is not None:
        return wish.need.title
    return str(wish.page.title) if wish.page is not None else ""


def _ours(wish: Wish) -> Need | None:
    return wish.need if wish.subject == Subject.OUR_NEED else None


@transaction.atomic
def withdraw(*, introduction_id: int, user: User, now: datetime) -> Introduction:
    """The asking side no longer needs it: what was declined is taken back as what was not answered.

    Raises `MandateMissing`, `Settled`.
    """
    row = lock(introduction_id=introduction_id)
    require_mandate(user=user, organisation=row.asking, at=now)
    if not row.is_waiting:
        raise Settled(row.state)
    end(row=row, state=IntroductionState.WITHDRAWN, now=now)
    return row


def lock(*, introduction_id: int) -> Introduction:
    """The row, held until the transaction ends, with what letters name."""
    names = ("asking__territory__departement", "asked__territory__departement", "user", "answered_by")
    return Introduction.objects.select_for_update(of=("self",)).select_related(*names).get(pk=introduction_id)


def end(*, row: Introduction, state: IntroductionState, now: datetime) -> None:
    """Over, and whoever declined leaves no trace. The caller holds the row."""
    INTRODUCTION.check(row.state, state)
    row.state, row.answered_by, row.remind_at, row.ended_at = state, None, None, now
    row.save(update_fields=["state", "answered_by", "remind_at", "ended_at"])


def be_quiet(*, user: User, quiet: bool, now: datetime) -> None:
    """Whether she may be asked for introductions, from now on."""
    if quiet:
        Quiet.objects.get_or_create(user=user, defaults={"since": now})
    else:
        Quiet.objects.filter(user=user).delete()
