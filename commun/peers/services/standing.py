"""A round is opened, answered once a link, added up on its date, erased whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commun.accounts.models import User
from commun.common import french, mails
from commun.cooperation.api import SharedProject, access_of
from commun.peers import standing
from commun.peers.exceptions import (
    LinkUsed,
    NotOfProject,
    NotOpener,
    OutOfBounds,
    RoundOver,
    RoundTooSoon,
    RoundUnderWay,
)
from commun.peers.links import round_mark
from commun.peers.lives import ROUND
from commun.peers.models import Round, RoundLinks, RoundTally
from commun.peers.selectors.standing import Whose, get_round_for, project_key
from commun.peers.types import FEWEST_LINKS, LONGEST, MOST_LINKS, ROUND_AGAIN_AFTER, SHORTEST, RoundState
from commun.territories.api import Organisation, require_mandate


@transaction.atomic
def open_round(*, whose: Whose, user: User, links: int, closes_at: datetime, now: datetime) -> Round:
    """Raises `MandateMissing`, `NotOfProject`, `OutOfBounds`, `RoundUnderWay`, `RoundTooSoon`."""
    body = _body_for(whose=whose, user=user, now=now)
    if not FEWEST_LINKS <= links <= MOST_LINKS or not SHORTEST <= closes_at - now <= LONGEST:
        raise OutOfBounds
    rounds = Round.objects.filter(body=body)
    if rounds.filter(state=RoundState.OPEN).exists():
        raise RoundUnderWay
    last = rounds.filter(told=True, closed_at__gt=now - ROUND_AGAIN_AFTER).order_by("-closed_at").first()
    if last is not None and last.closed_at is not None:
        raise RoundTooSoon(last.closed_at + ROUND_AGAIN_AFTER)
    row = Round.objects.create(
        organisation=whose.organisation,
        project=whose.project,
        body=body,
        opener=user,
        links=links,
        opened_at=now,
        closes_at=closes_at,
    )
    RoundLinks.objects.create(round=row)
    RoundTally.objects.create(round=row)
    return row


def _body_for(*, whose: Whose, user: User, now: datetime) -> str:
    """Held until the transaction ends: a double press opens one."""
    if whose.project is not None:
        project = SharedProject.objects.select_for_update().get(pk=whose.project.pk)
        access = access_of(user=user, project=project, at=now)
        if access is None or not access.may_write:
            raise NotOfProject
        return project_key(project)
    assert whose.organisation is not None
    require_mandate(user=user, organisation=whose.organisation, at=now)
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk=whose.organisation.pk))
    return whose.organisation.body_key


@transaction.atomic
def add_links(*, round_id: int, user: User, more: int, now: datetime) -> Round:
    """Somebody was forgotten. Raises `NotOpener`, `RoundOver`, `OutOfBounds`."""
    row = Round.objects.select_for_update().get(pk=round_id)
    if row.opener_id != user.pk:
        raise NotOpener
    if row.state != RoundState.OPEN or now >= row.closes_at:
        raise RoundOver
    if row.links + more > MOST_LINKS or more < 1:
        raise OutOfBounds
    row.links += more
    row.save(update_fields=["links"])
    return row


@transaction.atomic
def answer(*, reference: str, number: int, sheet: Mapping[str, str], now: datetime) -> None:
    """One link, one answer, added to the sums at once: it cannot be taken back, nor told from the others.

    Raises `RoundOver`, `LinkUsed`.
    """
    row = Round.objects.select_for_update().filter(reference=reference).first()
    if row is None or row.state != RoundState.OPEN or now >= row.closes_at or not 1 <= number <= row.links:
        raise RoundOver
    links, tally = RoundLinks.objects.get(round=row), RoundTally.objects.get(round=row)
    mark = round_mark(reference=reference, number=number)
    if mark in links.used:
        raise LinkUsed
    # Both are written as sets: neither keeps in which order people came.
    links.used = sorted([*links.used, mark])
    tally.counts = standing.add(tally.counts, sheet)
    links.save(update_fields=["used"])
    tally.save(update_fields=["counts"])


def close_due(*, now: datetime) -> int:
    """Rounds whose date has come (periodic); how many."""
    due = Round.objects.filter(state=RoundState.OPEN, closes_at__lte=now).order_by("closes_at", "pk")
    return sum(_close(round_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:200]))


@transaction.atomic
def _close(*, round_id: int, now: datetime) -> bool:
    """The spread is computed here, once; what it was made of is destroyed, whether it was enough or not."""
    row = Round.objects.select_for_update(of=("self",)).select_related("opener").get(pk=round_id)
    if row.state != RoundState.OPEN or row.closes_at > now:
        return False
    ROUND.check(row.state, RoundState.CLOSED)
    result = standing.spread_of(RoundTally.objects.get(round=row).counts)
    row.state, row.closed_at, row.told, row.result = RoundState.CLOSED, now, result is not None, result or {}
    row.save(update_fields=["state", "closed_at", "told", "result"])
    _forget_how(row)
    if row.opener is not None and row.opener.is_active:
        mails.post(
            to=row.opener.email,
            template="peers/mail/round_closed.txt",
            subject=f"Le questionnaire est clos : {french.name(row.label)}",
            person=row.opener,
            row=row,
            page_url=settings.SITE_URL + reverse("peers:round", args=[row.reference]),
        )
    return True


def _forget_how(row: Round) -> None:
    RoundLinks.objects.filter(round=row).delete()
    RoundTally.objects.filter(round=row).delete()


@transaction.atomic
def erase(*, reference: str, user: User, now: datetime) -> None:
    """The whole round, by whoever opened it; nobody takes one answer out of it.

    Raises `Round.DoesNotExist` for strangers, `NotOpener`.
    """
    row = get_round_for(user=user, reference=reference, at=now)
    row = Round.objects.select_for_update().get(pk=row.pk)
    if row.opener_id not in {user.pk, None}:
        raise NotOpener
    ROUND.check(row.state, RoundState.ERASED)
    row.state, row.result = RoundState.ERASED, {}
    row.save(update_fields=["state", "result"])
    _forget_how(row)
