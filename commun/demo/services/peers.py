"""Introductions, brought where they are by the services themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.demo.content import peers as content
from commun.demo.content.markup import to_text
from commun.demo.content.votes import MANDATES
from commun.demo.services.shelf import Shelf
from commun.library.api import ExperiencePage
from commun.peers import api
from commun.territories.api import Organisation, organisation_of


def load_peers(*, shelf: Shelf, now: datetime) -> None:
    """Once: what people did since is left alone."""
    if api.Introduction.objects.exists():
        return
    for one in content.INTRODUCTIONS:
        _introduce(one=one, shelf=shelf, now=now)
    _look_where_they_stand(shelf=shelf, now=now)


def _introduce(*, one: content.DemoIntroduction, shelf: Shelf, now: datetime) -> None:
    (mine, user), (theirs, other) = _whose(one.asking, shelf), _whose(one.asked, shelf)
    page = ExperiencePage.objects.get(title__contains=to_text(one.page)) if one.page else None
    ten = now.replace(hour=9, minute=0, second=0, microsecond=0)
    wish = api.Wish(
        reason=to_text(one.reason),
        hope=to_text(one.hope),
        availability=to_text(one.availability),
        times=[ten + timedelta(days=days) for days in one.times],
        subject=api.Subject.PAGE if page is not None else api.Subject.OTHER,
        page=page,
        shown=one.shown,
    )
    at = now - timedelta(days=one.days)
    row = api.ask(asking=mine, asked=theirs, user=user, wish=wish, now=at)
    if one.answered:
        at += timedelta(days=one.answered)
        api.accept(introduction_id=row.pk, user=other, time=None, shown=one.shown, now=at)
    if one.helped:
        api.tell_if_it_helped(introduction_id=row.pk, user=user, helped=api.Helped(one.helped), now=now)


def _look_where_they_stand(*, shelf: Shelf, now: datetime) -> None:
    """A questionnaire whose date has passed."""
    _, user = _whose(content.STANDING, shelf)
    at = now - timedelta(days=content.OPENED_DAYS)
    row = api.open_round(
        whose=api.whose_of(user=user, at=at)[0],
        user=user,
        links=len(content.SHEETS),
        closes_at=at + timedelta(days=content.LASTED_DAYS),
        now=at,
    )
    keys = [one.key for one in api.STATEMENTS]
    for number, said in enumerate(content.SHEETS, start=1):
        api.answer_round(reference=row.reference, number=number, sheet=dict(zip(keys, said, strict=True)), now=at)
    api.close_rounds(now=row.closes_at)


def _whose(place: str, shelf: Shelf) -> tuple[Organisation, User]:
    email = next(email for email, key in MANDATES.items() if key == place)
    return organisation_of(territory=shelf.place(place)), create_member(email=email)
